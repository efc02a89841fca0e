/// Texts in the query of an address.
public enum QueryText {
  /// Percent-encodes everything but the unreserved characters of RFC 3986 and those in `kept`.
  public static func encoded(_ text: String, keeping kept: String = "") -> String {
    var result = ""
    for byte in text.utf8 {
      let character = Character(Unicode.Scalar(byte))
      let isPlain = byte < 0x80 && (character.isLetter || character.isNumber || "-._~".contains(character))
      if isPlain || (byte < 0x80 && kept.contains(character)) {
        result.append(character)
      } else {
        result += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
    return result
  }
}
