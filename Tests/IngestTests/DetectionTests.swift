import Ingest
import Ratings
import TestSupport
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

struct DetectionTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  @Test func `Formats are named in any case, and a slip gets a hint`() throws {
    for format in IngestFormat.allCases { #expect(try IngestFormat(named: format.rawValue.uppercased()) == format) }
    let error = #expect(throws: IngestError.self) { try IngestFormat(named: "movielens-1k") }
    #expect(error?.description.contains("did you mean movielens-1m?") == true)
    #expect(error?.description.contains("netflix-prize") == true)
  }

  @Test func `A folder that is no data set says what was looked for`() throws {
    try folder.write("Hello.\n", to: "notes.md")
    let text = ingestError(folder.path)?.description ?? ""
    #expect(text.hasPrefix("\(folder.path): "))
    for format in IngestFormat.allCases { #expect(text.contains(format.rawValue)) }
    #expect(text.contains("notes.md") && text.contains("u.data") && text.contains("combined_data_*.txt"))
    let empty = try TemporaryFolder()
    #expect(ingestError(empty.path)?.description.contains("it is empty") == true)
  }

  @Test func `A data set may stand in a folder of its own`() throws {
    try SmallSet.write(to: folder, under: "download/ml")
    #expect(try ingest(folder.path).dataset.lines == SmallSet.lines)
    #expect(try ingest(folder.path + "/").dataset.lines == SmallSet.lines)
    try SmallSet.write(to: folder, under: "download/other")
    #expect(ingestError(folder.path)?.description.contains("download/ml, download/other") == true)
  }

  @Test func `The only table of a folder is found by what it holds`() throws {
    try folder.write("Read me, please, 5\n", to: "notes.txt")
    try folder.write("user,film,stars\n1,2,3\n", to: "export.tsv")
    #expect(try ingest(folder.path).dataset.lines == [Line(1, 2, 3, 0)])
    try folder.write("user,film,stars\n1,2,4\n", to: "export2.csv")
    #expect(ingestError(folder.path)?.description.contains("export.tsv, export2.csv") == true)
  }

  @Test func `Ratings beyond five stars are not MovieLens's`() throws {
    let path = try folder.write("userId,movieId,rating,timestamp\n1,2,9,0\n1,3,10,0\n", to: "ratings.csv")
    let (dataset, report) = try ingest(path)
    #expect(report.sources.map(\.format) == [.csv])
    #expect(dataset.scale.maximum == 10)
    #expect(ingestError(path, format: .movieLensCSV)?.description.contains("not within 0.5 to 5") == true)
  }

  @Test func `A format that is asked for is looked for alone`() throws {
    try folder.write("userId,movieId,rating,timestamp\n1,2,3,0\n", to: "ratings.csv")
    try folder.write("1::2::4::0\n", to: "ratings.dat")
    #expect(try ingest(folder.path, format: .movieLensCSV).dataset.lines == [Line(1, 2, 3, 0)])
    #expect(try ingest(folder.path, format: .movieLens1M).dataset.lines == [Line(1, 2, 4, 0)])
    #expect(try ingest(folder.path, format: .movieTweetings).dataset.scale.maximum == 10)
    let text = ingestError(folder.path, format: .netflixPrize)?.description ?? ""
    #expect(text.contains("combined_data_*.txt") && !text.contains("u.data"))
  }

  @Test func `Files that are no ratings are refused in words`() throws {
    let movies = try folder.write("movieId,title\n1,A\n", to: "films.csv")
    #expect(
      ingestError(movies)?.description.contains("films.csv:1: no column for user, rating among movieId, title") == true)
    let empty = try folder.write("", to: "empty.csv")
    #expect(ingestError(empty)?.description.contains("is empty") == true)
    let blank = try folder.write("\n\n", to: "blank.csv")
    #expect(ingestError(blank)?.description.contains("is empty") == true)
    let binary = try folder.write((0..<2_000).map { UInt8($0 % 251) }, to: "program")
    #expect(ingestError(binary)?.description.contains("not text") == true)
    let wide = try folder.write([0xff, 0xfe, 0x75, 0x00, 0x73, 0x00], to: "wide.csv")
    #expect(ingestError(wide)?.description.contains("among us;") == true)
    let data = try folder.write("Ann,Heat,4\nBob,Heat,5\n", to: "data.csv")
    #expect(ingestError(data)?.description.contains("the first line looks like data (Ann, Heat, 4)") == true)
    let header = try folder.write("userId,movieId,rating,timestamp\n", to: "header.csv")
    #expect(ingestError(header)?.description.contains("no ratings") == true)
    #expect(ingestError(folder.path("gone"))?.description.contains("there is no such file") == true)
    #expect(ingestError(folder.path("films.csv/x"))?.description.contains("there is no such file") == true)
    #expect(ingestError("/dev/null")?.description.contains("neither a file nor a folder") == true)
    #expect(throws: IngestError.self) { try Ingest.read([], options: IngestOptions()) }
  }

