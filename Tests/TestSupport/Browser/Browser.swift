import Foundation

/// The one Chromium of a test run. Visits follow one another; each begins with nothing stored.
///
///     @Suite(.serialized, .enabled(if: Browser.isExpected, "\\(Browser.absence)")) struct JourneyTests {
///       @Test func `the home page has a heading`() async throws {
///         try await Browser.visit(try await ServedSite.sample) { page in
///           try await page.open("/")
///           #expect(try await page.text("h1") == "Marquee")
///           try await page.expectQuiet()
///         }
///       }
///     }
public actor Browser {
  /// `chromedriver`, wherever the system keeps it; nil where it is not installed.
  static let driver = ["/usr/bin/chromedriver", "/usr/lib/chromium/chromedriver", "/usr/local/bin/chromedriver"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  /// Whether tests with a browser run: where there is one, and always in CI, where its absence is a failure.
  public static let isExpected = driver != nil || ProcessInfo.processInfo.environment["CI"] == "true"

  /// What a skipped test says.
  public static let absence = "no chromedriver: install the packages chromium and chromium-driver"

  private static let shared = Browser()
  private var driver: WebDriver?
  private var isBusy = false
  private var waiting: [CheckedContinuation<Void, Never>] = []

  /// Opens a fresh browser on `site` for as long as `body` runs; nothing of earlier visits is stored or set.
  public static func visit<Result: Sendable>(
    _ site: ServedSite, _ body: sending (BrowserPage) async throws -> Result
  ) async throws -> Result {
    let driver = try await shared.take()
    do {
      let page = try await BrowserPage(driver, site: site)
      let result = try await body(page)
      try await page.close()
      await shared.release(isBroken: false)
      return result
    } catch {
      // A test that failed half-way may leave anything behind: the next visit gets a new browser.
      await shared.release(isBroken: true)
      throw error
    }
  }

  private func take() async throws -> WebDriver {
    if isBusy { await withCheckedContinuation { waiting.append($0) } }
    isBusy = true
    do {
      if let driver { return driver }
      let started = try await WebDriver.start()
      driver = started
      return started
    } catch {
      await release(isBroken: true)
      throw error
    }
  }

  private func release(isBroken: Bool) async {
    if isBroken, let broken = driver {
      driver = nil
      await broken.quit()
    }
    if waiting.isEmpty { isBusy = false } else { waiting.removeFirst().resume() }
  }
}
