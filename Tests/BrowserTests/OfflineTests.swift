import Foundation
import TestSupport
import Testing

@Suite(.serialized, .enabled(if: Browser.isExpected, "\(Browser.absence)"))
struct `Without a network` {
  @Test func `pages that were seen open, search works, and others say what is there`() async throws {
    let folder = try TemporaryFolder()
    try FileManager.default.copyItem(
      at: try await ServedSite.sample.folder.url.appendingPathComponent("output"),
      to: folder.url.appendingPathComponent("output"))
    try FileManager.default.copyItem(
      at: try await ServedSite.sample.folder.url.appendingPathComponent("content"),
      to: folder.url.appendingPathComponent("content"))
    let site = try await ServedSite(serving: folder)
    try await Browser.visit(site) { page in
      try await page.open("/")
      try await page.wait(until: "navigator.serviceWorker.controller", seconds: 20)
      try await page.open("/users/1/")
      let heading = try await page.text("h1")
      // The page is kept after it was answered.
      try await page.wait(until: "caches.match(location.href.split('#')[0]).then(a => !!a)", seconds: 10)
      let films = try await page.rate([10, 2, 8, 9, 3])
      try await page.open("/you/")
      let drawn = "document.querySelectorAll('#List > li').length === 20"
      try await page.wait(until: drawn)
      try await page.wait(
        until:
          "caches.keys().then(async k => (await (await caches.open(k.find(n => n.endsWith(' taste')))).keys()).some(r => r.url.endsWith('.bin')))",
        seconds: 10)
      site.stop()
      // The list is worked out here, and so it is here without a network; so are ratings.
      try await page.open("/you/")
      try await page.wait(until: drawn)
      try await page.click("#Diary > li:first-child button")
      try await page.wait(until: "document.querySelectorAll('#Diary > li').length === 4")
      try await page.wait(until: drawn)
      try await page.open("/rate/")
      try await page.wait(for: "#FirstRow > li")
      #expect(films.count == 5)
      try await page.open("/users/1/")
      #expect(try await page.text("h1") == heading)
      try await page.open("/")
      #expect(try await page.count(".card") > 10)
      try await page.type("godf", into: "#Find")
      try await page.wait(for: "#FindList [role=option] b")
      try await page.open("/users/2/")
      // The list grows page by page.
      try await page.wait(
        until: "[...document.querySelectorAll('#Seen a')].some(a => a.textContent.startsWith(arguments[0]))",
        [.string(heading)])
      try await site.resume()
      try await page.open("/users/2/")
      #expect(try await page.text("h1").contains("2"))
    }
  }

  @Test func `the site can be installed, and keeps one shell`() async throws {
    try await Browser.visit(try await ServedSite.sample) { page in
      try await page.open("/")
      let manifest = try await page.evaluate(
        "fetch(document.querySelector('link[rel=manifest]').href).then(a => a.json())")
      #expect(manifest["display"].string == "standalone" && manifest["name"].string?.isEmpty == false)
      for icon in manifest["icons"].array {
        let type = try await page.evaluate(
          "fetch(arguments[0]).then(a => a.ok && a.headers.get('Content-Type'))",
          [.string("/" + (icon["src"].string ?? ""))])
        #expect(type.string?.hasPrefix(icon["type"].string ?? "?") == true)
        guard icon["type"] == "image/png" else { continue }
        let width = try await page.evaluate(
          "fetch(arguments[0]).then(a => a.blob()).then(b => createImageBitmap(b)).then(i => `${i.width}x${i.height}`)",
          [.string("/" + (icon["src"].string ?? ""))])
        #expect(width.string == icon["sizes"].string)
      }
      #expect(manifest["icons"].array.count == 4)
      try await page.wait(until: "navigator.serviceWorker.controller", seconds: 20)
      let shells = try await page.evaluate("caches.keys().then(k => k.filter(n => n.includes(' shell ')))")
      #expect(shells.array.count == 1)
    }
  }
}
