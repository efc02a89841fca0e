import Ingest
import Ratings
import Synchronization
import TestSupport
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

struct BadLineTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  static let header = "userId,movieId,rating,timestamp\n"

  /// `count` good lines with the bad ones in front.
  static func ratings(_ bad: [String], good count: Int = 2_000) -> String {
    header + bad.map { $0 + "\n" }.joined() + (0..<count).map { "\($0),\($0 % 50),4.5,7\n" }.joined()
  }

  @Test(
    "A bad line is skipped, counted and explained",
    arguments: [
      ("1,2,inf,4", "the rating 'inf' is not a number"), ("1,2,five,4", "the rating 'five' is not a number"),
      ("1,2,-3,4", "the rating -3 is not within 0.5 to 5"), ("1,2,5.5,4", "the rating 5.5 is not within 0.5 to 5"),
      (",2,3,4", "the user is empty"), ("1, ,3,4", "the movie is empty"), ("1,2", "2 fields where 4 are needed"),
      ("1,2,3", "3 fields where 4 are needed"),
      ("a\u{1}b,2,3,4", "the user id contains a control character"),
      ("1,x\0,3,4", "the movie id contains a control character"),
      (String(repeating: "x", count: 4_000) + ",2,3,4", "the user id is 4000 bytes long, more than 200"),
      ("1," + String(repeating: "é", count: 101) + ",3,4", "the movie id is 202 bytes long, more than 200"),
      ("1,2,3," + String(repeating: "4", count: 70_000), "the line is longer than 65536 bytes"),
      ("1,2,3," + String(repeating: "4", count: 3_000_000), "the line is longer than 65536 bytes"),
    ])
  func badLine(line: String, reason: String) throws {
    let path = try folder.write(Self.ratings([line]), to: "ratings.csv")
    let (dataset, report) = try ingest(path)
    #expect(report.badLines == [try #require(report.badLines.first)])
    #expect(report.badLines.first?.line == 2)
    #expect(report.badLines.first?.file == path)
    #expect(report.badLines.first?.reason == reason)
    #expect(report.badLineCount == 1 && report.badRatingLines == 1)
    #expect(report.ratingLines == 2_001)
    #expect(dataset.ratings.count == 2_000)
    #expect(ingestError(path, isStrict: true)?.description.hasPrefix("\(path):2: \(reason)") == true)
  }

  @Test func `A quote that is never closed costs its line alone`() throws {
    let path = try folder.write(Self.ratings(["1,\"2,3,4"], good: 20_000), to: "ratings.csv")
    let (dataset, report) = try ingest(path)
    #expect(report.badLines.map(\.description) == ["\(path):2: a quotation mark is opened and never closed"])
    #expect(dataset.ratings.count == 20_000)
    let atEnd = try folder.write(Self.ratings([]) + "5,\"5,5,5", to: "end.csv")
    #expect(try ingest(atEnd).report.badLines.map(\.line) == [2_002])
  }

  @Test func `A record of several lines that cannot be used loses its first line alone`() throws {
    let path = try folder.write(Self.ratings(["1,\"a", "5,6,3,4", "7,x\",3,4"]), to: "ratings.csv")
    let (dataset, report) = try ingest(path)
    #expect(report.badLines.map(\.line) == [2])
    #expect(dataset.ratings.count == 2_002)
    let whole = try folder.write(Self.ratings(["1,\"Heat,3,4", "5,6,3,4", "7,x\",3,4"]), to: "whole.csv")
    let (kept, account) = try ingest(whole)
    #expect(account.badLineCount == 0)
    #expect(kept.lines.contains(Line(.number(1), .text("\"Heat"), 3, 4)) && kept.lines.contains(Line(5, 6, 3, 4)))
  }

  @Test func `Codes for no rating are counted and are no bad lines`() throws {
    let codes = ["", "NaN", "-1", "-2", "N/A", "null", "\\N", "0", " "]
    let path = try folder.write(Self.ratings(codes.map { "1,2,\($0),4" }), to: "ratings.csv")
    let (dataset, report) = try ingest(path)
    #expect(dataset.ratings.count == 2_000 && report.badLineCount == 0)
    #expect(report.files.map(\.unrated) == [codes.count])
  }

  @Test func `A time that cannot be read costs the time and not the rating`() throws {
    let path = try folder.write(
      Self.header + "1,2,3,soon\n1,3,3,\n1,4,3,7000000000000000000000\n1,5,3,1000000009\n", to: "ratings.csv")
    let (dataset, report) = try ingest(path)
    #expect(dataset.lines == [Line(1, 2, 3, 0), Line(1, 3, 3, 0), Line(1, 4, 3, 0), Line(1, 5, 3, 1_000_000_009)])
    let dates = try #require(report.files.first).dates
    #expect(dates.read == 1 && dates.missing == 1 && dates.unreadable == 2)
    #expect(report.remarks.count == 1 && report.description.contains("2 dates could not be read (the first: 'soon')"))
  }

  @Test func `A last line without its end is said`() throws {
    let path = try folder.write(Self.header + "1,2,3,4\n1,3,3,4", to: "ratings.csv")
    #expect(try ingest(path).report.description.contains("the last line has no line end"))
    let whole = try folder.write(Self.header + "1,2,3,1000000004\n1,3,3,1000000004\n", to: "ratings.csv")
    #expect(try ingest(whole).report.remarks.isEmpty)
    let order = try folder.write(Self.header + "1,2,3,1\n1,3,3,2\n", to: "order.csv")
    #expect(try ingest(order).report.description.contains("taken for an order and not for dates"))
  }

  @Test func `Quoted line breaks are kept together wherever the buffer ends`() throws {
    try folder.write(Self.header + "1,1,3,4\n", to: "ratings.csv")
    // Records of about 100 bytes with two line breaks each, over three megabytes.
    let count = 30_000
    let records = (1...count).map {
      "\($0),\"Title, \n of \r\n \"\"\($0)\"\"\(String(repeating: "-", count: $0 % 97))\",Drama\n"
    }
    try folder.write("movieId,title,genres\n" + records.joined(), to: "movies.csv")
    let (dataset, report) = try ingest(folder.path)
    #expect(report.badLineCount == 0)
    #expect(dataset.movies.count == count)
    #expect(dataset.movies.allSatisfy { $0.title.contains("\"\($0.id)\"-") || $0.title.hasSuffix("\"\($0.id)\"") })
  }

  @Test func `An empty time is no flaw`() throws {
    let path = try folder.write(Self.header + "1,2,3,\n", to: "ratings.csv")
    #expect(try ingest(path).dataset.lines == [Line(1, 2, 3, 0)])
  }

  @Test func `The first ten bad lines are shown and all are counted`() throws {
    let path = try folder.write(Self.ratings(Array(repeating: "1,2,bad,4", count: 15)), to: "ratings.csv")
    let (_, report) = try ingest(path)
    #expect(report.badLines.map(\.line) == Array(2...11))
    #expect(report.badLineCount == 15)
    #expect(report.description.contains("… and 5 more"))
    #expect(report.description.contains("15 bad lines skipped"))
  }

  @Test func `More than one bad line in a hundred fails, and says where the first is`() throws {
    let fine = try folder.write(Self.ratings(Array(repeating: "1,2,bad,4", count: 10), good: 990), to: "fine.csv")
    #expect(try ingest(fine).report.badRatingLines == 10)
    let path = try folder.write(Self.ratings(Array(repeating: "1,2,bad,4", count: 11), good: 990), to: "bad.csv")
    let error = try #require(ingestError(path))
    #expect(error.description.hasPrefix("\(path):2: 11 of 1001 rating lines bad, more than 1 in 100"))
    #expect(error.report?.badRatingLines == 11)
    let short = try folder.write(Self.header + "1,2,3,4\n1,3,3,4\n1,4,x,4\n", to: "short.csv")
    #expect(ingestError(short)?.description.contains("1 of 3 rating lines bad") == true)
  }

  @Test func `A bad path is not hidden by a good one`() throws {
    let good = try folder.write(Self.ratings([]), to: "good.csv")
    let bad = try folder.write(Self.header + "1,2,x,4\n1,3,3,4\n", to: "bad.csv")
    #expect(ingestError(good, bad)?.description.contains("1 of 2 rating lines bad") == true)
  }

  @Test func `Titles are data, but not endless`() throws {
    try folder.write(Self.header + "1,1,3,4\n1,2,3,4\n", to: "ratings.csv")
    let long = String(repeating: "x", count: 2_001)
    try folder.write(
      "movieId,title,genres\n1,\"<script>alert(1)</script> & \"\"co\"\" (1999)\",Drama\n2,\(long),Drama\n3,A\0B\tC,\n",
      to: "movies.csv")
    let (dataset, report) = try ingest(folder.path)
    #expect(dataset.movies.map(\.title) == ["<script>alert(1)</script> & \"co\"", "2", "A B C"])
    #expect(report.badLines.map(\.reason) == ["the title is 2001 bytes long, more than 2000"])
    // A flaw in the catalogue alone fails only where strictness is asked for.
    #expect(report.badRatingLines == 0)
    #expect(ingestError(folder.path, isStrict: true) != nil)
  }

  @Test func `A catalogue without the right columns is skipped and reported`() throws {
    try folder.write(Self.header + "1,1,3,4\n", to: "ratings.csv")
    try folder.write("a,b\n1,2\n3,4\n", to: "movies.csv")
    let (dataset, report) = try ingest(folder.path)
    #expect(dataset.movies.map(\.title) == ["1"])
    #expect(report.badLines.map(\.line) == [1])
  }

  @Test func `A file that changes while it is read is noticed`() throws {
    let path = try folder.write(Self.ratings([], good: 400_000), to: "ratings.csv")
    let size = try Data(contentsOf: URL(fileURLWithPath: path)).count
    let options = IngestOptions(progress: { progress in
      if progress.bytesRead < size { try? FileManager.default.removeItem(atPath: path) }
    })
    let vanished = #expect(throws: IngestError.self) { try Ingest.read([path], options: options) }
    #expect(vanished?.description.contains("changed while it was being read: it vanished") == true)

    try folder.write(Self.ratings([], good: 400_000), to: "ratings.csv")
    let cut = IngestOptions(progress: { progress in
      if progress.bytesRead < size { _ = truncate(path, 100) }
    })
    let shrunk = #expect(throws: IngestError.self) { try Ingest.read([path], options: cut) }
    #expect(shrunk?.description.contains("was \(size) bytes and is") == true)
  }

  @Test func `Progress goes up to the end`() throws {
    let path = try folder.write(Self.ratings([], good: 200_000), to: "ratings.csv")
    let size = try Data(contentsOf: URL(fileURLWithPath: path)).count
    let seen = Seen()
    _ = try Ingest.read([path], options: IngestOptions(progress: { seen.add($0) }))
    let all = seen.all
    #expect(all.allSatisfy { $0.totalBytes == size })
    #expect(all.first?.file == path)
    #expect(all.last?.bytesRead == size)
    #expect(all.map(\.bytesRead) == all.map(\.bytesRead).sorted())
  }
}

