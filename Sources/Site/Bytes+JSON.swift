package import Ratings

extension [UInt8] {
  /// A JSON string with its quotes.
  ///
  /// U+2028 and U+2029 are escaped, so that the text is also JavaScript. With `inScript`, `<`, `>` and `&` are too, so
  /// that nothing in it can end or comment out the surrounding script element.
  package mutating func append(json text: String, inScript: Bool = false) {
    append(UInt8(ascii: "\""))
    var before: (UInt8, UInt8) = (0, 0)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        append(UInt8(ascii: "\\"))
        append(byte)
      case 0x0a: append("\\n")
      case 0x0d: append("\\r")
      case 0x09: append("\\t")
      case ..<0x20, 0x7f: append(unicodeEscape: byte)
      case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"):
        if inScript { append(unicodeEscape: byte) } else { append(byte) }
      case 0xa8 where before == (0xe2, 0x80), 0xa9 where before == (0xe2, 0x80):
        removeLast(2)
        append(byte == 0xa8 ? "\\u2028" : "\\u2029")
      default: append(byte)
      }
      before = (before.1, byte)
    }
    append(UInt8(ascii: "\""))
  }

  private mutating func append(unicodeEscape byte: UInt8) {
    let digits = Array("0123456789abcdef".utf8)
    append("\\u00")
    append(digits[Int(byte >> 4)])
    append(digits[Int(byte & 15)])
  }

  /// A JSON number with up to 4 decimals; null where `value` is not finite.
  package mutating func append(json value: Double) {
    if value.isFinite { append(decimal: value, places: 4) } else { append("null") }
  }

  /// A number or a string, as the identifier is.
  package mutating func append(json id: SourceID) {
    switch id {
    case .number(let number): append(number: Int(number))
    case .text(let text): append(json: text)
    }
  }

  /// `[…]` with commas.
  package mutating func append<Items: Sequence>(
    jsonList items: Items, _ body: (inout [UInt8], Items.Element) -> Void
  ) {
    append(UInt8(ascii: "["))
    var isFirst = true
    for item in items {
      if !isFirst { append(UInt8(ascii: ",")) }
      isFirst = false
      body(&self, item)
    }
    append(UInt8(ascii: "]"))
  }
}
