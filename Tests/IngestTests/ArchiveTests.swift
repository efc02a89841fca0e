import Ingest
import Ratings
import TestSupport
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

struct ArchiveTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  static let files: [ArchiveFixture.File] =
    [("ml-small/", [])]
    + SmallSet.files.sorted { $0.key < $1.key }.map { ("ml-small/\($0.key)", Array($0.value.utf8)) }
    + [("__MACOSX/ml-small/._ratings.csv", [1, 2, 3])]
  static let members = files.filter { !$0.name.hasSuffix("/") }

  static let archives: [String: [UInt8]] = [
    "set.zip": ArchiveFixture.zip(members), "set.tar": ArchiveFixture.tar(members),
    "set.tar.gz": ArchiveFixture.gzip(ArchiveFixture.tar(members)),
    "set.tgz": ArchiveFixture.gzip(ArchiveFixture.tar(members)),
    "set.download": ArchiveFixture.zip(members),
    "nested.zip": ArchiveFixture.zip([("a/set.tar", ArchiveFixture.tar(members))]),
    "nested.tar": ArchiveFixture.tar([("a/set.zip", ArchiveFixture.zip(members))]),
    "deep.tar.gz": ArchiveFixture.gzip(
      ArchiveFixture.tar([("set.tgz", ArchiveFixture.gzip(ArchiveFixture.tar(members)))])),
  ]

  @Test("An archive is read like its folder", arguments: archives.keys.sorted())
  func archive(name: String) throws {
    let path = try folder.write(try #require(Self.archives[name]), to: name)
    let (dataset, report) = try ingest(path)
    #expect(dataset == (try ingest(SmallSet.write(to: folder)).dataset))
    #expect(report.sources == [.init(path: path, format: .movieLensCSV)])
  }

  @Test func `A deflated zip is read, and a wrong byte in it noticed`() throws {
    let bytes = [UInt8](Data(base64Encoded: Self.deflated) ?? Data())
    let path = try folder.write(bytes, to: "deflated.zip")
    #expect(try ingest(path).dataset.lines == (1...200).map { Line($0, 7, 4.5, 1_000) })
    for position in stride(from: 60, to: 300, by: 20) {
      var damaged = bytes
      damaged[position] ^= 0x10
      let other = try folder.write(damaged, to: "damaged.zip")
      #expect(throws: IngestError.self, "byte \(position)") { _ = try Ingest.read([other], options: IngestOptions()) }
    }
  }

  /// A zip with `ratings.csv` of 200 lines "n,7,4.5,1000", as Info-ZIP writes it.
  private static let deflated =
    "UEsDBBQAAgAIAOkcdV3lg1Rs0AEAAGwLAAALAAAAcmF0aW5ncy5jc3Zd1j1u20AUhdHeaxGCueT8LiHLMGAhUKEksJWsPyl5piJe"
    + "d0AOv3l/vu6f3z9uz19/H/f/z8/31+Pnj9vr8bx/vd6fv99yG7f6rd1SSnk7rsN5Hep1aNehX4dxHeZ1WNchhQlDQARFYARHgARJ"
    + "oATLgeXwfWA5sBxYDiwHlgPLgeXAcmI5sZx+HCwnlhPLieXEcmI5sVQsFUvFUj0pWCqWiqViqVgqloalYWlYGpbmscXSsDQsDUvD"
    + "0rF0LB1Lx9KxdP8hLB1Lx9KxDCwDy8AysAwsA8vwh8YysAwsE8vEMrFMLBPLxDKxTOuCZWJZWBaWhWVhWVgWloVlYVmmbmudsSvW"
    + "rpi7Yu+KwSsWr5i8YvOK0Suq9gSr2iK8VXjL8NbhLcRbibcU2+IY4xzbzaDKHscgxyLHJMcmxyjHKscsxy7n3C4sVaY5tjnGOdY5"
    + "5jn2OQY6FjomOnW7R1VZ6Zjp2OkY6ljqmOrY6hjrWOu07XpXZbBjsWOyY7NjtGO1Y7Zjt2O407etQ5XtjvGO9Y75jv2OAY8FjwmP"
    + "Dc/YliFVZjx2PIY8ljymPLY8xjzWPOY8c9vRVFn0mPTY9Bj1WPWY9dj1GPZY9qxtddx2R1T/AFBLAQIeAxQAAgAIAOkcdV3lg1Rs"
    + "0AEAAGwLAAALAAAAAAAAAAEAAACkgQAAAAByYXRpbmdzLmNzdlBLBQYAAAAAAQABADkAAAD5AQAAAAA="

  @Test func `Files may be compressed one by one`() throws {
    try folder.write(ArchiveFixture.gzip(Array(SmallSet.ratings.utf8)), to: "ratings.csv.gz")
    try folder.write(ArchiveFixture.gzip(Array(SmallSet.movies.utf8)), to: "movies.csv.gz")
    for path in [folder.path, folder.path("ratings.csv.gz")] {
      let (dataset, _) = try ingest(path)
      #expect(dataset.lines == SmallSet.lines)
      #expect(dataset.movie(10)?.title == "The Matrix")
    }
    let lone = try TemporaryFolder()
    let path = try lone.write(ArchiveFixture.gzip(Array("1\t2\t3\t4\n".utf8)), to: "u1.base.gz")
    #expect(try ingest(path).report.sources.map(\.format) == [.movieLens100k])
  }

  @Test func `The Netflix download with its training set in a tar within is read`() throws {
    let inner = ArchiveFixture.tar([
      ("training_set/mv_0000001.txt", Array("1:\n10,3,2005-09-06\n30,4,2005-09-06\n".utf8)),
      ("training_set/mv_0000002.txt", Array("2:\n20,1,2005-09-07\n".utf8)),
    ])
    let path = try folder.write(
      ArchiveFixture.gzip(
        ArchiveFixture.tar([
          ("download/movie_titles.txt", Array("1,2003,Dinosaur Planet\n2,2004,Isle, of\n".utf8)),
          ("download/probe.txt", Array("1:\n30\n".utf8)), ("download/training_set.tar", inner),
          ("download/qualifying.txt", Array("1:\n5,2005-01-01\n".utf8)),
        ])), to: "nf_prize_dataset.tar.gz")
    let (dataset, report) = try ingest(path)
    #expect(dataset.ratings.count == 2 && dataset.validation.count == 1)
    #expect(dataset.movies.map(\.title) == ["Dinosaur Planet", "Isle, of"])
    #expect(report.skipped.map(\.count) == [1])
  }

  @Test("Bad lines in an archive are named by archive, file and line", arguments: ["set.zip", "set.tar.gz"])
  func badLines(name: String) throws {
    let files: [ArchiveFixture.File] = [("a/ratings.csv", Array(BadLineTests.ratings(["1,2,bad,4"]).utf8))]
    let bytes = name == "set.zip" ? ArchiveFixture.zip(files) : ArchiveFixture.gzip(ArchiveFixture.tar(files))
    let path = try folder.write(bytes, to: name)
    #expect(
      try ingest(path).report.badLines.map(\.description) == [
        "\(path)/a/ratings.csv:2: the rating 'bad' is not a number"
      ])
  }

  @Test(
    "An archive that is cut short anywhere is an error, never a part of the data", .slow,
    arguments: ["set.zip", "set.tar", "set.tar.gz", "nested.zip", "deep.tar.gz"])
  func truncated(name: String) throws {
    let bytes = try #require(Self.archives[name])
    for count in Array(stride(from: 1, to: bytes.count, by: 37)) + [bytes.count - 1] {
      let path = try folder.write(bytes.prefix(count), to: name)
      #expect(throws: IngestError.self, "\(name) cut to \(count) of \(bytes.count) bytes") {
        _ = try Ingest.read([path], options: IngestOptions())
      }
    }
  }

  @Test func `A damaged archive says so`() throws {
    let zip = try folder.write(ArchiveFixture.zip(Self.members).prefix(900), to: "cut.zip")
    #expect(ingestError(zip)?.description.contains("damaged or incomplete") == true)
    let gzip = try folder.write(ArchiveFixture.gzip(Array(SmallSet.ratings.utf8)).dropLast(20), to: "ratings.csv.gz")
    #expect(ingestError(gzip)?.description.contains("damaged or incomplete") == true)
    let head = try folder.write([0x1f, 0x8b, 0x08], to: "head.gz")
    #expect(ingestError(head)?.description.contains("damaged or incomplete") == true)
    let empty = try folder.write(ArchiveFixture.zip([]), to: "empty.zip")
    #expect(ingestError(empty) != nil)
    let other = try folder.write(ArchiveFixture.zip([("letter.txt", Array("Dear all".utf8))]), to: "other.zip")
    #expect(ingestError(other)?.description.contains("letter.txt") == true)
  }
}
