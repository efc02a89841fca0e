import Foundation
import TestSupport
import Testing

@Suite(.serialized, .enabled(if: Browser.isExpected, "\(Browser.absence)"))
struct `Watched while it is edited` {
  private func edit(_ folder: TemporaryFolder, _ template: String, _ change: (String) -> String) throws {
    let path = "site-templates/\(template).mustache"
    let own = try String(contentsOf: SharedData.repository.appendingPathComponent(path), encoding: .utf8)
    try folder.write(change(own), to: path)
  }

  @Test func `the browser follows edits and shows errors until they are fixed`() async throws {
    let folder = try TemporaryFolder()
    try FileManager.default.copyItem(
      at: SharedData.repository.appendingPathComponent("content"), to: folder.url.appendingPathComponent("content"))
    let site = try await ServedSite(serving: folder, ["--watch", "--quality", "quick"])
    try await Browser.visit(site) { page in
      try await page.open("/about/")
      // Until the first build is done there is a page that waits for it.
      try await page.wait(for: "h1", seconds: 120)
      let overlay = "document.querySelector('#marquee-fault')?.shadowRoot.textContent ?? ''"

      // A text, a template, a style sheet, a setting.
      let about = try String(contentsOfFile: folder.path("content/pages/about.md"), encoding: .utf8)
      try folder.write(about + "\nWords that were not here.\n", to: "content/pages/about.md")
      try await page.wait(until: "document.body.textContent.includes('Words that were not here.')")
      try edit(folder, "page") { $0.replacing("{{$content}}", with: "{{$content}}<p id=\"new\">New in the theme</p>") }
      try await page.wait(for: "#new")
      try folder.write("#new { color: rgb(1, 2, 3) }", to: "site-templates/assets/own.css")
      try edit(folder, "page") {
        $0.replacing("{{$content}}", with: "{{$content}}<p id=\"new\">{{assets.own.css}}</p>")
      }
      try await page.wait(until: "/own\\.[0-9a-f]+\\.css/.test(document.querySelector('#new')?.textContent)")
      let settings = try String(contentsOfFile: folder.path("content/site.yaml"), encoding: .utf8)
      try folder.write(settings.replacing("title: Marquee", with: "title: The Rialto"), to: "content/site.yaml")
      try await page.wait(until: "document.title.includes('The Rialto')")

      // Another page of the site stays where it is: it did not change.
      try await page.evaluate("window.isStill = true")
      try folder.write("Other words.\n", to: "content/pages/unseen.md")
      try edit(folder, "not-found") { $0 + "<!-- unseen -->" }
      try await page.wait(
        until: "fetch('/nowhere').then(a => a.text()).then(t => t.includes('<!-- unseen -->'))")
      try FileManager.default.removeItem(atPath: folder.path("content/pages/unseen.md"))

      // Faults.
      try edit(folder, "page") { $0 + "\n{{headin}}\n" }
      try await page.wait(until: "(\(overlay)).includes('site-templates/page.mustache:')")
      #expect(try await page.evaluate(overlay).string?.contains("{{headin}}") == true)
      try await page.press(.escape)
      #expect(try await page.count("#marquee-fault") == 0)
      try await page.reload()
      try await page.wait(until: "(\(overlay)).includes('headin')")
      try await page.screenshot(to: folder.path("fault.png"))
      try edit(folder, "page") { $0.replacing("{{$content}}", with: "{{$content}}<p id=\"changed\">Changed</p>") }
      try await page.wait(for: "#changed")
      #expect(try await page.count("#marquee-fault") == 0)
      try folder.write("---\ntitle: [\n---\n", to: "content/pages/about.md")
      try await page.wait(until: "(\(overlay)).includes('content/pages/about.md:')")
      try folder.write(about, to: "content/pages/about.md")
      try await page.wait(until: "!document.querySelector('#marquee-fault')")
      // Chromium notes the 503 of before the first build, and the page that was asked for and is not there.
      #expect(try await page.logs().problems.filter { !$0.contains("Failed to load resource") } == [])
    }
  }
}
