/// A field of a CSV file (RFC 4180).
package enum CSVField {
  /// The text as it is, or quoted if it contains a comma, a quotation mark or a line break.
  package static func text(_ text: String) -> String {
    text.utf8.contains { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == 10 || $0 == 13 }
      ? quoted(text) : text
  }

  /// The text in quotation marks, whatever it contains.
  package static func quoted(_ text: String) -> String {
    // Compares bytes: a quotation mark followed by a combining character is one too.
    var bytes = [UInt8(ascii: "\"")]
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
    return String(decoding: bytes, as: UTF8.self)
  }
}
