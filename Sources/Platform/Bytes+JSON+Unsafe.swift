// Unsafe: copies runs of a text's bytes while they are borrowed; runs lie between two positions of the same buffer.

extension [UInt8] {
  /// A JSON string with its quotes.
  ///
  /// U+2028 and U+2029 are escaped, so that the text is also JavaScript. With `inScript`, `<`, `>` and `&` are too, so
  /// that nothing in it can end or comment out the surrounding script element.
  package mutating func append(json text: String, inScript: Bool = false) {
    append(UInt8(ascii: "\""))
    // Nearly all text needs no escape: it is copied in runs.
    var text = text
    text.withUTF8 { utf8 in
      var start = 0
      for position in utf8.indices {
        let byte = utf8[position]
        guard Self.mayNeedEscape(byte) else { continue }
        switch byte {
        case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"):
          if !inScript { continue }
        case 0xe2:
          guard position + 2 < utf8.count, utf8[position + 1] == 0x80, utf8[position + 2] & 0xfe == 0xa8 else {
            continue
          }
        default: break
        }
        append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start..<position]))
        start = position + 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"):
          append(UInt8(ascii: "\\"))
          append(byte)
        case 0x0a: append("\\n")
        case 0x0d: append("\\r")
        case 0x09: append("\\t")
        case 0xe2:
          append(utf8[position + 2] == 0xa8 ? "\\u2028" : "\\u2029")
          start = position + 3
        default: append(unicodeEscape: byte)
        }
      }
      append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start...]))
    }
    append(UInt8(ascii: "\""))
  }

  @inline(__always)
  private static func mayNeedEscape(_ byte: UInt8) -> Bool {
    switch byte {
    case ..<0x20, UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"), 0x7f,
      0xe2:
      true
    default: false
    }
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

  /// `[…]` with commas.
  @inlinable package mutating func append<Items: Sequence>(
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
