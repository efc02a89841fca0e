import Ingest
import Ratings
import TestSupport
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

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

  @Test("Random damage never crashes", .slow, arguments: seeds.map(\.name))
  func damage(name: String) throws {
    let seed = try #require(Self.seeds.first { $0.name == name }).bytes
    var random = CounterRandom(seed: 2_024, stream: UInt64(seed.count))
    var successes = 0
    for _ in 0..<300 where try read(Self.damaged(seed, &random), as: name) { successes += 1 }
    // Most damage of one or two lines is more than one in a hundred; some hits nothing that matters.
    #expect(successes > 0)
  }

  /// How often each file of the corpus is damaged; `Scripts/fuzz-ingest.sh` says more.
  static let rounds = ProcessInfo.processInfo.environment["MARQUEE_FUZZ_ROUNDS"].flatMap(Int.init) ?? 10
  static let fuzzSeed = ProcessInfo.processInfo.environment["MARQUEE_FUZZ_SEED"].flatMap(UInt64.init) ?? 16

  @Test("Random damage to what people bring never crashes, and the account adds up", .slow, arguments: CorpusCase.all)
  func corpus(_ one: CorpusCase) throws {
    var random = CounterRandom(seed: Self.fuzzSeed, stream: one.name.utf8.reduce(7) { $0 &* 31 &+ UInt64($1) })
    for file in one.files {
      let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
      guard !bytes.isEmpty else { continue }
      let name = URL(fileURLWithPath: file).lastPathComponent
      for _ in 0..<Self.rounds { _ = try read(Self.damaged(bytes, &random), as: name) }
    }
  }

  /// What reading may take beyond what the process had before, in MB: the largest list of JSON and what is made of it, and the
  /// buffers of a few archives in archives.
  private static let mostMemory = 256

  @Test("Reading takes bounded memory, whatever comes", .slow)
  func memory() async throws {
    // A process of its own, so that nothing else counts.
    await #expect(processExitsWith: .success) {
      let before = Self.peakMemory()
      let tests = try FuzzTests()
      for one in CorpusCase.all {
        var random = CounterRandom(seed: Self.fuzzSeed, stream: one.name.utf8.reduce(9) { $0 &* 31 &+ UInt64($1) })
        for file in one.files {
          let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
          guard !bytes.isEmpty else { continue }
          for _ in 0..<2 {
            _ = try tests.read(Self.damaged(bytes, &random), as: URL(fileURLWithPath: file).lastPathComponent)
          }
        }
      }
      for (name, bytes) in Self.bombs { _ = try tests.read(bytes, as: name) }
      let taken = Self.peakMemory() - before
      try #require(taken < Self.mostMemory, "\(taken) MB")
    }
  }

  /// Files that are small for what they unfold to, or endless where something should end.
  private static var bombs: [(name: String, bytes: [UInt8])] {
    let line = [UInt8](repeating: UInt8(ascii: "a"), count: 1 << 23)
    let zeros = [UInt8](repeating: 0, count: 1 << 23)
    let opens =
      Array("user,movie,rating\n".utf8) + Array(repeatElement(Array("1,\"2,3\n".utf8), count: 1 << 17).joined())
    let deep = [UInt8](repeating: UInt8(ascii: "["), count: 1 << 20)
    let list =
      Array("[".utf8)
      + Array(repeatElement(Array("{\"user\":1,\"movie\":2,\"rating\":3},".utf8), count: 1 << 15).joined())
    return [
      ("ratings.csv", line), ("ratings.csv", Array("user,movie,rating\n".utf8) + line), ("ratings.csv", zeros),
      ("ratings.csv", opens), ("ratings.json", deep), ("ratings.json", list),
      ("ratings.csv.gz", ArchiveFixture.gzip(line + zeros)),
      ("set.zip", ArchiveFixture.zip([("ratings.csv", line + line)])),
      ("set.tar", ArchiveFixture.tar((0..<2_000).map { ("f\($0)/ratings.csv", Array("1,2,3\n".utf8)) })),
    ]
  }

  /// The most memory that this process has had at once, in MB.
  private static func peakMemory() -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
    return (Int(line.filter(\.isNumber)) ?? 0) / 1024
  }

  /// Reads damaged bytes: the data set is sound and the account adds up, or there is a sentence.
  private func read(_ bytes: [UInt8], as name: String) throws -> Bool {
    let path = try folder.write(bytes, to: name)
    do {
      let (dataset, report) = try Ingest.read([path], options: IngestOptions())
      #expect(dataset.invariantViolations.isEmpty)
      for account in report.files { #expect(account.addsUp, "\(account)") }
      return true
    } catch let error as IngestError {
      #expect(error.description.contains(": "))
      return false
    }
  }

  private static let interesting: [UInt8] =
    Array("\",;:|\\\t\n\r\0.-+eE0129{}[]/'\u{7f}".utf8) + [0xff, 0xfe, 0xc3, 0xef, 0x80, 0xd8]

  /// A few bytes changed, put in, taken out or doubled.
  private static func damaged(_ seed: [UInt8], _ random: inout CounterRandom) -> [UInt8] {
    var bytes = seed
    for _ in 0...random.index(below: 4) {
      let position = random.index(below: bytes.count)
      switch random.index(below: 7) {
      case 0: bytes[position] = UInt8(random.index(below: 256))
      case 1: bytes[position] = interesting[random.index(below: interesting.count)]
      case 2: bytes.insert(interesting[random.index(below: interesting.count)], at: position)
      case 3: bytes.remove(at: position)
      case 4: bytes.removeSubrange(position..<min(bytes.count, position + random.index(below: 40)))
      case 5: bytes.removeSubrange(position...)
      default: bytes.insert(contentsOf: bytes[position..<min(bytes.count, position + random.index(below: 90))], at: 0)
      }
      if bytes.isEmpty { bytes = [0] }
    }
    return bytes
  }

  @Test("Facts about movies survive random damage", .slow, arguments: ["movies.csv", "links.csv", "tags.csv"])
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
