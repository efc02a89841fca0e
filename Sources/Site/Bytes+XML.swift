import Platform

extension [UInt8] {
  /// Text for XML, in an element or a quoted attribute; characters that XML 1.0 does not allow become U+FFFD.
  package mutating func append(xml text: String) {
    // Addresses, which are most of a sitemap, need nothing of all this.
    let isPlain = text.utf8.allSatisfy { $0 >= 0x28 && $0 < 0x7f && $0 != 0x3c && $0 != 0x3e }
    if isPlain { return append(contentsOf: text.utf8) }
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x26: append("&amp;")
      case 0x3c: append("&lt;")
      case 0x3e: append("&gt;")
      case 0x22: append("&quot;")
      case 0x27: append("&#39;")
      case 0..<0x09, 0x0b, 0x0c, 0x0e..<0x20, 0xfffe, 0xffff: append("\u{fffd}")
      default: append(contentsOf: UTF8.encode(scalar).map { Array($0) } ?? [])
      }
    }
  }

  /// `<name>text</name>` and a new line.
  mutating func append(xmlElement name: String, _ text: String) {
    append("<\(name)>")
    append(xml: text)
    append("</\(name)>\n")
  }
}
