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
}
