import BinaryFiles
import TestSupport
import Testing

@Suite struct `Sections of a binary file` {
  private static let kind = "a kind of odd length"

  /// Texts, numbers where they lie, and records of different lengths.
  private static func written(to path: String) throws {
    var words = BinaryWriter()
    words.write("first")
    var numbers = BinaryWriter()
    numbers.write(7 as UInt8)
    numbers.writeAligned([Int](0..<20_000))
    var records = BinaryWriter()
    records.writeRecords(["a", "", "ccc"]) { $0.write($1) }
    records.write(3 as UInt32)
    var writer = BinaryWriter(kind: kind)
    writer.write(sections: [("words", words), ("empty", BinaryWriter()), ("numbers", numbers), ("records", records)])
    try BinaryFile.write(writer, kind: kind, version: 1, dataset: 2, to: path)
  }

  @Test(arguments: [false, true]) func `are read one by one, in any order`(isMapped: Bool) throws {
    let folder = try TemporaryFolder()
    try Self.written(to: folder.path("file"))
    let sections = try BinarySections(
      BinaryFile.read(kind: Self.kind, version: 1, from: folder.path("file"), isMapped: isMapped))
    var reader = try sections.reader(of: "numbers")
    #expect(try reader.read(UInt8.self) == 7)
    let numbers = try reader.readAligned(Int.self)
    #expect(numbers[19_999] == 19_999 && reader.remaining == 0)
    reader = try sections.reader(of: "records")
    let records = try BinaryRecords(from: &reader)
    #expect(try reader.read(UInt32.self) == 3)
    #expect(try records.map { reader throws(BinaryFileError) in try reader.read(String.self) } == ["a", "", "ccc"])
    var record = try records.reader(of: 2)
    #expect(try record.read(String.self) == "ccc" && record.remaining == 0)
    reader = try sections.reader(of: "words")
    #expect(try reader.read(String.self) == "first")
    #expect(throws: BinaryFileError.damaged) { try reader.read(UInt8.self) }
    #expect(try sections.reader(of: "empty").remaining == 0)
    #expect(throws: BinaryFileError.damaged) { try sections.reader(of: "another") }
  }

  @Test func `that are damaged are an error, never a trap`() throws {
    let folder = try TemporaryFolder()
    try Self.written(to: folder.path("file"))
    let bytes = try folder.read("file")
    for place in bytes.indices.prefix(400) {
      for byte in [0, 0x7f, 0x80, 0xff] as [UInt8] {
        var damaged = bytes
        damaged[place] = byte
        try folder.write(damaged, to: "damaged")
        do throws(BinaryFileError) {
          let sections = try BinarySections(
            BinaryFile.map(kind: Self.kind, version: 1, from: folder.path("damaged")))
          var reader = try sections.reader(of: "records")
          _ = try BinaryRecords(from: &reader).map { reader throws(BinaryFileError) in try reader.read(String.self) }
          reader = try sections.reader(of: "numbers")
          _ = try reader.readStored(UInt8.self)
        } catch {
          continue
        }
      }
    }
  }
}
