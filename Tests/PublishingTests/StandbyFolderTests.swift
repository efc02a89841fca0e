import Foundation
import Publishing
import TestSupport
import Testing

@Suite struct `The folder that the next site is made in` {
  private let folder: TemporaryFolder
  private var next: String { folder.path(".output.next") }

  init() throws { folder = try TemporaryFolder() }

  private func publish(_ version: Int) throws -> (written: Int, kept: Int, removed: Int) {
    let publication = try Publication(output: folder.path("output"), state: folder.path("state"))
    for (path, text) in site(version) {
      try publication.write(Array(text.utf8), to: path, madeFrom: UInt64(text.utf8.count))
    }
    return try publication.publish()
  }

  private func site(_ version: Int) -> [String: String] {
    [
      "build.json": "\(version)", "same.html": "same", "movies/1/index.html": "first",
      "movies/2/index.html": "second one",
    ]
  }

  enum Tampering: CaseIterable {
    case writtenInto, replaced, removed, exchanged, linkedElsewhere, renamedFolder
  }

  /// A file of it is mostly the one of the present site by another name, and is not looked at twice: what somebody did to it shows in the
  /// folder around it, or in the site's own file.
  @Test(arguments: Tampering.allCases)
  func `the site is right whatever somebody did there`(tampering: Tampering) throws {
    for version in 1...3 { _ = try publish(version) }
    let file = next + "/movies/1/index.html"
    switch tampering {
    case .writtenInto:
      let handle = try #require(FileHandle(forWritingAtPath: file))
      try handle.write(contentsOf: Data("FIRST".utf8))
      try handle.close()
    case .replaced: try Data("other".utf8).write(to: URL(filePath: file), options: .atomic)
    case .removed: try FileManager.default.removeItem(atPath: file)
    case .exchanged:
      let (other, aside) = (next + "/movies/2/index.html", folder.path("aside"))
      try FileManager.default.moveItem(atPath: file, toPath: aside)
      try FileManager.default.moveItem(atPath: other, toPath: file)
      try FileManager.default.moveItem(atPath: aside, toPath: other)
    case .linkedElsewhere:
      try FileManager.default.removeItem(atPath: file)
      try FileManager.default.createSymbolicLink(atPath: file, withDestinationPath: "/etc/hostname")
    case .renamedFolder: try FileManager.default.moveItem(atPath: next + "/movies", toPath: next + "/films")
    }
    for version in 4...6 {
      _ = try publish(version)
      var found = try folder.contents(of: "output").mapValues { String(decoding: $0, as: UTF8.self) }
      found[SiteManifest.name] = nil
      // What is somebody's own in the old site is carried over; a folder renamed there is no exception.
      if tampering == .renamedFolder { found = found.filter { !$0.key.hasPrefix("films/") } }
      #expect(found == site(version))
    }
  }

  @Test func `the list of files stays where the same files are there`() throws {
    _ = try publish(1)
    #expect(try publish(2) == (1, 4, 0))
    let publication = try Publication(output: folder.path("output"), state: folder.path("state"))
    for (path, text) in site(2) where path != "same.html" { try publication.write(Array(text.utf8), to: path) }
    try publication.write(Array("new".utf8), to: "new.html")
    #expect(try publication.publish() == (2, 3, 1))
    #expect(SiteManifest(folder: folder.path("output"))?.paths.contains("new.html") == true)
    #expect(SiteManifest(folder: folder.path("output"))?.contains("same.html") == false)
  }

  @Test func `the list is another where the owner's files are others`() throws {
    for own in [[], ["same.html"], []] as [Set<String>] {
      let publication = try Publication(output: folder.path("output"), state: folder.path("state"))
      for (path, text) in site(1) { try publication.write(Array(text.utf8), to: path) }
      try publication.complete(own: own)
      _ = try publication.publish()
      #expect(SiteManifest(folder: folder.path("output"))?.own == own)
    }
  }
}
