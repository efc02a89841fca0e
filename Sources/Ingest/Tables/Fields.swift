/// The ranges of the fields of a line, without white space and quotation marks around them. Meant to be reused for
/// every line, so that it allocates once.
struct Fields {
  struct Field {
    var start: Int
    var end: Int
    /// The escape byte within the field: a quotation mark, a backslash; 0 if
    /// there is none.
    var escape: UInt8 = 0

    var range: Range<Int> { start..<end }
  }

  private(set) var fields: [Field] = []

  var count: Int { fields.count }
  subscript(index: Int) -> Field { fields[index] }

  /// The fields of `line`; fields from number `limit` on are ignored.
  mutating func split(_ line: Span<UInt8>, by separator: Separator, limit: Int = .max) {
    fields.removeAll(keepingCapacity: true)
    switch separator {
    case .byte(let byte, let quoting): splitByByte(line, byte, quoting, limit: limit)
    case .doubleColon: splitByDoubleColon(line, limit: limit)
    case .blanks: splitByBlanks(line, limit: limit)
    }
  }

  private mutating func splitByByte(_ line: Span<UInt8>, _ delimiter: UInt8, _ quoting: Separator.Quoting, limit: Int) {
    var start = 0
    let end = line.count
    while fields.count < limit {
      if quoting != .none {
        var first = start
        // A space before the quotation mark is not part of the field.
        while first < end, line[first] == 0x20 { first += 1 }
        if first < end, line[first] == 0x22, let (field, next) = quotedField(line, first, delimiter, quoting) {
          fields.append(field)
          if next >= end { return }
          start = next + 1
          continue
        }
      }
      var index = start
      while index < end, line[index] != delimiter { index += 1 }
      append(line, start..<index)
      if index == end { return }
      start = index + 1
    }
  }

  /// The field whose opening quotation mark is at `start`, and the position of the following delimiter; nil if
  /// something else follows the closing mark, which makes the marks part of the text.
  private func quotedField(
    _ line: Span<UInt8>, _ start: Int, _ delimiter: UInt8, _ quoting: Separator.Quoting
  ) -> (field: Field, next: Int)? {
    var field = Field(start: start + 1, end: start + 1)
    var index = start + 1
    while index < line.count {
      if quoting == .escaped, line[index] == 0x5c {
        field.escape = 0x5c
        index += 2
        continue
      }
      if line[index] == 0x22 {
        guard quoting != .escaped, index + 1 < line.count, line[index + 1] == 0x22 else {
          field.end = index
          if quoting == .loose, field.range.isEmpty { return nil }
          index += 1
          while index < line.count, line[index] != delimiter, Bytes.isSpace(line[index]) { index += 1 }
          return index == line.count || line[index] == delimiter ? (field, index) : nil
        }
        field.escape = 0x22
        index += 1
      }
      index += 1
    }
    return nil
  }

  private mutating func splitByBlanks(_ line: Span<UInt8>, limit: Int) {
    var index = 0
    while fields.count < limit {
      while index < line.count, Bytes.isSpace(line[index]) { index += 1 }
      if index == line.count { return }
      let start = index
      while index < line.count, !Bytes.isSpace(line[index]) { index += 1 }
      fields.append(Field(start: start, end: index))
    }
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

  /// The bytes of a field, with escaped quotation marks resolved.
  func bytes(_ index: Int, of line: Span<UInt8>) -> [UInt8] {
    let field = self[index]
    var result: [UInt8] = []
    result.reserveCapacity(field.range.count)
    var position = field.start
    while position < field.end {
      if field.escape != 0, line[position] == field.escape, position + 1 < field.end { position += 1 }
      result.append(line[position])
      position += 1
    }
    return result
  }

  /// The indices of the fields that span several lines.
  func multiline(_ line: Span<UInt8>) -> Set<Int> {
    Set((0..<count).filter { index in self[index].range.contains { line[$0] == 0x0a } })
  }

  /// The texts of all fields.
  func texts(of line: Span<UInt8>) -> [String] { (0..<count).map { Text.decoded(bytes($0, of: line)) } }
}
