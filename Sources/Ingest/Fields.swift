/// What stands between two fields of a line.
enum Separator: Equatable, Sendable {
  /// One byte; with `isQuoted`, fields may stand in quotation marks as in CSV (RFC 4180).
  case byte(UInt8, isQuoted: Bool)
  /// `::`
  case doubleColon

  static let comma = Separator.byte(0x2c, isQuoted: true)
  static let tab = Separator.byte(0x09, isQuoted: false)
  static let bar = Separator.byte(0x7c, isQuoted: false)

  /// The byte between quoted fields, if fields can be quoted.
  var quotingDelimiter: UInt8? {
    if case .byte(let byte, isQuoted: true) = self { byte } else { nil }
  }
}

/// Where the fields of a line stand, without white space and quotation marks around them. Meant to be used again for
/// line after line, so that it allocates once.
struct Fields {
  struct Field {
    var start: Int
    var end: Int
    /// Whether the field holds doubled quotation marks that stand for one.
    var hasDoubledQuotes = false

    var range: Range<Int> { start..<end }
  }

  private(set) var fields: [Field] = []

  var count: Int { fields.count }
  subscript(index: Int) -> Field { fields[index] }

  /// The fields of `line`; from field number `limit` on the rest is left out.
  mutating func split(_ line: Span<UInt8>, by separator: Separator, limit: Int = .max) {
    fields.removeAll(keepingCapacity: true)
    switch separator {
    case .byte(let byte, let isQuoted): splitByByte(line, byte, isQuoted: isQuoted, limit: limit)
    case .doubleColon: splitByDoubleColon(line, limit: limit)
    }
  }

  private mutating func splitByByte(_ line: Span<UInt8>, _ delimiter: UInt8, isQuoted: Bool, limit: Int) {
    var start = 0
    let end = line.count
    while fields.count < limit {
      if isQuoted, start < end, line[start] == 0x22, let (field, next) = quotedField(line, start, delimiter) {
        fields.append(field)
        if next >= end { return }
        start = next + 1
        continue
      }
      var index = start
      while index < end, line[index] != delimiter { index += 1 }
      append(line, start..<index)
      if index == end { return }
      start = index + 1
    }
  }

  /// The field whose opening quotation mark stands at `start`, and where the delimiter behind it stands; nil if
  /// something else follows the closing mark, which makes the marks part of the text.
  private func quotedField(_ line: Span<UInt8>, _ start: Int, _ delimiter: UInt8) -> (field: Field, next: Int)? {
    var field = Field(start: start + 1, end: start + 1)
    var index = start + 1
    while index < line.count {
      if line[index] == 0x22 {
        guard index + 1 < line.count, line[index + 1] == 0x22 else {
          field.end = index
          index += 1
          while index < line.count, line[index] != delimiter, Bytes.isSpace(line[index]) { index += 1 }
          return index == line.count || line[index] == delimiter ? (field, index) : nil
        }
        field.hasDoubledQuotes = true
        index += 1
      }
      index += 1
    }
    return nil
  }

  private mutating func splitByDoubleColon(_ line: Span<UInt8>, limit: Int) {
    var start = 0
    var index = 0
    while index + 1 < line.count, fields.count < limit {
      if line[index] == 0x3a, line[index + 1] == 0x3a {
        append(line, start..<index)
        index += 2
        start = index
      } else {
        index += 1
      }
    }
    if fields.count < limit { append(line, start..<line.count) }
  }

  mutating func append(_ field: Field) { fields.append(field) }

  private mutating func append(_ line: Span<UInt8>, _ range: Range<Int>) {
    let range = Bytes.trimmed(line, range)
    fields.append(Field(start: range.lowerBound, end: range.upperBound))
  }
}

extension Fields {
  /// The text of a field; nil beyond the last field.
  func text(_ index: Int?, of line: Span<UInt8>) -> String? {
    guard let index, index < count else { return nil }
    return Text.decoded(bytes(index, of: line))
  }

  /// The bytes of a field, doubled quotation marks undone.
  func bytes(_ index: Int, of line: Span<UInt8>) -> [UInt8] {
    let field = self[index]
    var result: [UInt8] = []
    result.reserveCapacity(field.range.count)
    var position = field.start
    while position < field.end {
      result.append(line[position])
      position += field.hasDoubledQuotes && line[position] == 0x22 ? 2 : 1
    }
    return result
  }

  /// The texts of all fields.
  func texts(of line: Span<UInt8>) -> [String] { (0..<count).map { Text.decoded(bytes($0, of: line)) } }
}
