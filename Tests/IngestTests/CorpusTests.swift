import Ingest
import Ratings
import TestSupport
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The cases under `Tests/Corpus`, which the browser's reader runs too.
struct CorpusTests {
  @Test("What people bring comes in right, or not at all with a sentence", arguments: CorpusCase.all)
  func corpus(_ one: CorpusCase) throws {
    let read = Result { try one.read() }
    if let words = one.refused {
      guard case .failure(let error) = read else {
        Issue.record("\(one.name) was read")
        return
      }
      let text = "\(error)".lowercased()
      for word in words { #expect(text.contains(word.lowercased()), "\(text)") }
      return
    }
    let (dataset, report) = try read.get()
    #expect(dataset.invariantViolations.isEmpty)
    #expect(one.lines(dataset) == (try one.expected()))
    let accounts = report.files.filter { !$0.path.contains("/catalogue/") }
    for account in accounts { #expect(account.addsUp, "\(account)") }
    if let wanted = one.account {
      #expect(CorpusCase.sums(accounts) == wanted)
    }
  }

  @Test func `The corpus is there`() {
    #expect(CorpusCase.all.count > 115)
    #expect(CorpusCase.all.contains(where: \.isOnePersons) && CorpusCase.all.contains { $0.refused != nil })
  }

  @Test("A newcomer's ratings are those that ingest reads", arguments: CorpusCase.all.filter(\.isOnePersons))
  func newcomer(_ one: CorpusCase) throws {
    let expected = try one.expected()
    guard Set(expected.map { $0.prefix { $0 != "," } }).count == 1 else { return }
    let catalogue = try Ingest.read([CorpusCase.catalogue]).dataset
    var counts = [Int](repeating: 0, count: catalogue.movies.count)
    for movie in catalogue.ratings.movies { counts[Int(movie)] += 1 }
    let read = try Ingest.newcomer(
      one.folder + "/" + one.paths[0], among: catalogue.movies, ratingCounts: counts, scale: catalogue.scale)
    #expect(read.ratings.count + read.unmatched.count == expected.count)
    for (movie, stars) in read.ratings {
      let id = catalogue.movies[movie].id
      #expect(expected.contains { $0.contains(",\(id),\(CorpusCase.short(stars)),") }, "\(id) \(stars)")
    }
    let sums = CorpusCase.sums(read.report.files)
    for account in read.report.files { #expect(account.addsUp, "\(account)") }
    if let wanted = one.account { #expect(sums == wanted) }
    let films = read.report.files.map(\.films)
    #expect(films.reduce(0) { $0 + $1.byID + $1.byTitle } >= read.ratings.count)
    #expect(films.reduce(0) { $0 + $1.added } >= read.unmatched.count)
  }
}

/// A folder of the corpus.
struct CorpusCase: CustomTestStringConvertible, Sendable {
  private struct Description: Decodable {
    let read: [String]
    let catalogue: Bool?
    let user: String?
    let refused: [String]?
    let browser: Bool?
    let account: [String: Int]?
  }

  let name: String
  let folder: String
  let paths: [String]
  let hasCatalogue: Bool
  let user: String?
  let refused: [String]?
  let account: [String: Int]?
  let isOnePersons: Bool

  var testDescription: String { name }

  static let root =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().path + "/Corpus"
  static let catalogue = root + "/catalogue"

  static let all: [CorpusCase] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
    return names.sorted().compactMap { try? CorpusCase($0) }
  }()

  private init(_ name: String) throws {
    self.name = name
    folder = Self.root + "/" + name
    let data = try Data(contentsOf: URL(fileURLWithPath: folder + "/case.json"))
    let description = try JSONDecoder().decode(Description.self, from: data)
    paths = description.read
    hasCatalogue = description.catalogue ?? true
    user = description.user
    refused = description.refused
    account = description.account
    isOnePersons = description.browser == true && description.refused == nil && description.read.count == 1
  }

  /// The paths of the files that it names, those of folders too.
  var files: [String] {
    paths.flatMap { path -> [String] in
      let full = folder + "/" + path
      guard let inner = try? FileManager.default.contentsOfDirectory(atPath: full) else { return [full] }
      return inner.sorted().map { full + "/" + $0 }
    }
  }

  func read() throws -> (dataset: Dataset, report: IngestReport) {
    var options = IngestOptions()
    options.user = user
    return try Ingest.read((hasCatalogue ? [Self.catalogue] : []) + paths.map { folder + "/" + $0 }, options: options)
  }

  /// The ratings that did not come from the catalogue, as lines of `expect.csv`.
  func lines(_ dataset: Dataset) -> [String] {
    var lines: [String] = []
    for row in 0..<dataset.ratings.count {
      let user = dataset.users[Int(dataset.ratings.users[row])].id
      if hasCatalogue, user == .number(1) || user == .number(2) { continue }
      let movie = dataset.movies[Int(dataset.ratings.movies[row])]
      // A film that the catalogue does not have gets a text for its id.
      let isNew = if case .text = movie.id { movie.title != movie.id.description } else { false }
      let name = hasCatalogue && isNew ? movie.title : movie.id.description
      let quoted = name.contains("\"") || name.contains(",") ? "\"\(name.replacing("\"", with: "\"\""))\"" : name
      let time = Self.time(dataset.ratings.times[row])
      lines.append("\(user),\(quoted),\(Self.short(dataset.ratings.values[row])),\(time)")
    }
    return lines.sorted()
  }

  /// The lines of `expect.csv`.
  func expected() throws -> [String] {
    let text = try String(contentsOf: URL(fileURLWithPath: folder + "/expect.csv"), encoding: .utf8)
    return text.split(whereSeparator: \.isNewline).dropFirst().map(String.init).sorted()
  }

  /// The counts of accounts, by their names in `case.json`.
  static func sums(_ accounts: some Sequence<FileAccount>) -> [String: Int] {
    var sums = ["ratings": 0, "unrated": 0, "not_films": 0, "replaced": 0, "bad": 0]
    for account in accounts {
      sums["ratings"]? += account.ratings
      sums["unrated"]? += account.unrated
      sums["not_films"]? += account.notFilms
      sums["replaced"]? += account.replaced
      sums["bad"]? += account.bad
    }
    return sums
  }

  static func short(_ value: Float) -> String { value == value.rounded() ? "\(Int(value))" : "\(value)" }

  /// A day, or a day and a time of it; empty where none is known.
  private static func time(_ seconds: UInt32) -> String {
    if seconds == 0 { return "" }
    let date = Date(timeIntervalSince1970: Double(seconds))
    return date.formatted(seconds % 86_400 == 0 ? .iso8601.year().month().day() : .iso8601.dateTimeSeparator(.standard))
      .replacing("Z", with: "")
  }
}
