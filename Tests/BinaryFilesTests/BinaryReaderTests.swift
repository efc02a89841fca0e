import BinaryFiles
import Testing

@Suite struct BinaryReaderTests {
  @Test func `all kinds of values are read back in order`() throws {
    var writer = BinaryWriter()
    writer.write(UInt8.max)
    writer.write(Int64.min)
    writer.write(-0.0 as Float)
    writer.write(Double.pi)
    writer.write(true)
    writer.write("")
    writer.write("日本 🎬")
    writer.write([] as [Float])
    writer.write([1, -2, 3] as [Int32])
    writer.write(["a", "", "ö"])
    var reader = BinaryReader(writer.bytes)
    #expect(try reader.read(UInt8.self) == .max)
    #expect(try reader.read(Int64.self) == .min)
    #expect(try reader.read(Float.self).sign == .minus)
    #expect(try reader.read(Double.self) == .pi)
    #expect(try reader.read(Bool.self))
    #expect(try reader.read(String.self) == "")
    #expect(try reader.read(String.self) == "日本 🎬")
    #expect(try reader.read([Float].self) == [])
    #expect(try reader.read([Int32].self) == [1, -2, 3])
    #expect(try reader.read([String].self) == ["a", "", "ö"])
    #expect(reader.remaining == 0)
    #expect(throws: BinaryFileError.damaged) { try reader.read(UInt8.self) }
  }

  @Test(arguments: [1, 1 << 20, UInt64(Int64.max), .max])
  func `a count that the file has no room for is damage`(count: UInt64) {
    var writer = BinaryWriter()
    writer.write(count)
    #expect(throws: BinaryFileError.damaged) {
      var reader = BinaryReader(writer.bytes)
      _ = try reader.read([Float].self)
    }
    #expect(throws: BinaryFileError.damaged) {
      var reader = BinaryReader(writer.bytes)
      _ = try reader.read(String.self)
    }
    #expect(throws: BinaryFileError.damaged) {
      var reader = BinaryReader(writer.bytes)
      _ = try reader.read([String].self)
    }
  }
}
