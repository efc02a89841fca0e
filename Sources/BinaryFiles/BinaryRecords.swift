/// Records of different sizes with the place of each, so that single ones can be read.
public struct BinaryRecords: Sendable {
  private let places: StoredArray<Int>
  private let records: BinaryReader

  public init(from reader: inout BinaryReader) throws(BinaryFileError) {
    places = try reader.readStored()
    guard places.count > 0 else { throw .damaged }
    records = try reader.part(start: 0, length: places[places.count - 1])
    try reader.skip(places[places.count - 1])
  }

  public var count: Int { places.count - 1 }

  /// Reads one record.
  ///
  /// - Parameter index: in 0..<`count`.
  public func reader(of index: Int) throws(BinaryFileError) -> BinaryReader {
    let (start, end) = (places[index], places[index + 1])
    guard start <= end else { throw .damaged }
    return try records.part(start: start, length: end - start)
  }

  /// All records.
  public func map<Record>(_ body: (inout BinaryReader) throws(BinaryFileError) -> Record) throws(BinaryFileError)
    -> [Record]
  {
    var result: [Record] = []
    result.reserveCapacity(count)
    for index in 0..<count {
      var reader = try reader(of: index)
      result.append(try body(&reader))
    }
    return result
  }
}

extension BinaryWriter {
  /// Records as `BinaryRecords` reads them.
  public mutating func writeRecords<Record>(_ records: [Record], _ body: (inout BinaryWriter, Record) -> Void) {
    var content = BinaryWriter()
    var places = [0]
    for record in records {
      body(&content, record)
      places.append(content.byteCount)
    }
    write(places)
    append(content)
  }
}
