extension SiteCheck {
  /// The addresses in a style sheet: `url(…)` and `@import "…"`, outside comments.
  static func addresses(inStyleSheet bytes: [UInt8], _ range: Range<Int>) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var index = range.lowerBound
    var isImport = false
    while index < range.upperBound {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "/") where Bytes.has("/*", at: index, in: bytes):
        index = Bytes.find("*/", from: index + 2, in: bytes).map { $0 + 2 } ?? range.upperBound
        continue
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        let end = stringEnd(bytes, index, range.upperBound)
        if isImport { found.append(index + 1..<end) }
        isImport = false
        index = end + 1
        continue
      case UInt8(ascii: "@") where Bytes.has("@import", at: index, in: bytes):
        isImport = true
        index += 7
        continue
      case UInt8(ascii: ";"), UInt8(ascii: "{"): isImport = false
      case UInt8(ascii: "u"), UInt8(ascii: "U"):
        if Bytes.has("url(", at: index, in: bytes), index == range.lowerBound || !isName(bytes[index - 1]) {
          let inner = urlRange(bytes, index + 4, range.upperBound)
          if !inner.isEmpty { found.append(inner) }
          isImport = false
          index = inner.upperBound
          continue
        }
      default: break
      }
      index += 1
    }
    return found
  }

  private static func isName(_ byte: UInt8) -> Bool {
    Bytes.isLetter(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || (byte >= 0x30 && byte <= 0x39)
  }

  private static func stringEnd(_ bytes: [UInt8], _ start: Int, _ limit: Int) -> Int {
    var index = start + 1
    while index < limit, bytes[index] != bytes[start], bytes[index] != 0x0A {
      index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    return min(index, limit)
  }

  private static func urlRange(_ bytes: [UInt8], _ start: Int, _ limit: Int) -> Range<Int> {
    var index = start
    while index < limit, Bytes.isSpace(bytes[index]) { index += 1 }
    guard index < limit else { return limit..<limit }
    if bytes[index] == UInt8(ascii: "\"") || bytes[index] == UInt8(ascii: "'") {
      return index + 1..<max(index + 1, stringEnd(bytes, index, limit))
    }
    let end = bytes[index..<limit].firstIndex(of: UInt8(ascii: ")")) ?? limit
    return Bytes.trimmed(index..<end, in: bytes)
  }
}
