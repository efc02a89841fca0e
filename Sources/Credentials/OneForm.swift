@_spi(_Unicode) import Swift

/// Names and passwords normalized for comparison, regardless of the keyboard or system.
enum OneForm {
  /// Letters composed with their marks (Unicode Standard Annex 15, NFC), fullwidth characters as plain ones, every blank as a space, as
  /// RFC 8265 prepares passwords, except that it keeps the width.
  static func of(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text._nfc { result.append(plain(scalar)) }
    return String(result)
  }

  /// The same, trimmed of spaces, which people paste along.
  static func trimmed(_ text: String) -> String {
    let one = of(text)
    let isBlank = { (character: Character) in character.isWhitespace || character.isNewline }
    guard let first = one.firstIndex(where: { !isBlank($0) }), let last = one.lastIndex(where: { !isBlank($0) }) else {
      return ""
    }
    return String(one[first...last])
  }

  private static func plain(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    // FULLWIDTH EXCLAMATION MARK to FULLWIDTH TILDE.
    case 0xff01...0xff5e: Unicode.Scalar(scalar.value - 0xfee0) ?? scalar
    case 0x80... where scalar.properties.generalCategory == .spaceSeparator: " "
    default: scalar
    }
  }
}
