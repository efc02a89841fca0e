import Foundation
import TestSupport
import Testing

/// The pages that the endpoint makes for members, in a browser.
@Suite(.serialized, .enabled(if: Browser.isExpected && Audit.hasAxe && Audit.hasChecker, "\(Audit.absence)"))
struct `The pages of members` {
  private static func site(_ language: String) async throws -> ServedSite {
    try await ServedSite.sample {
      $0.replacing("language: en", with: "language: \(language)") + "\nendpoint: /\n"
    }
  }

  /// Looks at a page in light and dark, narrow and wide.
  ///
  /// - Returns: its HTML.
  private static func look(_ path: String, _ axe: String, _ page: BrowserPage) async throws -> String {
    for scheme in ["light", "dark"] {
      try await page.emulate(scheme: scheme)
      try await page.open(path)
      for width in [320, 1440] {
        try await page.setSize(width: width, height: 800)
        let wide = try await page.evaluate(
          "document.documentElement.scrollWidth - document.documentElement.clientWidth")
        #expect(wide.number == 0, "\(path) at \(width) pixels")
      }
      try await page.expectNoViolation(axe, "\(path) in \(scheme)")
    }
    return try await page.evaluate("fetch(location.href).then(answer => answer.text())").string ?? ""
  }

  /// Looks in light and dark at what the page says of the form that was sent.
  private static func lookAtMessage(_ role: String, _ axe: String, _ page: BrowserPage) async throws {
    try await page.wait(for: ".message[role=\(role)]")
    for scheme in ["light", "dark"] {
      try await page.emulate(scheme: scheme)
      try await page.expectNoViolation(axe, "the \(role) in \(scheme)")
    }
    let position = try await page.evaluate("getComputedStyle(document.querySelector('.message')).position")
    #expect(position.string == "static")
  }

  @Test(arguments: ["en", "he"]) func `can be used by everybody, in either direction of writing`(
    language: String
  ) async throws {
    let axe = try String(contentsOf: Audit.axe, encoding: .utf8)
    let pages = try await Browser.visit(try await Self.site(language)) { page in
      var pages = [try await Self.look("/account/login/", axe, page)]
      try await page.type("nobody", into: "main [name=name]")
      try await page.type("no such password", into: "main [name=password]")
      try await page.press(.enter)
      try await Self.lookAtMessage("alert", axe, page)
      #expect(try await page.logs().problems.allSatisfy { $0.contains("401 (Unauthorized)") })
      pages.append(try await Self.look("/account/register/", axe, page))
      // With the keyboard alone: name, password, and Enter.
      try await page.open("/account/register/")
      try await page.type("ada", into: "main [name=name]")
      try await page.press(.tab)
      try await page.type("nine long words in a row", into: "main [name=password]")
      try await page.press(.enter)
      try await page.wait(until: "location.pathname === '/account/rate/'")
      pages.append(try await Self.look("/account/rate/?q=the", axe, page))
      try await page.click("button[value='4']")
      try await Self.lookAtMessage("status", axe, page)
      pages.append(try await Self.look("/account/", axe, page))
      try await page.evaluate("document.querySelectorAll('details').forEach(more => more.open = true)")
      try await page.expectNoViolation(axe, "all of the account")
      let log = try await page.logs()
      #expect(log.problems == [])
      #expect(log.foreignRequests(of: page.site) == [])
      return pages
    }
    let folder = try TemporaryFolder()
    for (number, html) in pages.enumerated() { try folder.write(html, to: "\(number).html") }
    let files = pages.indices.map { folder.path("\($0).html") }
    #expect(try Audit.complaints(about: files).filter { $0.contains(": error: ") } == [])
  }
}
