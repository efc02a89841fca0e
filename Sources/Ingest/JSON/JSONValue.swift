/// A JSON value, with numbers as written.
enum JSONValue {
  case object([(key: String, value: JSONValue)])
  case array([JSONValue])
  case text(String)
  /// A number or a boolean.
  case word(String)
  case null

  /// The value of all of `bytes`; nil if they are not JSON.
  init?(_ bytes: Span<UInt8>) {
    var parser = JSONParser()
    guard let value = parser.value(bytes, depth: 0), parser.isAtEnd(bytes) else { return nil }
    self = value
  }

  init?(_ bytes: [UInt8]) { self.init(bytes.span) }

  /// The value under `key` of an object.
  subscript(_ key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }
}

/// Reads JSON (RFC 8259) from bytes; invalid JSON gives nil.
private struct JSONParser {
  private static let deepest = 64
  private var index = 0

  mutating func isAtEnd(_ bytes: Span<UInt8>) -> Bool {
    skipSpace(bytes)
    return index == bytes.count
  }

  mutating func value(_ bytes: Span<UInt8>, depth: Int) -> JSONValue? {
    skipSpace(bytes)
    guard index < bytes.count, depth < Self.deepest else { return nil }
    switch bytes[index] {
    case UInt8(ascii: "{"): return object(bytes, depth: depth)
    case UInt8(ascii: "["): return array(bytes, depth: depth)
    case UInt8(ascii: "\""): return string(bytes).map(JSONValue.text)
    default: return word(bytes)
    }
  }

  private mutating func skipSpace(_ bytes: Span<UInt8>) {
    while index < bytes.count, Bytes.isSpace(bytes[index]) || bytes[index] == 0x0a { index += 1 }
  }

  private mutating func skip(_ byte: UInt8, _ bytes: Span<UInt8>) -> Bool {
    skipSpace(bytes)
    guard index < bytes.count, bytes[index] == byte else { return false }
    index += 1
    return true
  }

  private mutating func object(_ bytes: Span<UInt8>, depth: Int) -> JSONValue? {
    index += 1
    var members: [(key: String, value: JSONValue)] = []
    if skip(UInt8(ascii: "}"), bytes) { return .object([]) }
    repeat {
      skipSpace(bytes)
      guard index < bytes.count, bytes[index] == UInt8(ascii: "\""), let key = string(bytes),
        skip(UInt8(ascii: ":"), bytes), let value = value(bytes, depth: depth + 1)
      else { return nil }
      members.append((key, value))
    } while skip(UInt8(ascii: ","), bytes)
    return skip(UInt8(ascii: "}"), bytes) ? .object(members) : nil
  }

  private mutating func array(_ bytes: Span<UInt8>, depth: Int) -> JSONValue? {
    index += 1
    var values: [JSONValue] = []
    if skip(UInt8(ascii: "]"), bytes) { return .array([]) }
    repeat {
      guard let value = value(bytes, depth: depth + 1) else { return nil }
      values.append(value)
    } while skip(UInt8(ascii: ","), bytes)
    return skip(UInt8(ascii: "]"), bytes) ? .array(values) : nil
  }

  private mutating func word(_ bytes: Span<UInt8>) -> JSONValue? {
    var word: [UInt8] = []
    while index < bytes.count {
      let byte = bytes[index]
      guard Bytes.isDigit(byte) || 0x61...0x7a ~= byte || 0x41...0x5a ~= byte || "+-.".utf8.contains(byte) else {
        break
      }
      word.append(byte)
      index += 1
    }
    // pandas writes NaN, which is not valid JSON.
    let text = String(decoding: word, as: UTF8.self)
    if text == "null" || text == "NaN" { return .null }
    let isNumber = word.first.map { Bytes.isDigit($0) || $0 == 0x2d } ?? false
    return isNumber || text == "true" || text == "false" ? .word(text) : nil
  }

  private mutating func string(_ bytes: Span<UInt8>) -> String? {
    index += 1
    var text: [UInt8] = []
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"):
        guard index < bytes.count else { return nil }
        let escaped = bytes[index]
        index += 1
        if escaped == UInt8(ascii: "u") {
          guard let scalar = scalar(bytes) else { return nil }
          text += String(Character(scalar)).utf8
        } else {
          guard let plain = Self.escapes[escaped] else { return nil }
          text.append(plain)
        }
      default: text.append(byte)
      }
    }
    return nil
  }

  private static let escapes: [UInt8: UInt8] = [
    UInt8(ascii: "\""): 0x22, UInt8(ascii: "\\"): 0x5c, UInt8(ascii: "/"): 0x2f, UInt8(ascii: "b"): 0x08,
    UInt8(ascii: "f"): 0x0c, UInt8(ascii: "n"): 0x0a, UInt8(ascii: "r"): 0x0d, UInt8(ascii: "t"): 0x09,
  ]

  /// Decodes `\uXXXX`, or two of them.
  private mutating func scalar(_ bytes: Span<UInt8>) -> Unicode.Scalar? {
    guard let unit = hex(bytes) else { return nil }
    guard 0xd800..<0xdc00 ~= unit, index + 1 < bytes.count, bytes[index] == 0x5c, bytes[index + 1] == UInt8(ascii: "u")
    else { return Unicode.Scalar(unit) ?? "\u{fffd}" }
    index += 2
    guard let second = hex(bytes) else { return nil }
    guard 0xdc00..<0xe000 ~= second else { return "\u{fffd}" }
    return Unicode.Scalar(0x1_0000 + (unit - 0xd800) << 10 + (second - 0xdc00)) ?? "\u{fffd}"
  }

  private mutating func hex(_ bytes: Span<UInt8>) -> UInt32? {
    guard index + 4 <= bytes.count else { return nil }
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = Character(Unicode.Scalar(bytes[index])).hexDigitValue else { return nil }
      value = value << 4 | UInt32(digit)
      index += 1
    }
    return value
  }
}
