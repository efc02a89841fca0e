/// Text files as saved by various editors.
package enum AuthorText {
  /// The text of a file in UTF-8, or in UTF-16 with a byte order mark, with LF line ends and without the mark.
  ///
  /// - Throws: `MarkdownError.notUTF8` with the line of the first invalid byte.
  package static func decoded(_ bytes: [UInt8], path: String) throws(MarkdownError) -> String {
    let text: String
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      text = try utf16(bytes, path: path)
    } else {
      guard let valid = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
        throw .notUTF8(path: path, line: lineOfFault(bytes))
      }
      text = valid
    }
    return plain(text)
  }

  /// A text with LF line ends and without a byte order mark.
  static func plain(_ text: String) -> String {
    plainLineEnds(text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text)
  }

  private static func utf16(_ bytes: [UInt8], path: String) throws(MarkdownError) -> String {
    let isLittle = bytes[0] == 0xFF
    var units: [UInt16] = []
    for index in stride(from: 2, to: bytes.count - 1, by: 2) {
      let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
      units.append(isLittle ? second << 8 | first : first << 8 | second)
    }
    guard bytes.count % 2 == 0, let text = String(validating: units, as: UTF16.self) else {
      throw .notUTF8(path: path, line: 1)
    }
    return text
  }

  /// The line of the first byte that is not valid UTF-8.
  private static func lineOfFault(_ bytes: [UInt8]) -> Int {
    var line = 1
    for part in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      if part.contains(0) || String(validating: part, as: UTF8.self) == nil { return line }
      line += 1
    }
    return 1
  }

  /// Old Macs end a line with CR, Windows with CR and LF.
  private static func plainLineEnds(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "\r")) else { return text }
    var bytes: [UInt8] = []
    var isAfterReturn = false
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\r") {
        bytes.append(UInt8(ascii: "\n"))
      } else if byte != UInt8(ascii: "\n") || !isAfterReturn {
        bytes.append(byte)
      }
      isAfterReturn = byte == UInt8(ascii: "\r")
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
