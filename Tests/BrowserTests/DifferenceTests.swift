import Foundation
import Ingest
import Ratings
import TestSupport
import Testing

/// Damaged files of the corpus, read by the program and by the page: what one takes the other takes.
@Suite(.serialized, .enabled(if: Browser.isExpected, "\(Browser.absence)"))
struct `Program and page` {
  private struct Outcome: Equatable, CustomStringConvertible {
    var isRefused = false
    var isOfMany = false
    /// "film|stars", sorted.
    var ratings: [String] = []
    var unmatched: [String] = []
    var account: [Int] = []

    var description: String {
      isRefused ? "refused" : isOfMany ? "of many" : "\(ratings) \(unmatched) \(account)"
    }
  }

  private static let cases = CorpusCase.droppable.filter { one in
    one.description.read.count == 1
      && !["zip", "tar", "gz", "parquet", "xlsx", "sqlite", "npy"].contains { one.description.read[0].hasSuffix($0) }
  }

  /// How many files are damaged and read: `MARQUEE_DIFFERENCES`, or a few hundred.
  private static let count = ProcessInfo.processInfo.environment["MARQUEE_DIFFERENCES"].flatMap(Int.init) ?? 300
  private static let seed = ProcessInfo.processInfo.environment["MARQUEE_FUZZ_SEED"].flatMap(UInt64.init) ?? 16

  @Test func `take the same of damaged files`() async throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "title: Corpus\ndescription: Films.\nurl: https://films.example/\ndata: \(CorpusCase.folder.appendingPathComponent("catalogue").path)\nquality: quick\nmodels: [als, popularity]\n",
      to: "content/site.yaml")
    let catalogue = try Ingest.read([CorpusCase.folder.appendingPathComponent("catalogue").path]).dataset
    var counts = [Int](repeating: 0, count: catalogue.movies.count)
    for movie in catalogue.ratings.movies { counts[Int(movie)] += 1 }
    var random = CounterRandom(seed: Self.seed)
    var different: [String] = []
    try await Browser.visit(try await ServedSite(building: folder)) { page in
      try await page.open("/you/")
      try await page.wait(until: "document.getElementById('Drop')")
      for round in 0..<Self.count {
        let one = Self.cases[random.index(below: Self.cases.count)]
        let name = (one.description.read[0] as NSString).lastPathComponent
        let whole = try Data(
          contentsOf: CorpusCase.folder.appendingPathComponent("\(one.name)/\(one.description.read[0])"))
        let bytes = Self.damaged([UInt8](whole), &random)
        let program = try Self.program(bytes, name, folder, catalogue, counts)
        let browser = try await Self.browser(bytes, name, page)
        if program != browser {
          different.append(
            "\(round) \(one.name):\n  program \(program)\n  browser \(browser)\n  \(Data(bytes.prefix(1500)).base64EncodedString())"
          )
        }
      }
      try await page.expectQuiet()
    }
    #expect(different.count * 50 <= Self.count, "\(different.count):\n\(different.joined(separator: "\n"))")
  }

  private static func program(
    _ bytes: [UInt8], _ name: String, _ folder: TemporaryFolder, _ catalogue: Dataset, _ counts: [Int]
  ) throws -> Outcome {
    let path = try folder.write(bytes, to: "damaged/\(name)")
    do {
      let read = try Ingest.newcomer(path, among: catalogue.movies, ratingCounts: counts, scale: catalogue.scale)
      let files = read.report.files
      return Outcome(
        ratings: read.ratings.map { "\(catalogue.movies[$0.movie].id)|\($0.stars)" }.sorted(),
        unmatched: read.unmatched.sorted(),
        account: [
          files.reduce(0) { $0 + $1.lines }, files.reduce(0) { $0 + $1.ratings }, files.reduce(0) { $0 + $1.unrated },
          files.reduce(0) { $0 + $1.notFilms }, files.reduce(0) { $0 + $1.replaced }, files.reduce(0) { $0 + $1.bad },
        ])
    } catch IngestError.severalPeople {
      return Outcome(isOfMany: true)
    } catch is IngestError {
      return Outcome(isRefused: true)
    }
  }

  private static func browser(_ bytes: [UInt8], _ name: String, _ page: BrowserPage) async throws -> Outcome {
    let found = try await page.evaluate(
      """
      (async (name, text) => {
        const imports = await marquee.need('imports');
        const file = new File([Uint8Array.from(atob(text), c => c.charCodeAt(0))], name);
        const { diary, unmatched, account: a, people } = await imports.read([file], { minimum: 0.5, maximum: 5, step: 0.5 });
        return {
          many: people.length, ratings: Object.entries(diary.ratings).map(([id, { stars }]) => id + '|' + stars.toFixed(1)).sort(),
          unmatched: unmatched.filter(film => film.shelf === 'ratings').map(({ title, year }) => title + (year ? ` (${year})` : '')).sort(),
          account: [a.lines, a.ratings, a.unrated, a.notFilms, a.replaced, a.bad],
        };
      })(arguments[0], arguments[1])
      """, [.string(name), .string(Data(bytes).base64EncodedString())])
    if (found["many"].number ?? 0) > 0 { return Outcome(isOfMany: true) }
    let ratings = found["ratings"].strings
    let unmatched = found["unmatched"].strings
    if ratings.isEmpty, unmatched.isEmpty { return Outcome(isRefused: true) }
    return Outcome(
      ratings: ratings.sorted(), unmatched: unmatched.sorted(),
      account: found["account"].array.map { Int($0.number ?? -1) })
  }

  private static let interesting = Array("\",;:|\t\n0129.-()[]{}'".utf8)

  /// A few bytes changed, put in, taken out or doubled.
  private static func damaged(_ seed: [UInt8], _ random: inout CounterRandom) -> [UInt8] {
    var bytes = seed
    for _ in 0...random.index(below: 3) where !bytes.isEmpty {
      let position = random.index(below: bytes.count)
      switch random.index(below: 6) {
      case 0: bytes[position] = UInt8(0x20 + random.index(below: 0x5f))
      case 1: bytes[position] = interesting[random.index(below: interesting.count)]
      case 2: bytes.insert(interesting[random.index(below: interesting.count)], at: position)
      case 3: bytes.remove(at: position)
      case 4: bytes.removeSubrange(position..<min(bytes.count, position + random.index(below: 30)))
      default:
        bytes.insert(contentsOf: bytes[position..<min(bytes.count, position + random.index(below: 60))], at: position)
      }
    }
    return bytes
  }
}
