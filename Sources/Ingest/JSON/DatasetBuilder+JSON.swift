extension DatasetBuilder {
  /// The largest list of entries that is read, in bytes: a hundred thousand films and more.
  private static let largestList = 1 << 26

  /// Reads JSON objects: one per line, or an array of them, at the top level or in an object.
  mutating func readJSON(_ file: OpenFile, person: PersonName?) throws {
    var json = JSONEntries(file: file, person: person)
    if Self.isLines(file) {
      var reader = LineReader(file.stream)
      try reader.forEachLine { line, number, flaw in
        if let flaw {
          addBad(flaw, &json, line: number)
        } else {
          add(JSONValue(line), &json, line: number)
        }
      }
      try endJSON(json, endsWithLineEnd: reader.endsWithLineEnd)
      return
    }
    let bytes = try file.stream.all(limit: Self.largestList, path: file.path)
    var isWhole = true
    let isObject = bytes.first { !Bytes.isSpace($0) && $0 != 0x0a } == UInt8(ascii: "{")
    if isObject, case .object(let members)? = JSONValue(bytes) {
      for case (let key, .array(let values)) in members {
        let isOfFilms = FormatKnowledge.known.jsonLists.contains(FormatKnowledge.normalized(key))
        for value in values { add(value, &json, line: 1, isOther: !isOfFilms) }
      }
    } else {
      for (range, line) in JSONObjects.elements(of: bytes) { add(JSONValue(Array(bytes[range])), &json, line: line) }
      isWhole = isObject || bytes.last { !Bytes.isSpace($0) && $0 != 0x0a } == UInt8(ascii: "]")
    }
    try endJSON(json, endsWithLineEnd: isWhole)
  }

  /// Whether each line is an object.
  private static func isLines(_ file: OpenFile) -> Bool {
    guard let first = file.firstLines.first?.bytes, first.first == UInt8(ascii: "{"), let value = JSONValue(first)
    else {
      return false
    }
    return !FormatKnowledge.known.jsonLists.contains { if case .array? = value[$0] { true } else { false } }
  }

  private mutating func add(_ value: JSONValue?, _ json: inout JSONEntries, line: Int, isOther: Bool = false) {
    guard var object = value.flatMap(JSONRecord.init) else {
      addBad(.notAnEntry, &json, line: line)
      return
    }
    object.isOther = object.isOther || isOther
    var reading = json.taken() ?? begin(&json, Header(object.keys))
    account.lines += 1
    do throws(LineFlaw) {
      let record = Record(header: json.header(object.keys), texts: object.texts)
      guard object.isOther || record.header.rating != nil || record.header.namesFilms else { throw .notAnEntry }
      try add(record, isOther: object.isOther, &reading)
    } catch {
      addBadRating(error, json.file, line: line)
    }
    json.reading = reading
  }

  private mutating func addBad(_ flaw: LineFlaw, _ json: inout JSONEntries, line: Int) {
    if json.reading == nil { json.reading = begin(&json, Header([])) }
    account.lines += 1
    addBadRating(flaw, json.file, line: line)
  }

  private mutating func begin(_ json: inout JSONEntries, _ header: Header) -> EntryReading {
    reading(of: json.file, header, person: json.person)
  }

  private mutating func endJSON(_ json: JSONEntries, endsWithLineEnd: Bool) throws {
    var json = json
    let reading = json.reading ?? begin(&json, Header([]))
    try end(reading, json.file, endsWithLineEnd: endsWithLineEnd)
  }
}

/// A file of JSON that is being read.
private struct JSONEntries {
  let file: OpenFile
  let person: PersonName?
  var reading: EntryReading?
  private var last: (keys: [String], header: Header)?

  init(file: OpenFile, person: PersonName?) { (self.file, self.person) = (file, person) }

  /// The builder so far, which has no other reference meanwhile: its columns grow in place.
  mutating func taken() -> EntryReading? {
    defer { reading = nil }
    return reading
  }

  /// The meaning of an object's keys, which are mostly those of the previous object.
  mutating func header(_ keys: [String]) -> Header {
    if let last, last.keys == keys { return last.header }
    let header = Header(keys)
    last = (keys, header)
    return header
  }
}
