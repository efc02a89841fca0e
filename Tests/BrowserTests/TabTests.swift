import Foundation
import TestSupport
import Testing

/// Browsers have six connections to one host, and a stream of events takes one for as long as its page lives.
@Suite(.serialized, .enabled(if: Browser.isExpected, "\(Browser.absence)"))
struct `Twelve tabs` {
  /// Opens so many tabs; each must show its page although all others stay open.
  private static func open(_ count: Int, of path: String, in page: BrowserPage) async throws -> [String] {
    var tabs: [String] = []
    for number in 1...count {
      let tab = try await page.openTab("\(path)?tab=\(number)")
      tabs.append(tab)
      try await page.wait(until: "document.readyState === 'complete' && document.querySelector('h1') !== null")
    }
    return tabs
  }

  @Test func `of a member all load, and hear of a rating by one stream`() async throws {
    let site = try await ServedSite.sample { $0 + "\nendpoint: /\n" }
    try await Browser.visit(site) { page in
      try await page.open("/account/register/")
      try await page.type("ada", into: "main [name=name]")
      try await page.type("nine long words in a row", into: "main [name=password]")
      try await page.press(.enter)
      try await page.wait(until: "location.pathname === '/account/rate/'")
      let tabs = try await Self.open(12, of: "/about/", in: page)
      let listeners =
        "fetch('/metrics').then(a => a.text()).then(t => Number(t.match(/marquee_event_listeners ([0-9.]+)/)[1]))"
      try await page.wait(until: "\(listeners).then(n => n === 1)")
      for tab in [tabs[0], tabs[11]] {
        try await page.switchTo(tab)
        try await page.evaluate(
          "document.addEventListener('marquee:list', () => { window.heard = (window.heard ?? 0) + 1 })")
      }
      let saved = try await page.evaluate(
        """
        fetch('/api/ratings/1', { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body: '{"stars":4}' })
          .then(answer => answer.status)
        """)
      #expect(saved.number == 200)
      for tab in [tabs[0], tabs[11]] {
        try await page.switchTo(tab)
        try await page.wait(until: "window.heard >= 1")
      }
    }
  }

  @Test func `of a site that is edited all load, and follow by one stream`() async throws {
    let folder = try TemporaryFolder()
    try FileManager.default.copyItem(
      at: SharedData.repository.appendingPathComponent("content"), to: folder.url.appendingPathComponent("content"))
    let site = try await ServedSite(serving: folder, ["--watch", "--quality", "quick"])
    try await Browser.visit(site) { page in
      try await page.open("/about/")
      try await page.wait(for: "h1", seconds: 120)
      let tabs = try await Self.open(12, of: "/about/", in: page)
      let about = try String(contentsOfFile: folder.path("content/pages/about.md"), encoding: .utf8)
      try folder.write(about + "\nSeen in every tab.\n", to: "content/pages/about.md")
      for tab in [tabs[0], tabs[6], tabs[11]] {
        try await page.switchTo(tab)
        try await page.wait(until: "document.body.textContent.includes('Seen in every tab.')")
      }
    }
  }
}
