import Foundation
import TestSupport
import Testing

/// What a visitor does on the pages where films are rated.
extension BrowserPage {
  /// Gives stars to the films at the top of the rating page, one by one; the ids of the films.
  func rate(_ levels: [Int]) async throws -> [String] {
    try await open("/rate/")
    try await wait(for: "#Ask.on .strip")
    for (film, level) in levels.enumerated() {
      try await click("#Ask > li:nth-child(\(film + 1)) .strip label:nth-of-type(\(level)) input")
    }
    return try await evaluate(
      "[...document.querySelectorAll('#Ask > li')].slice(0, arguments[0]).map(li => li.dataset.film)",
      [.number(Double(levels.count))]
    ).strings
  }

  /// Chooses an option of a list of options, as a visitor does.
  func choose(_ value: String, in css: String) async throws {
    try await evaluate(
      """
      (() => {
        const select = document.querySelector(arguments[0]);
        select.value = arguments[1];
        select.dispatchEvent(new Event('change', { bubbles: true }));
      })()
      """, [.string(css), .string(value)])
  }

  /// Waits until another film stands where `film` stood.
  func waitForChange(of css: String, from film: String) async throws {
    try await wait(until: "document.querySelector('\(css)')?.dataset.film !== arguments[0]", [.string(film)])
  }

  /// The predicted stars of every film that the browser knows, by id.
  func predictions() async throws -> [String: Double] {
    let pairs = try await evaluate(
      """
      marquee.model().then(model => {
        const profile = model.foldIn(marquee.diary.state.ratings);
        return model.ids.map((id, film) => [id, model.guess(profile, film).stars]);
      })
      """)
    return Dictionary(
      pairs.array.map { ($0[0].string ?? "", $0[1].number ?? .nan) }, uniquingKeysWith: { first, _ in first })
  }

  /// What the visitor's browser keeps.
  func diary() async throws -> JSON {
    try JSON(Data(try await evaluate("JSON.stringify(marquee.diary.state)").string?.utf8 ?? "null".utf8))
  }

  /// Nothing went wrong in the console, and no other host was asked for anything.
  func expectQuiet(sourceLocation: SourceLocation = #_sourceLocation) async throws {
    let log = try await logs()
    #expect(log.problems == [], sourceLocation: sourceLocation)
    #expect(log.foreignRequests(of: site) == [], sourceLocation: sourceLocation)
  }

  /// The stars that `marquee recommend --ratings` gives a newcomer with the visitor's ratings, by id.
  func commandLinePredictions(_ arguments: [String] = []) async throws -> [String: Double] {
    let folder = try TemporaryFolder()
    let table = try await evaluate("marquee.diary.exportedRatings()").string ?? ""
    let file = try folder.write(table, to: "ratings.csv")
    let outcome = try MarqueeProcess.run(
      ["recommend", "--ratings", file, "--top", "1000", "--json"] + arguments, in: site.folder.path)
    try #require(outcome.status == 0, "\(outcome.errors)")
    let answer = try JSON(Data(outcome.output.utf8))
    guard case .object(let models) = answer["models"] else { return [:] }
    var stars: [String: Double] = [:]
    for entry in models.values.flatMap(\.array) {
      let id = entry["id"].string ?? entry["id"].number.map { String(Int($0)) } ?? ""
      stars[id] = entry["stars"].number
    }
    return stars
  }
}
