import Foundation
import Pipeline
import TestSupport
import Testing

@Suite struct `Publishing a site` {
  private let folder: TemporaryFolder
  private var output: String { folder.path("output") }

  init() throws { folder = try TemporaryFolder() }

  private func publish(_ files: [String: String]) throws -> (written: Int, kept: Int, removed: Int) {
    let publication = try Publication(output: output, state: folder.path("state"))
    for (path, text) in files { try publication.write(Array(text.utf8), to: path) }
    return try publication.publish()
  }

  private func text(_ path: String) throws -> String {
    String(decoding: try folder.read("output/" + path), as: UTF8.self)
  }

  @Test func `the first site makes its folder`() throws {
    let changes = try publish(["build.json": "{}", "a/b/c.html": "deep"])
    #expect(changes == (2, 0, 0))
    #expect(try text("a/b/c.html") == "deep")
  }

  @Test func `the next one replaces, keeps and removes, and counts each`() throws {
    _ = try publish(["build.json": "{}", "same.html": "same", "changed.html": "old", "gone.html": "gone"])
    let changes = try publish(["build.json": "{}", "same.html": "same", "changed.html": "new", "fresh.html": "fresh"])
    #expect(changes == (2, 2, 1))
    #expect(
      try folder.contents(of: "output").keys.sorted() == ["build.json", "changed.html", "fresh.html", "same.html"])
    #expect(try text("changed.html") == "new")
  }

  @Test func `a file that did not change keeps its time stamp`() throws {
    _ = try publish(["build.json": "{}", "same.html": "same"])
    let early = Date(timeIntervalSince1970: 1_000_000)
    try FileManager.default.setAttributes([.modificationDate: early], ofItemAtPath: output + "/same.html")
    _ = try publish(["build.json": "{}", "same.html": "same"])
    let date = try FileManager.default.attributesOfItem(atPath: output + "/same.html")[.modificationDate] as? Date
    #expect(date == early)
  }

  @Test func `a compressed form is kept with its file, and gone when it was left out`() throws {
    _ = try publish(["build.json": "{}", "same.html": "same", "same.html.gz": "packed"])
    let next = try Publication(output: output, state: folder.path("state"))
    try next.write(Array("{}".utf8), to: "build.json")
    #expect(try next.write(Array("same".utf8), to: "same.html"))
    #expect(try next.keep("same.html.gz"))
    #expect(try !next.keep("none.html.gz"))
    #expect(try next.publish() == (0, 3, 0))
    #expect(try text("same.html.gz") == "packed")
    _ = try publish(["build.json": "{}", "same.html": "same"])
    #expect(!FileManager.default.fileExists(atPath: output + "/same.html.gz"))
  }

  @Test func `until it is published, and after it is abandoned, the old site is there`() throws {
    _ = try publish(["build.json": "{}", "page.html": "old"])
    let publication = try Publication(output: output, state: folder.path("state"))
    try publication.write(Array("new".utf8), to: "page.html")
    #expect(try text("page.html") == "old")
    publication.abandon()
    #expect(try text("page.html") == "old")
    #expect(!FileManager.default.fileExists(atPath: folder.path(".output.next")))
  }

  @Test func `what a killed build left behind is cleared`() throws {
    _ = try publish(["build.json": "{}", "page.html": "old"])
    _ = try publish(["build.json": "{}", "page.html": "newer"])
    try half()
    let changes = try publish(["build.json": "{}", "page.html": "new"])
    #expect(changes == (1, 1, 0))
    #expect(try folder.contents(of: "output").keys.sorted() == ["build.json", "page.html"])
    #expect(try text("page.html") == "new")
  }

  /// Begins a site and goes away.
  private func half() throws {
    let killed = try Publication(output: output, state: folder.path("state"))
    try killed.write(Array("half".utf8), to: "half.html")
    try killed.write(Array("half".utf8), to: "page.html")
  }

  @Test func `nobody else may write the same output meanwhile`() throws {
    let first = try Publication(output: output, state: folder.path("state"))
    #expect(throws: PipelineError.outputInUse(path: output)) {
      try Publication(output: output, state: folder.path("other"))
    }
    first.abandon()
  }

  @Test func `it is known whether the site is as it was left`() throws {
    _ = try publish(["build.json": "{}", "a/page.html": "old"])
    let count = { try Publication(output: output, state: folder.path("state")).currentFileCount() }
    #expect(try count() == 2)
    try folder.write("mine", to: "output/a/foreign.html")
    #expect(try count() == nil)
    try FileManager.default.removeItem(atPath: output + "/a/foreign.html")
    #expect(try count() == 2)
    try folder.write("odd", to: "output/a/page.html")
    #expect(try count() == nil)
    _ = try publish(["build.json": "{}", "a/page.html": "old"])
    #expect(try count() == 2)
    #expect(try text("a/page.html") == "old")
    try FileManager.default.removeItem(atPath: output + "/a")
    #expect(try count() == nil)
  }

  @Test func `what somebody else put into the folder never comes back`() throws {
    _ = try publish(["build.json": "{}", "a/page.html": "1"])
    try folder.write("mine", to: "output/a/foreign.html")
    for version in 2...4 {
      _ = try publish(["build.json": "{}", "a/page.html": "\(version)"])
      #expect(try folder.contents(of: "output").keys.sorted() == ["a/page.html", "build.json"])
      #expect(try text("a/page.html") == "\(version)")
    }
  }

  @Test func `a content that comes back gets a new time, one that stays keeps its own`() throws {
    let modified = { (path: String) in
      try FileManager.default.attributesOfItem(atPath: output + "/" + path)[.modificationDate] as? Date
    }
    _ = try publish(["build.json": "{}", "page.html": "a", "same.html": "same"])
    let (first, same) = (try modified("page.html"), try modified("same.html"))
    usleep(20_000)
    _ = try publish(["build.json": "{}", "page.html": "b", "same.html": "same"])
    usleep(20_000)
    #expect(try publish(["build.json": "{}", "page.html": "a", "same.html": "same"]) == (1, 2, 0))
    #expect(try #require(try modified("page.html")) > #require(first))
    #expect(try modified("same.html") == same)
  }

  @Test func `a file may become a folder and a folder a file`() throws {
    _ = try publish(["build.json": "{}", "a": "file", "b/c": "deep"])
    _ = try publish(["build.json": "{}", "a/x": "deep", "b": "file"])
    _ = try publish(["build.json": "{}", "a": "file", "b/c": "deep"])
    _ = try publish(["build.json": "{}", "a/x": "deep", "b": "file"])
    #expect(try folder.contents(of: "output").keys.sorted() == ["a/x", "b", "build.json"])
  }

  @Test func `other names of a published file keep their content`() throws {
    _ = try publish(["build.json": "{}", "page.html": "1"])
    try FileManager.default.linkItem(atPath: output + "/page.html", toPath: folder.path("backup.html"))
    for version in 2...4 { _ = try publish(["build.json": "{}", "page.html": "\(version)"]) }
    #expect(String(decoding: try folder.read("backup.html"), as: UTF8.self) == "1")
  }

  @Test func `a note and hidden entries stay`() throws {
    try folder.write("note", to: "output/README.md")
    try folder.write("ref: main", to: "output/.git/HEAD")
    _ = try publish(["build.json": "{}"])
    _ = try publish(["build.json": "{2}"])
    #expect(try text("README.md") == "note")
    #expect(try text(".git/HEAD") == "ref: main")
  }

  @Test func `a folder with other things in it is refused`() throws {
    try folder.write("thesis", to: "output/thesis.txt")
    #expect(throws: PipelineError.foreignOutput(path: output)) {
      try Publication(output: output, state: folder.path("state"))
    }
    #expect(try text("thesis.txt") == "thesis")
  }

  @Test func `several threads may write`() throws {
    let publication = try Publication(output: output, state: folder.path("state"))
    DispatchQueue.concurrentPerform(iterations: 200) { index in
      _ = try? publication.write(Array("\(index)".utf8), to: "pages/\(index % 7)/\(index).html")
    }
    #expect(publication.total.files == 200)
    _ = try publication.publish()
    #expect(try folder.contents(of: "output").count == 200)
  }
}
