import Foundation
import Platform
import TestSupport
import Testing

@Suite struct SystemCallsTests {
  @Test func `bytes written in one call and read in many are the same, and the end is not an error`() throws {
    let folder = try TemporaryFolder()
    let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let path = try folder.write("", to: "file")
    let file = try #require(FileHandle(forUpdatingAtPath: path))
    #expect(bytes.withUnsafeBytes { SystemCalls.write($0, to: file.fileDescriptor) })
    try file.seek(toOffset: 0)
    var found = [UInt8](repeating: 0, count: bytes.count + 10)
    #expect(found.withUnsafeMutableBytes { SystemCalls.fill($0, from: file.fileDescriptor) } == bytes.count)
    #expect(Array(found.prefix(bytes.count)) == bytes)
    #expect(found.withUnsafeMutableBytes { SystemCalls.read(file.fileDescriptor, into: $0) } == 0)
  }

  #if os(Linux)
    @Test func `A file that the system makes while it is read is read to its end`() throws {
      let lines = try #require(SystemFile.text("/proc/self/maps")).split(separator: "\n")
      // More than the one page that a read gives; the stack is among the last.
      #expect(lines.map(\.utf8.count).reduce(0, +) > 4096)
      #expect(lines.contains { $0.hasSuffix("[stack]") })
    }
  #endif

  @Test func `A file of the system that is missing has no contents`() throws {
    #expect(SystemFile.contents("/proc/none") == nil)
    let folder = try TemporaryFolder()
    #expect(SystemFile.contents(try folder.write("", to: "empty")) == [])
    withExtendedLifetime(folder) {}
  }

  @Test func `system errors are reported`() {
    var byte: UInt8 = 0
    #expect(withUnsafeMutableBytes(of: &byte) { SystemCalls.read(-1, into: $0) } == -1)
    #expect(withUnsafeMutableBytes(of: &byte) { SystemCalls.fill($0, from: -1) } == -1)
    #expect(!withUnsafeBytes(of: &byte) { SystemCalls.write($0, to: -1) })
  }
}