  @Test func `A bad first line does not hide a format that the name shows`() throws {
    let lines = (1...300).map { "\($0)\t\($0)\t3\t5\n" }.joined()
    let data = try folder.write("1\t2\tx\t5\n" + lines, to: "u.data")
    #expect(try ingest(data).report.badLines.map(\.line) == [1])
    let netflix = try folder.write(
      "rubbish\n1:\n" + (1...300).map { "\($0),3,2005-09-06\n" }.joined(), to: "combined_data_1.txt")
    #expect(try ingest(netflix).report.badLines.map(\.line) == [1])
    let colons = try folder.write("rubbish\n" + (1...300).map { "\($0)::1::3::5\n" }.joined(), to: "ratings.dat")
    #expect(try ingest(colons).report.sources.map(\.format) == [.movieLens1M])
  }

  @Test func `Several paths add up to one data set`() throws {
    let first = try folder.write("userId,movieId,rating,timestamp\n1,1,3,10\n1,2,3,10\n2,1,3,10\n", to: "a/ratings.csv")
    try folder.write("movieId,title,genres\n1,One (1991),Drama\n2,Two (1992),Drama\n", to: "a/movies.csv")
    let second = try folder.write("user,movie,rating,time\n1,1,4,10\n1,2,9,5\n3,3,8,1\n", to: "b/new.csv")
    try folder.write("movieId,title,genres\n2,Two!,\n3,Three,War\n4,Four,War\n", to: "b/movies.csv")
    let (dataset, report) = try ingest(folder.path("a"), second)
    #expect(report.sources.map(\.format) == [.movieLensCSV, .csv])
    // At equal time the later path wins; an earlier time never does.
    #expect(dataset.lines == [Line(1, 1, 4, 10), Line(1, 2, 3, 10), Line(2, 1, 3, 10), Line(3, 3, 8, 1)])
    #expect(dataset.movies.map(\.title) == ["One", "Two!", "Three", "Four"])
    #expect(dataset.movie(2)?.genres == ["Drama"] && dataset.movie(2)?.year == 1992)
    #expect(report.replacedRatings == 2)
    #expect(dataset.scale == RatingScale(minimum: 0.5, maximum: 10, step: 0.5))
    #expect(try ingest(second, first).dataset.lines.first == Line(1, 1, 3, 10))
  }

  @Test func `The same data twice is the same data`() throws {
    let path = try SmallSet.write(to: folder)
    #expect(try ingest(path, path).dataset == ingest(path).dataset)
  }

  @Test func `The order of lines does not matter`() throws {
    let lines = (0..<300).map { "\($0 * 7 % 31),\($0 * 11 % 53),\($0 % 5 + 1),\($0)" }
    let header = "userId,movieId,rating,timestamp\n"
    let forward = try folder.write(header + lines.joined(separator: "\n"), to: "f.csv")
    let backward = try folder.write(header + lines.reversed().joined(separator: "\n"), to: "b.csv")
    #expect(try ingest(forward).dataset == ingest(backward).dataset)
  }

  @Test func `What the system refuses to read is named with its reason`() throws {
    let loop = folder.path("loop.csv")
    try FileManager.default.createSymbolicLink(atPath: loop, withDestinationPath: loop)
    let text = ingestError(loop)?.description ?? ""
    #expect(text.hasPrefix("\(loop): cannot be read (") && text.contains("its permissions"))
    let path = try folder.write(SmallSet.ratings, to: "locked.csv")
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: path)
    // Whoever may read everything reads this too.
    guard !FileManager.default.isReadableFile(atPath: path) else { return }
    #expect(ingestError(path)?.description.contains("its permissions") == true)
  }
}
