import Foundation
import Publishing
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

  /// The paths under the output folder but the list of Marquee's files.
  private var paths: [String] {
    get throws { try folder.contents(of: "output").keys.filter { $0 != SiteManifest.name }.sorted() }
  }

  private func publishTelling(_ files: [String: String]) throws -> Publication.Findings {
    let publication = try Publication(output: output, state: folder.path("state"))
    for (path, text) in files { try publication.write(Array(text.utf8), to: path) }
    return try publication.publishTelling().findings
  }

  private func text(_ path: String) throws -> String {
    String(decoding: try folder.read("output/" + path), as: UTF8.self)
  }

  @Test func `the first site makes its folder`() throws {
    let changes = try publish(["build.json": "{}", "a/b/c.html": "deep"])
    // With the list of its files.
    #expect(changes == (3, 0, 0))
    #expect(try text("a/b/c.html") == "deep")
  }

  @Test func `the next one replaces, keeps and removes, and counts each`() throws {
    _ = try publish(["build.json": "{}", "same.html": "same", "changed.html": "old", "gone.html": "gone"])
    let changes = try publish(["build.json": "{}", "same.html": "same", "changed.html": "new", "fresh.html": "fresh"])
    #expect(changes == (3, 2, 1))
    #expect(try paths == ["build.json", "changed.html", "fresh.html", "same.html"])
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
    #expect(try next.publish() == (0, 4, 0))
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
    #expect(changes == (1, 2, 0))
    #expect(try paths == ["build.json", "page.html"])
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
    #expect(throws: PublishingError.outputInUse(path: output)) {
      try Publication(output: output, state: folder.path("other"))
    }
    first.abandon()
  }

  @Test func `it is known whether the site is as it was left`() throws {
    _ = try publish(["build.json": "{}", "a/page.html": "old"])
    let count = { try Publication(output: output, state: folder.path("state")).currentFileCount() }
    #expect(try count() == 3)
    try folder.write("mine", to: "output/a/foreign.html")
    #expect(try count() == 3)
    try FileManager.default.removeItem(atPath: output + "/a/foreign.html")
    #expect(try count() == 3)
    try folder.write("odd", to: "output/a/page.html")
    #expect(try count() == nil)
    _ = try publish(["build.json": "{}", "a/page.html": "old"])
    #expect(try count() == 3)
    #expect(try text("a/page.html") == "old")
    try FileManager.default.removeItem(atPath: output + "/a")
    #expect(try count() == nil)
  }

  @Test func `what somebody else put into the folder stays and is told, whatever changes around it`() throws {
    let own = ["a/foreign.html", "downloads/b/c.pdf", "favicon.ico", ".well-known/x", "a/deep/er/y"]
    _ = try publish(["build.json": "{}", "a/page.html": "1", "a/deep/er/page.html": "1"])
    for path in own { try folder.write("mine", to: "output/" + path) }
    let told = [".well-known", "a/deep/er/y", "a/foreign.html", "downloads", "favicon.ico"]
    for version in 2...5 {
      // The folders of two of them go and come back.
      let deep = version % 2 == 0 ? [:] : ["a/deep/er/page.html": "\(version)"]
      let findings = try publishTelling(["build.json": "{}", "a/page.html": "\(version)"].merging(deep) { $1 })
      if version == 2 { #expect(findings.foreign.sorted() == told) }
      for path in own { #expect(try text(path) == "mine", "\(path) after \(version)") }
      #expect(try paths == (own + ["a/page.html", "build.json"] + deep.keys).sorted())
    }
    try FileManager.default.removeItem(atPath: output + "/downloads")
    #expect(!(try publishTelling(["build.json": "{}", "a/page.html": "6"]).foreign.contains("downloads")))
    #expect(!FileManager.default.fileExists(atPath: output + "/downloads"))
  }

  @Test func `somebody's files are known without what builds remember`() throws {
    _ = try publish(["build.json": "{}", "a/page.html": "1"])
    try folder.write("mine", to: "output/a/foreign.html")
    try FileManager.default.removeItem(atPath: folder.path("state"))
    #expect(try publishTelling(["build.json": "{}", "b/page.html": "2"]).foreign == ["a/foreign.html"])
    #expect(try paths == ["a/foreign.html", "b/page.html", "build.json"])
  }

  @Test func `a killed build loses nobody's files, whenever it dies`() throws {
    _ = try publish(["build.json": "{}", "page.html": "old"])
    try folder.write("mine", to: "output/mine/file.txt")
    _ = try publish(["build.json": "{}", "page.html": "newer"])
    // Killed between the exchange and the carrying over: somebody's file lies in the old site.
    try FileManager.default.moveItem(atPath: output + "/mine", toPath: folder.path(".output.next/mine"))
    _ = try publish(["build.json": "{}", "page.html": "newest"])
    #expect(try paths == ["build.json", "mine/file.txt", "page.html"])
    try half()
    _ = try publish(["build.json": "{}", "page.html": "last"])
    #expect(try paths == ["build.json", "mine/file.txt", "page.html"])
  }

  @Test func `somebody's file where the site gets one is named and nothing is changed`() throws {
    _ = try publish(["build.json": "{}"])
    try folder.write("mine", to: "output/robots.txt")
    #expect(throws: PublishingError.foreignFileInTheWay(path: output + "/robots.txt")) {
      try publish(["build.json": "{2}", "robots.txt": "site's"])
    }
    #expect(try text("robots.txt") == "mine")
    #expect(try text("build.json") == "{}")
    try folder.write("mine", to: "output/a/b")
    #expect(throws: PublishingError.foreignFileInTheWay(path: output + "/a")) {
      try publish(["build.json": "{2}", "a": "a file"])
    }
    #expect(try text("a/b") == "mine")
    // With the same bytes nothing is lost.
    _ = try publish(["build.json": "{2}", "robots.txt": "mine"])
    #expect(try text("build.json") == "{2}")
  }

  @Test func `a file that was changed by hand is named, and kept aside`() throws {
    _ = try publish(["build.json": "{}", "robots.txt": "site's", "users/1/index.html": "a"])
    try folder.write("by hand", to: "output/robots.txt")
    try folder.write("by the server", to: "output/users/1/index.html")
    let findings = try publishTelling(["build.json": "{}", "robots.txt": "site's", "users/1/index.html": "b"])
    #expect(findings.replaced == ["robots.txt"])
    #expect(try text("robots.txt") == "site's")
    #expect(try folder.read("replaced/robots.txt") == Array("by hand".utf8))
  }

  @Test func `a link in the place of a folder is somebody's, and nothing behind it is touched`() throws {
    _ = try publish(["build.json": "{}", "a/page.html": "1"])
    try folder.write("precious", to: "precious/letter.txt")
    try FileManager.default.removeItem(atPath: output + "/a")
    try FileManager.default.createSymbolicLink(atPath: output + "/a", withDestinationPath: folder.path("precious"))
    #expect(throws: PublishingError.foreignFileInTheWay(path: output + "/a")) {
      try publish(["build.json": "{2}", "a/page.html": "2"])
    }
    _ = try publish(["build.json": "{3}"])
    _ = try publish(["build.json": "{4}"])
    #expect(try folder.contents(of: "precious").keys.sorted() == ["letter.txt"])
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: output + "/a") == folder.path("precious"))
  }

  @Test func `an output folder that is a link stays one`() throws {
    try FileManager.default.createDirectory(atPath: folder.path("disk"), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(atPath: output, withDestinationPath: folder.path("disk"))
    for version in 1...3 { _ = try publish(["build.json": "{\(version)}"]) }
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: output) == folder.path("disk"))
    #expect(try folder.read("disk/build.json") == Array("{3}".utf8))
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
    #expect(try publish(["build.json": "{}", "page.html": "a", "same.html": "same"]) == (1, 3, 0))
    #expect(try #require(try modified("page.html")) > #require(first))
    #expect(try modified("same.html") == same)
  }

  @Test func `a file may become a folder and a folder a file`() throws {
    _ = try publish(["build.json": "{}", "a": "file", "b/c": "deep"])
    _ = try publish(["build.json": "{}", "a/x": "deep", "b": "file"])
    _ = try publish(["build.json": "{}", "a": "file", "b/c": "deep"])
    _ = try publish(["build.json": "{}", "a/x": "deep", "b": "file"])
    #expect(try paths == ["a/x", "b", "build.json"])
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

  @Test(arguments: ["thesis.txt", "build.json", ".output.next/letter.txt"])
  func `a folder with other things in it is refused, and nothing is left behind`(name: String) throws {
    let place = name.contains("/") ? name : "output/" + name
    try folder.write("thesis", to: place)
    #expect(throws: PublishingError.self) { try Publication(output: output, state: folder.path("state")) }
    #expect(try folder.contents(of: ".").keys.sorted() == [place])
  }

  @Test func `a file is no folder for a site, nor is anything below it`() throws {
    try folder.write("thesis", to: "thesis.txt")
    for place in ["thesis.txt", "thesis.txt/out", "thesis.txt/a/b"] {
      #expect(
        throws: PublishingError.notFolder(path: folder.path(place), obstacle: folder.path("thesis.txt"))
      ) { try Publication(output: folder.path(place), state: folder.path("state")) }
    }
    #expect(try folder.contents(of: ".").keys.sorted() == ["thesis.txt"])
    try FileManager.default.createSymbolicLink(atPath: folder.path("circle"), withDestinationPath: "circle")
    #expect(throws: PublishingError.self) {
      try Publication(output: folder.path("circle/out"), state: folder.path("state"))
    }
  }

  @Test func `files are replaced one by one where the folder must stay`() throws {
    // A folder that holds what is mounted cannot be exchanged; here its turn is given away by hand.
    let publish = { (files: [String: String]) in
      let publication = try Publication(output: output, state: folder.path("state"), staysInPlace: true)
      for (path, text) in files { try publication.write(Array(text.utf8), to: path) }
      return try publication.publishTelling()
    }
    try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true)
    let inode = try FileManager.default.attributesOfItem(atPath: output)[.systemFileNumber] as? Int
    _ = try publish(["build.json": "{}", "a": "file", "b/c": "deep", "same": "same"])
    try folder.write("mine", to: "output/b/mine.txt")
    let (changes, findings) = try publish(["build.json": "{2}", "a/x": "deep", "same": "same"])
    #expect(changes == (3, 1, 1))
    #expect(findings.foreign == ["b/mine.txt"])
    #expect(try paths == ["a/x", "b/mine.txt", "build.json", "same"])
    #expect(try text("build.json") == "{2}")
    #expect(try FileManager.default.attributesOfItem(atPath: output)[.systemFileNumber] as? Int == inode)
    let third = try publish(["build.json": "{2}", "a/x": "deep", "same": "same"])
    #expect(third.changes == (0, 4, 0))
  }

  @Test func `several threads may write`() throws {
    let publication = try Publication(output: output, state: folder.path("state"))
    DispatchQueue.concurrentPerform(iterations: 200) { index in
      _ = try? publication.write(Array("\(index)".utf8), to: "pages/\(index % 7)/\(index).html")
    }
    #expect(publication.total.files == 200)
    _ = try publication.publish()
    #expect(try paths.count == 200)
  }
}
