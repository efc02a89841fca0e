import Content
import Foundation
import Pipeline
import TestSupport
import Testing

@Suite(.serialized) struct `Watching files` {
  @Test(arguments: [FileWatch.Method.kernel, .polling])
  func `every kind of change is noticed, and nothing else`(method: FileWatch.Method) throws {
    let folder = try TemporaryFolder()
    try folder.write("a", to: "theme/a.mustache")
    try folder.write("data", to: "ratings/data.csv")
    try folder.write("other", to: "other/file")
    let watch = FileWatch(
      [folder.path("theme"), folder.path("ratings/data.csv"), folder.path("not-yet")], method: method)
    #expect(!watch.wait(seconds: 0.3))
    let changes: [(String, () throws -> Void)] = [
      ("written", { try folder.write("b", to: "theme/a.mustache") }),
      ("added", { try folder.write("b", to: "theme/b.mustache") }),
      ("in a new folder", { try folder.write("c", to: "theme/partials/c.mustache") }),
      ("in that folder again", { try folder.write("d", to: "theme/partials/c.mustache") }),
      (
        "replaced",
        {
          try folder.write("e", to: "theme/e.new")
          try FileManager.default.removeItem(atPath: folder.path("theme/a.mustache"))
          try FileManager.default.moveItem(atPath: folder.path("theme/e.new"), toPath: folder.path("theme/a.mustache"))
        }
      ), ("removed", { try FileManager.default.removeItem(atPath: folder.path("theme/b.mustache")) }),
      ("a single file", { try folder.write("more data", to: "ratings/data.csv") }),
      ("a folder that was not there", { try folder.write("x", to: "not-yet/x") }),
      ("in it", { try folder.write("y", to: "not-yet/x") }),
    ]
    for (name, change) in changes {
      try change()
      #expect(watch.wait(seconds: 10), "\(name)")
    }
    try folder.write("changed", to: "other/file")
    #expect(!watch.wait(seconds: 0.3))
  }

  @Test(arguments: [FileWatch.Method.kernel, .polling])
  func `a change behind a link is noticed, and links in circles end`(method: FileWatch.Method) throws {
    let folder = try TemporaryFolder()
    try folder.write("a", to: "elsewhere/page.md")
    try folder.write("b", to: "content/deep/own.md")
    let files = FileManager.default
    try files.createSymbolicLink(
      atPath: folder.path("content/page.md"), withDestinationPath: folder.path("elsewhere/page.md"))
    // Eight links that lead up: followed blindly they are sixteen million folders.
    for number in 0..<8 {
      try files.createSymbolicLink(atPath: folder.path("content/deep/up\(number)"), withDestinationPath: "..")
    }
    let start = ContinuousClock.now
    let watch = FileWatch([folder.path("content")], method: method)
    #expect(!watch.wait(seconds: 0.3))
    try folder.write("another", to: "elsewhere/page.md")
    #expect(watch.wait(seconds: 10))
    #expect(ContinuousClock.now - start < .seconds(10))
  }
}

@Suite(.serialized) struct `A site that is watched` {
  private let site: TinySite
  private let live: LiveSite

  init() throws {
    site = try TinySite()
    var options = BuildOptions()
    options.site = site.place
    live = LiveSite(options, observer: BuildObserver()) { _ in }
  }

  private func watching(_ body: () throws -> Void) throws {
    let ended = DispatchSemaphore(value: 0)
    Thread.detachNewThread { [live] in
      live.run()
      ended.signal()
    }
    defer {
      live.stop()
      ended.wait()
    }
    try body()
  }

  /// Waits until something holds; the test fails where it never does.
  private func wait(for name: String, _ condition: () throws -> Bool) throws {
    let end = ContinuousClock.now + .seconds(300)
    while try !condition() {
      try #require(ContinuousClock.now < end, "never: \(name)")
      usleep(5_000)
    }
  }

  private func text(_ path: String) -> String { String(decoding: live.file(path)?.bytes ?? [], as: UTF8.self) }

