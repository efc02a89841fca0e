import Foundation
import Platform
import TestSupport
import Testing

@Suite struct `The stamp of a file` {
  @Test func `is of the same version until the content changes or another file takes its place`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("one", to: "a")
    let stamp = try #require(FileStamp(path: path))
    #expect(FileStamp(path: path).map { $0.isSameVersion(as: stamp) } == true)
    // Another name is another change of the file, and none of its content.
    #expect(RawFile.link(path, to: folder.path("b")))
    let linked = try #require(FileStamp(path: path))
    #expect(linked.isSameVersion(as: stamp))
    try RawFile.replace(Array("two".utf8), at: path)
    #expect(FileStamp(path: path).map { $0.isSameVersion(as: stamp) } == false)
    #expect(FileStamp(path: folder.path("b")).map { $0.isSameVersion(as: stamp) } == true)
    #expect(FileStamp(path: folder.path("none")) == nil)
  }

  @Test func `a stamp holds for the file itself, not for one behind a link`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("one", to: "a")
    let stamp = try #require(FileStamp(linkAt: path))
    #expect(stamp.isSameVersion(at: path))
    let link = folder.path("link")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
    #expect(FileStamp(path: link) == stamp && FileStamp(linkAt: link) != stamp && !stamp.isSameVersion(at: link))
    #expect(!stamp.isSameVersion(at: folder.path("none")))
    try RawFile.replace(Array("two".utf8), at: path)
    #expect(!stamp.isSameVersion(at: path))
  }

  @Test func `the beginning of a file is compared as far as it goes`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("heading\nrest", to: "a")
    #expect(RawFile.begins(with: Array("heading\n".utf8), at: path) && RawFile.begins(with: [], at: path))
    for other in ["headings", "heading\nrest and more", "x"] {
      #expect(!RawFile.begins(with: Array(other.utf8), at: path), "\(other)")
    }
    #expect(!RawFile.begins(with: Array("heading".utf8), at: folder.path("none")))
  }
}
