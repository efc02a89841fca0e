import TestSupport
import Testing

@Suite(.serialized, .enabled(if: Browser.isExpected, "\(Browser.absence)"))
struct `The site in a browser` {
  @Test(arguments: ["/", "/movies/", "/genres/", "/users/1/", "/models/", "/pages-that-are-not-there/"])
  func `opens without an error and without asking another host`(path: String) async throws {
    try await Browser.visit(try await ServedSite.sample) { page in
      try await page.open(path)
      #expect(!(try await page.text("h1")).isEmpty)
      let log = try await page.logs()
      #expect(log.problems.filter { !$0.contains("404 (Not Found)") } == [])
      #expect(log.requests.contains(page.site.origin + path))
      #expect(log.foreignRequests(of: page.site) == [])
    }
  }
}
