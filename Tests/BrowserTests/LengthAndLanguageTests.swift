import Foundation
import TestSupport
import Testing

@Suite(.serialized, .enabled(if: Browser.isExpected, "\(Browser.absence)"))
struct `The length and language of films` {
  /// The sample with facts of two in three of its films: lengths from 60 minutes on, in English and French.
  private static func site() async throws -> ServedSite {
    let folder = try TemporaryFolder()
    try FileManager.default.copyItem(
      at: SharedData.repository.appendingPathComponent("content"), to: folder.url.appendingPathComponent("content"))
    let films = try String(contentsOfFile: folder.path("content/sample/movies.csv"), encoding: .utf8)
      .split(whereSeparator: \.isNewline)
    let rows = films.enumerated().map { number, row in
      switch number {
      case 0: "\(row),runtime,language"
      case let number where number % 3 == 0: "\(row),,"
      default: "\(row),\(60 + number % 100),\(number % 3 == 1 ? "English" : "fr")"
      }
    }
    try folder.write(rows.joined(separator: "\n"), to: "content/sample/movies.csv")
    return try await ServedSite(building: folder)
  }

  private static func arrive(_ page: BrowserPage) async throws {
    _ = try await page.rate([10, 2, 8, 9, 3])
    try await page.open("/you/")
    try await page.wait(until: "document.querySelectorAll('#List > li').length === 20")
    try await page.click(".tuning > summary")
  }

  /// Whether the list has films, each with a line of facts that `test` holds for.
  private static func every(_ test: String) -> String {
    let lines = "[...document.querySelectorAll('#List .facts-line')].map(line => line.textContent)"
    return "\(lines).length > 0 && \(lines).every(line => \(test))"
  }

  @Test func `can be asked of a list, which says so, keeps it, and shows them`() async throws {
    try await Browser.visit(try await Self.site()) { page in
      try await Self.arrive(page)
      try await page.choose("100", in: "#Tuning [name=longest]")
      let isShort = Self.every("parseInt(line.match(/(\\d+) min/)?.[1] ?? '999') <= 100")
      try await page.wait(until: isShort)
      #expect(try await page.text("#TuningSaid") == "at most 100 min")
      try await page.choose("fr", in: "#Tuning [name=language]")
      try await page.wait(until: "\(isShort) && \(Self.every("line.includes('French')"))")
      #expect(try await page.text("#TuningSaid") == "at most 100 min · French")
      try await page.reload()
      try await page.wait(until: "\(isShort) && \(Self.every("line.includes('French')"))")
      try await page.click("#List h3 a")
      try await page.wait(until: "document.querySelector('#Language')?.textContent === 'French'")
      #expect(try await page.text("#Facts").contains(" min · French"))
      try await page.expectQuiet()
    }
  }

  @Test func `are not asked for where a site knows neither`() async throws {
    try await Browser.visit(try await ServedSite.sample) { page in
      try await Self.arrive(page)
      let visible = "[...document.querySelectorAll('#Tuning fieldset')].filter(part => part.checkVisibility()).length"
      #expect(try await page.evaluate(visible).number == 3)
      try await page.evaluate(
        "marquee.diary.change(state => { state.tuning = { longest: 60, language: 'fr' } })")
      try await page.wait(until: "document.querySelectorAll('#List > li').length === 20")
      #expect(try await page.text("#TuningSaid") == "how well known, decades, genres")
    }
  }
}