/// What a progress listener heard; locked, since listeners may be called from anywhere.
private final class Seen: Sendable {
  private let list = Mutex<[IngestProgress]>([])
  var all: [IngestProgress] { list.withLock { $0 } }
  func add(_ progress: IngestProgress) { list.withLock { $0.append(progress) } }

  @Test func `another table of ratings in a folder is told, and read where it is named`() throws {
    let folder = try TemporaryFolder()
    try folder.write("date,user,title,year,rating\n2026-01-01,ann,Heat,1995,4\n", to: "club/ratings.csv")
    let form = try folder.write("Timestamp,User,Title,Year,Rating\n2026-01-02,bob,Alien,1979,5\n", to: "club/form.csv")
    try folder.write("movieId,title\n1,Heat (1995)\n", to: "club/movies.csv")
    try folder.write("Some words.\n", to: "club/notes.txt")
    let alone = try ingest(folder.path + "/club").report
    #expect(alone.remarks.count { $0.contains("form.csv") } == 1)
    #expect(!alone.remarks.contains { $0.contains("movies.csv") || $0.contains("notes.txt") })
    let both = try ingest(folder.path + "/club", form, format: nil)
    #expect(both.dataset.ratings.count == 2)
    #expect(!both.report.remarks.contains { $0.contains("not read") })
  }
}