  private func isPublished() throws -> Bool {
    guard !live.isBuilding else { return false }
    // The list of the files lies beside what visitors see.
    return try site.output.filter { $0.key != ".marquee-files" }
      .allSatisfy { path, data in live.file(path).map { Data($0.bytes) } == data }
  }

  private func edit(_ words: String) throws {
    let own = try String(
      contentsOf: SharedData.repository.appendingPathComponent("site-templates/not-found.mustache"), encoding: .utf8)
    try site.write(own + words, to: "site-templates/not-found.mustache")
  }

  @Test(.slow) func `what is shown is what a build publishes, after each kind of change`() throws {
    try watching {
      try wait(for: "the first site") { live.isReady }
      #expect(try isPublished())
      #expect(live.file("nothing.html") == nil)

      try edit("<!-- first -->")
      try wait(for: "a template") { text("404.html").contains("<!-- first -->") }
      try wait(for: "its build") {
        try isPublished() && String(decoding: site.output["404.html"] ?? Data(), as: UTF8.self).contains("first")
      }
      try site.write("Entirely other words.\n", to: "content/pages/about.md")
      try wait(for: "a page") { text("about/index.html").contains("Entirely other words.") }
      try site.write("body { order: 7 }", to: "site-templates/assets/own.css")
      try wait(for: "an asset") { text("404.html").contains("first") && text(assets("own")).contains("order: 7") }
      site.settings["title"] = "Otherwise"
      try site.writeData()
      try wait(for: "a setting") { text("index.html").contains("Otherwise") }
      let movie = try #require(site.movies.keys.first)
      site.movies[movie]?.title = "Zzz (1999)"
      try site.writeData()
      try wait(for: "the data") { text("api/movies/\(movie).json").contains("Zzz") }
      try wait(for: "the last build") { try isPublished() }
      #expect(try site.output == site.cleanOutput())
    }
  }

  /// The published path of an asset; empty where there is none.
  private func assets(_ name: String) -> String {
    (try? site.output.keys.first { $0.hasPrefix("assets/\(name).") }) ?? ""
  }

  @Test func `a fault is told with its place, and goes when it is fixed`() throws {
    try watching {
      try wait(for: "the first site") { live.isReady }
      let before = text("404.html")
      try edit("\n{{headin}}\n")
      try wait(for: "a template's fault") { live.fault != nil }
      let entry = try #require(live.fault?.entries.first)
      #expect(entry.file == "site-templates/not-found.mustache" && entry.message.contains("headin"))
      #expect(entry.excerpt.first { $0.number == entry.line }?.text == "{{headin}}")
      #expect(text("404.html") == before)
      try edit("")
      try wait(for: "its end") { live.fault == nil }

      site.settings["qualty"] = "quick"
      try site.writeData()
      try wait(for: "a setting's fault") { live.fault?.entries.first?.file == "content/site.yaml" }
      #expect(live.fault?.entries.first?.message.contains("did you mean “quality”?") == true)
      site.settings["qualty"] = nil
      try site.writeData()
      try wait(for: "its end") { live.fault == nil }

      let ratings = site.ratings
      site.ratings = [:]
      try site.writeData()
      try wait(for: "the data's fault") { live.fault?.entries.first?.message.contains("rating") == true }
      #expect(text("404.html") == before)
      site.ratings = ratings
      try site.writeData()
      try wait(for: "its end") { live.fault == nil }
    }
  }

  @Test func `a site that cannot be built at first is shown once it can`() throws {
    try site.write("---\ntitle: [\n---\n", to: "content/pages/about.md")
    try watching {
      try wait(for: "the fault") { live.fault?.entries.first?.file == "content/pages/about.md" }
      #expect(!live.isReady && live.file("index.html") == nil)
      try site.write("Fine.\n", to: "content/pages/about.md")
      try wait(for: "the site") { live.isReady && live.fault == nil }
      #expect(text("about/index.html").contains("Fine."))
    }
  }
}
