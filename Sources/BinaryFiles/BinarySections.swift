/// The sections of a payload: a table of contents and then each section, so that any of them can be read without the others.
///
///     count | name, place and length of each | sections
///
/// Places are counted from the beginning of the payload.
public struct BinarySections: Sendable {
  private let payload: BinaryReader
  private var places: [String: (start: Int, length: Int)] = [:]

  /// Reads the table of contents.
  public init(_ payload: BinaryReader) throws(BinaryFileError) {
    self.payload = payload
    var reader = payload
    let count = try reader.read(UInt64.self)
    guard count <= UInt64(reader.remaining) else { throw .damaged }
    for _ in 0..<count {
      let name = try reader.read(String.self)
      let (start, length) = (try reader.read(UInt64.self), try reader.read(UInt64.self))
      guard start <= UInt64(payload.remaining), length <= UInt64(payload.remaining) - start else { throw .damaged }
      places[name] = (Int(start), Int(length))
    }
  }

  /// Reads a section, which ends where the reader ends.
  public func reader(of name: String) throws(BinaryFileError) -> BinaryReader {
    guard let (start, length) = places[name] else { throw .damaged }
    return try payload.part(start: start, length: length)
  }
}

extension BinaryWriter {
  /// Sections as `BinarySections` reads them, in this order.
  public mutating func write(sections: [(name: String, content: BinaryWriter)]) {
    // The size of the table does not depend on the places in it.
    let tableSize = 8 + sections.reduce(0) { $0 + 8 + $1.name.utf8.count + 16 }
    var end = byteCount + tableSize
    write(UInt64(sections.count))
    for (name, content) in sections {
      end = aligned(end)
      write(name)
      write(UInt64(end))
      write(UInt64(content.byteCount))
      end += content.byteCount
    }
    for (_, content) in sections {
      alignToNext()
      append(content)
    }
  }
}
