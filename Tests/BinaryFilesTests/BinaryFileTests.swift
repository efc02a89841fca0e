import BinaryFiles
import TestSupport
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

@Suite struct BinaryFileTests {
  private static func payload() -> BinaryWriter {
    var writer = BinaryWriter()
    writer.write(42 as Int32)
    writer.write("Amélie")
    writer.write([1.5, -0.25] as [Float])
    return writer
  }

  private static func write(to path: String) throws {
    try BinaryFile.write(payload(), kind: "test", version: 3, dataset: 99, to: path)
  }

  private static func read(_ path: String) throws(BinaryFileError) -> BinaryReader {
    try BinaryFile.read(kind: "test", version: 3, dataset: 99, from: path)
  }

  @Test func `a written file is read back`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("a.bin")
    try Self.write(to: path)
    var reader = try Self.read(path)
    #expect(try reader.read(Int32.self) == 42)
    #expect(try reader.read(String.self) == "Amélie")
    #expect(try reader.read([Float].self) == [1.5, -0.25])
    #expect(reader.remaining == 0)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.bin"])
  }

  @Test(arguments: ["test", "test of a kind", "t"], [3, 40_000])
  func `an aligned array is used where it lies, mapped or not, and goes into another file as it is`(
    kind: String, count: Int
  ) throws {
    let folder = try TemporaryFolder()
    let numbers = (0..<count).map { Float($0) / 8 }
    func write(_ name: String, as kind: String, _ add: (inout BinaryWriter) -> Void) throws -> String {
      var writer = BinaryWriter(kind: kind)
      writer.write("one")
      add(&writer)
      writer.write(7 as UInt8)
      try BinaryFile.write(writer, kind: kind, version: 1, dataset: 2, to: folder.path(name))
      return folder.path(name)
    }
    func stored(_ path: String, as kind: String, isMapped: Bool) throws -> StoredArray<Float> {
      var reader = try BinaryFile.read(kind: kind, version: 1, from: path, isMapped: isMapped)
      #expect(try reader.read(String.self) == "one")
      let stored = try reader.readAligned(Float.self)
      #expect(try reader.read(UInt8.self) == 7)
      #expect(reader.remaining == 0)
      return stored
    }
    let path = try write("a.bin", as: kind) { $0.writeAligned(numbers) }
    for isMapped in [false, true] {
      let array = try stored(path, as: kind, isMapped: isMapped)
      #expect(array.withUnsafeBufferPointer { $0.elementsEqual(numbers) })
      #expect(array[count - 1] == numbers[count - 1])
      let again = try write("b.bin", as: "longer than before", { $0.writeAligned(array) })
      let other = try stored(again, as: "longer than before", isMapped: true)
      #expect(other.withUnsafeBufferPointer { $0.elementsEqual(numbers) })
    }
    // A payload that does not know where it will lie is read all the same.
    var writer = BinaryWriter()
    writer.writeAligned(numbers)
    try BinaryFile.write(writer, kind: kind, version: 1, dataset: 2, to: path)
    var reader = try BinaryFile.read(kind: kind, version: 1, from: path, isMapped: true)
    #expect(try reader.readAligned(Float.self).withUnsafeBufferPointer { $0.elementsEqual(numbers) })
  }

  @Test func `writing again replaces the file`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("a.bin")
    try folder.write("old", to: "a.bin")
    try Self.write(to: path)
    #expect(throws: Never.self) { try Self.read(path) }
  }

  @Test func `every truncation is refused`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("a.bin")
    try Self.write(to: path)
    let bytes = try Array(Data(contentsOf: URL(fileURLWithPath: path)))
    for count in 0..<bytes.count {
      try folder.write(bytes[..<count], to: "a.bin")
      #expect(throws: BinaryFileError.self, "cut to \(count) bytes") { try Self.read(path) }
    }
  }

  @Test func `every flipped bit is refused`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("a.bin")
    try Self.write(to: path)
    let bytes = try Array(Data(contentsOf: URL(fileURLWithPath: path)))
    for index in bytes.indices {
      for bit in 0..<8 {
        var damaged = bytes
        damaged[index] ^= 1 << bit
        try folder.write(damaged, to: "a.bin")
        #expect(throws: BinaryFileError.self, "bit \(bit) of byte \(index)") { try Self.read(path) }
      }
    }
  }

  @Test func `a file identifies itself`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("a.bin")
    try Self.write(to: path)
    #expect(throws: BinaryFileError.otherKind(path: path, found: "test", wanted: "model")) {
      try BinaryFile.read(kind: "model", version: 3, from: path)
    }
    #expect(throws: BinaryFileError.otherVersion(path: path, found: 3, wanted: 4)) {
      try BinaryFile.read(kind: "test", version: 4, from: path)
    }
    #expect(throws: BinaryFileError.otherDataset(path: path)) {
      try BinaryFile.read(kind: "test", version: 3, dataset: 98, from: path)
    }
    #expect(throws: Never.self) { try BinaryFile.read(kind: "test", version: 3, from: path) }
    #expect(throws: BinaryFileError.unreadable(path: folder.path("b.bin"))) {
      try BinaryFile.read(kind: "test", version: 3, from: folder.path("b.bin"))
    }
    try folder.write("some other file, long enough", to: "c.bin")
    #expect(throws: BinaryFileError.foreign(path: folder.path("c.bin"))) {
      try BinaryFile.read(kind: "test", version: 3, from: folder.path("c.bin"))
    }
  }

  @Test func `a place that cannot be written is an error and leaves nothing`() throws {
    let folder = try TemporaryFolder()
    #expect(throws: (any Error).self) { try Self.write(to: folder.path("no/such/folder/a.bin")) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }
}
