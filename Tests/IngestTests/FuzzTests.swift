import Ingest
import Ratings
import TestSupport
import Testing

/// Files with random damage: an error or a sound data set, never a crash.
struct FuzzTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  static let seeds: [(name: String, bytes: [UInt8])] = [
    ("ratings.csv", Array(BadLineTests.ratings([], good: 120).utf8)),
    ("ratings.dat", Array((0..<120).map { "\($0)::\($0 % 9)::\($0 % 5 + 1)::978300\($0)\n" }.joined().utf8)),
    ("u.data", Array((0..<120).map { "\($0)\t\($0 % 9)\t\($0 % 5 + 1)\t978300\($0)\n" }.joined().utf8)),
    (
      "combined_data_1.txt",
      Array((0..<40).map { "\($0):\n\($0),3,2005-09-06\n7\($0),4,2005-10-\(10 + $0 % 20)\n" }.joined().utf8)
    ),
    (
      "table.csv",
      Array(
        ("user;film;stars;date\n" + (0..<99).map { "\"u\($0)\";\"f \($0 % 7)\";3,5;2020-01-02T03:04\n" }.joined()).utf8)
    ),
    (
      "user_ratedmovies.dat",
      Array(
        ("userID\tmovieID\trating\tdate_day\tdate_month\tdate_year\n"
          + (0..<99).map { "\($0)\t\($0 % 7)\t3.5\t29\t10\t2006\n" }.joined()).utf8)
    ),
    ("set.zip", ArchiveFixture.zip(ArchiveTests.members)), ("set.tar", ArchiveFixture.tar(ArchiveTests.members)),
    ("set.tar.gz", ArchiveFixture.gzip(ArchiveFixture.tar(ArchiveTests.members))),
  ]

  @Test("Random damage never crashes", arguments: seeds.map(\.name))
  func damage(name: String) throws {
    let seed = try #require(Self.seeds.first { $0.name == name }).bytes
    let interesting: [UInt8] = Array("\",;:\t\n\r\0.-+eE0129\u{7f}".utf8) + [0xff, 0xc3, 0xef, 0x80]
    var random = CounterRandom(seed: 2_024, stream: UInt64(seed.count))
    var successes = 0
    for _ in 0..<300 {
      var bytes = seed
      for _ in 0...random.index(below: 4) {
        let position = random.index(below: bytes.count)
        switch random.index(below: 6) {
        case 0: bytes[position] = UInt8(random.index(below: 256))
        case 1: bytes[position] = interesting[random.index(below: interesting.count)]
        case 2: bytes.insert(interesting[random.index(below: interesting.count)], at: position)
        case 3: bytes.remove(at: position)
        case 4: bytes.removeSubrange(position..<min(bytes.count, position + random.index(below: 40)))
        default: bytes.insert(contentsOf: bytes[position..<min(bytes.count, position + random.index(below: 90))], at: 0)
        }
        if bytes.isEmpty { bytes = [0] }
      }
      let path = try folder.write(bytes, to: name)
      do {
        let dataset = try Ingest.read([path], options: IngestOptions()).dataset
        #expect(dataset.invariantViolations.isEmpty)
        successes += 1
      } catch let error as IngestError {
        #expect(error.description.contains(": "))
      }
    }
    // Most damage of one or two lines is more than one in a hundred; some hits nothing that matters.
    #expect(successes > 0)
  }

  @Test("Facts about movies survive random damage", arguments: ["movies.csv", "links.csv", "tags.csv"])
  func facts(name: String) throws {
    try SmallSet.write(to: folder)
    let seed = Array(try #require(SmallSet.files[name]).utf8)
    var random = CounterRandom(seed: 99, stream: UInt64(seed.count))
    for _ in 0..<300 {
      var bytes = seed
      for _ in 0...random.index(below: 6) {
        bytes[random.index(below: bytes.count)] = UInt8(random.index(below: 256))
      }
      try folder.write(bytes, to: "set/\(name)")
      let (dataset, report) = try ingest(folder.path("set"))
      #expect(dataset.lines == SmallSet.lines)
      #expect(report.badRatingLines == 0)
    }
  }

  @Test func `Noise is refused`() throws {
    var random = CounterRandom(seed: 5)
    for round in 0..<300 {
      let bytes = (0..<random.index(below: 3_000)).map { _ in UInt8(random.index(below: round % 2 == 0 ? 256 : 128)) }
      let path = try folder.write(bytes, to: "noise")
      #expect(throws: IngestError.self) { try Ingest.read([path], options: IngestOptions()) }
    }
  }
}
