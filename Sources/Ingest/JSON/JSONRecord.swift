/// A JSON object as a line of a table: members of nested objects (`movie`, `ids`) count as its own.
struct JSONRecord {
  var keys: [String] = []
  var texts: [String] = []
  /// Whether it is a show, an episode, a season or a person.
  var isOther = false

  /// Nil if it is not an object.
  init?(_ value: JSONValue) {
    guard case .object = value else { return nil }
    add(value, isFilm: false)
  }

  private mutating func add(_ value: JSONValue, isFilm: Bool) {
    guard case .object(let members) = value else { return }
    let known = FormatKnowledge.known
    for (key, value) in members {
      switch value {
      case .text(let text): add(key, Text.decoded(Array(text.utf8)), isFilm: isFilm)
      case .word(let text): add(key, text, isFilm: isFilm)
      case .null: add(key, "", isFilm: isFilm)
      case .array(let values): add(key, Self.list(values), isFilm: isFilm)
      case .object: continue
      }
    }
    for case (let key, .object(let inner)) in members {
      let name = FormatKnowledge.normalized(key)
      if known.notFilmObjects.contains(name) { isOther = true }
      add(.object(inner), isFilm: isFilm || known.filmObjects.contains(name))
    }
  }

  private mutating func add(_ key: String, _ text: String, isFilm: Bool) {
    // The rating in a film object is the public's.
    if isFilm, Self.personal.contains(FormatKnowledge.normalized(key)) { return }
    if !keys.contains(key) {
      keys.append(key)
      texts.append(text)
    }
  }

  private static let personal = Set(
    ([.rating, .rating10, .rating100, .time, .user] as [Meaning]).flatMap(FormatKnowledge.aliases))

  private static func list(_ values: [JSONValue]) -> String {
    values.compactMap { if case .text(let text) = $0 { text } else { nil } }.joined(separator: ", ")
  }
}

/// The objects of a JSON text, in order.
enum JSONObjects {
  /// The ranges of the objects in a JSON array, and their first lines.
  static func elements(of bytes: [UInt8]) -> [(range: Range<Int>, line: Int)] {
    var result: [(Range<Int>, Int)] = []
    var depth = 0
    var line = 1
    var start = (index: 0, line: 1)
    var isText = false
    var isEscaped = false
    for (index, byte) in bytes.enumerated() {
      if byte == 0x0a { line += 1 }
      if isText {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isText = false
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isText = true
      case UInt8(ascii: "{"):
        if depth == 0 { start = (index, line) }
        depth += 1
      case UInt8(ascii: "}"):
        depth -= 1
        if depth == 0 { result.append((start.index..<index + 1, start.line)) }
        depth = max(0, depth)
      default: continue
      }
    }
    if depth > 0 { result.append((start.index..<bytes.count, start.line)) }
    return result
  }

  /// Whether the text begins as JSON does.
  static func begin(_ head: [UInt8]) -> Bool {
    var rest = head[...]
    if rest.starts(with: [0xef, 0xbb, 0xbf]) { rest = rest.dropFirst(3) }
    while let first = rest.first, Bytes.isSpace(first) || first == 0x0a { rest.removeFirst() }
    guard let first = rest.first else { return false }
    if first == UInt8(ascii: "{") { return true }
    guard first == UInt8(ascii: "[") else { return false }
    // "[a], [b]" is a table's first line; JSON continues with an object, or ends.
    rest.removeFirst()
    while let first = rest.first, Bytes.isSpace(first) || first == 0x0a { rest.removeFirst() }
    return rest.first == UInt8(ascii: "{") || rest.first == UInt8(ascii: "]")
  }

  /// How many objects are examined to find their keys.
  private static let mostObjects = 20

  /// The columns of the first object of a JSON text that has a rating, as far as its head shows it.
  static func header(_ head: [UInt8]) -> Header? {
    let objects = elements(of: head).prefix(mostObjects)
    // An object without a rating, or a damaged one, says nothing about the others.
    if objects.count > 1 {
      let headers = objects.lazy.compactMap { JSONValue(Array(head[$0.range])).flatMap(JSONRecord.init) }.map {
        Header($0.keys)
      }
      if let header = headers.first(where: { $0.rating != nil && $0.namesFilms }) { return header }
    }
    for (range, _) in objects.prefix(1) {
      let bytes = Array(head[range])
      if let value = JSONValue(bytes) {
        let object = FormatKnowledge.known.jsonLists.lazy.compactMap { key -> JSONValue? in
          guard case .array(let values)? = value[key] else { return nil }
          return values.first
        }.first
        return JSONRecord(object ?? value).map { Header($0.keys) }
      }
      // A list in an object that is longer than the head: its first object follows the first bracket.
      guard let bracket = bytes.firstIndex(of: UInt8(ascii: "[")) else { return nil }
      return header(Array(bytes[bracket...]))
    }
    return nil
  }
}
