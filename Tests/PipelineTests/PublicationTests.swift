import Foundation
import Pipeline
import TestSupport
import Testing

@Suite struct `Publishing a site` {
  private let folder: TemporaryFolder
  private var output: String { folder.path("output") }

  init() throws { folder = try TemporaryFolder() }

  private func publish(_ files: [String: String]) throws -> (written: Int, kept: Int, removed: Int) {
    let publication = try Publication(output: output)
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

  @Test func `until it is published, and after it is abandoned, the old site is there`() throws {
    _ = try publish(["build.json": "{}", "page.html": "old"])
    let publication = try Publication(output: output)
    try publication.write(Array("new".utf8), to: "page.html")
    #expect(try text("page.html") == "old")
    publication.abandon()
    #expect(try text("page.html") == "old")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["output"])
  }

  @Test func `what a killed build left behind is cleared`() throws {
    _ = try publish(["build.json": "{}", "page.html": "old"])
    let killed = try Publication(output: output)
    try killed.write(Array("half".utf8), to: "half.html")
    let changes = try publish(["build.json": "{}", "page.html": "new"])
    #expect(changes == (1, 1, 0))
    #expect(try folder.contents(of: "output").keys.sorted() == ["build.json", "page.html"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["output"])
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
    #expect(throws: PipelineError.foreignOutput(path: output)) { try Publication(output: output) }
    #expect(try text("thesis.txt") == "thesis")
  }

  @Test func `several threads may write`() throws {
    let publication = try Publication(output: output)
    DispatchQueue.concurrentPerform(iterations: 200) { index in
      try? publication.write(Array("\(index)".utf8), to: "pages/\(index % 7)/\(index).html")
    }
    #expect(publication.total.files == 200)
    _ = try publication.publish()
    #expect(try folder.contents(of: "output").count == 200)
  }
}
