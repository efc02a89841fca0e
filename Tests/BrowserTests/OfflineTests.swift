import Foundation
import TestSupport
import Testing

@Suite(.serialized, .enabled(if: Browser.isExpected, "\(Browser.absence)"))
struct `Without a network` {
  @Test func `visited pages open, search works, and other pages say what is available`() async throws {
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

  @Test func `a page kept from before a deployment has its own style, and a reload brings the new one`() async throws {
    let folder = try TemporaryFolder()
    let sample = try await ServedSite.sample.folder.url
    for name in ["output", "content"] {
      try FileManager.default.copyItem(
        at: sample.appendingPathComponent(name), to: folder.url.appendingPathComponent(name))
    }
    let site = try await ServedSite(serving: folder)
    let style = "document.styleSheets[0]?.cssRules.length ?? 0"
    let sheet = "document.querySelector('link[rel=stylesheet]').href"
    try await Browser.visit(site) { page in
      try await page.open("/")
      try await page.wait(until: "navigator.serviceWorker.controller", seconds: 20)
      try await page.open("/users/1/")
      let rules = try await page.evaluate(style).number ?? 0
      let old = try await page.evaluate(sheet).string ?? ""
      try await page.wait(until: "caches.match(location.href.split('#')[0]).then(a => !!a)", seconds: 10)
      try Self.deployAnew(folder)
      try await page.open("/about/")
      try await page.wait(
        until: "caches.keys().then(k => k.filter(n => n.includes(' shell ')).join().endsWith('anew'))", seconds: 20)
      site.stop()
      try await page.open("/users/1/")
      #expect(try await page.evaluate(sheet).string == old)
      #expect(try await page.evaluate(style).number == rules && rules > 100)
      // Scripts are those of the same build.
      #expect(try await page.evaluate("typeof marqueeText").string == "function")
      try await site.resume()
      try await page.evaluate("location.reload()")
      try await page.wait(until: "\(sheet).includes('.anew.')", seconds: 20)
      #expect(try await page.evaluate(style).number == rules)
      // What no kept page names any more is let go of with the next version.
      #expect(
        try await page.evaluate("caches.keys().then(k => k.filter(n => n.includes(' shell ')).length)").number == 1)
    }
  }

  /// Another version of the site in the place of the present one: a style sheet of another name, and no trace of the old.
  private static func deployAnew(_ folder: TemporaryFolder) throws {
    let manager = FileManager.default
    let output = folder.url.appendingPathComponent("output")
    let assets = try manager.contentsOfDirectory(atPath: output.appendingPathComponent("assets").path)
    let old = try #require(assets.first { $0.hasPrefix("style.") && $0.hasSuffix(".css") })
    let files = manager.enumerator(atPath: output.path)?.compactMap { $0 as? String } ?? []
    for path in files where path.hasSuffix(".html") || path == "sw.js" {
      let file = output.appendingPathComponent(path)
      var text = try String(contentsOf: file, encoding: .utf8).replacing(old, with: "style.anew.css")
      if path == "sw.js" {
        text = text.replacing(/const version = "[0-9a-f]*"/, with: "const version = \"anew\"")
      }
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    try manager.moveItem(
      at: output.appendingPathComponent("assets/" + old), to: output.appendingPathComponent("assets/style.anew.css"))
    // Packed copies are those of before.
    for path in files where path.hasSuffix(".gz") || path.hasSuffix(".br") {
      try? manager.removeItem(at: output.appendingPathComponent(path))
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
