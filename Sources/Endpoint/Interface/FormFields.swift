import HTTPTypes

/// Fields of a form or a query (`application/x-www-form-urlencoded`), in their order.
struct FormFields: Sendable {
  private let fields: [(name: String, value: String)]

  /// - Throws: `Problem` for broken escapes and invalid UTF-8.
  init(_ text: some StringProtocol) throws { try self.init(Array(text.utf8)) }

  init(_ bytes: [UInt8]) throws {
    fields = try bytes.split(separator: UInt8(ascii: "&")).prefix(10_000).map { pair in
      let end = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
      guard let name = Self.decoded(pair[..<end]), let value = Self.decoded(pair[end...].dropFirst()) else {
        throw Problem(.badRequest, "the fields are not URL-encoded UTF-8; encode them with percent signs")
      }
      return (name, value)
    }
  }

  subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

  /// An integer from a range; nil if the field is missing.
  func number(_ name: String, in range: ClosedRange<Int>) throws -> Int? {
    guard let text = self[name] else { return nil }
    guard text.utf8.count <= 10, let number = Int(text), range.contains(number) else {
      throw Problem(
        .unprocessableContent, "“\(name)” takes a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  private static func decoded(_ bytes: ArraySlice<UInt8>) -> String? {
    var result: [UInt8] = []
    var iterator = bytes.makeIterator()
    while let byte = iterator.next() {
      switch byte {
      case UInt8(ascii: "+"): result.append(0x20)
      case UInt8(ascii: "%"):
        guard let high = iterator.next().flatMap(digit), let low = iterator.next().flatMap(digit) else { return nil }
        result.append(high << 4 | low)
      default: result.append(byte)
      }
    }
    return String(validating: result, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    Character(UnicodeScalar(byte)).hexDigitValue.map { UInt8($0) }
  }

  /// A value encoded for a URL.
  static func encoded(_ text: String) -> String {
    text.utf8.map { byte in
      let character = Character(UnicodeScalar(byte))
      let isPlain = byte < 0x80 && (character.isLetter || character.isNumber || "-._~/".contains(character))
      return isPlain ? String(character) : "%" + [byte].hexadecimalDigits
    }.joined()
  }
}

extension [UInt8] {
  fileprivate var hexadecimalDigits: String {
    let digits = Array("0123456789ABCDEF".utf8)
    return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
