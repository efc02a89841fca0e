/// Decodes the bytes of names and titles.
enum Text {
  /// `bytes` as UTF-8, or, if they are not valid, as Windows-1252, a superset of Latin-1: a Latin-1 letter outside
  /// ASCII is followed by ASCII, which is not valid UTF-8, so the two are reliably distinguished line by line in
  /// practice. Control characters become spaces; white space at the ends is trimmed.
  static func decoded(_ bytes: [UInt8]) -> String {
    if isPlain(bytes) { return String(decoding: bytes, as: UTF8.self) }
    let cleaned = bytes.map { $0 < 0x20 || $0 == 0x7f ? 0x20 : $0 }
    let text = String(validating: cleaned, as: UTF8.self) ?? CodePage.windows1252.text(cleaned)
    return trimmed(oneLine(text))
  }

  /// Whether `bytes` are ASCII that needs no trimming.
  private static func isPlain(_ bytes: [UInt8]) -> Bool {
    bytes.first != 0x20 && bytes.last != 0x20 && bytes.allSatisfy { $0 >= 0x20 && $0 < 0x7f }
  }

  /// `text` trimmed of white space, including that of web pages.
  static func trimmed(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard let first = scalars.first, let last = scalars.last, isSpace(first) || isSpace(last) else { return text }
    guard let start = scalars.firstIndex(where: { !isSpace($0) }), let end = scalars.lastIndex(where: { !isSpace($0) })
    else { return "" }
    return String(text.unicodeScalars[start...end])
  }

  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || scalar == "\u{a0}" || scalar == "\u{feff}"
      || (scalar.value > 0x7f && scalar.properties.isWhitespace)
  }

  /// Unicode line separators count as spaces.
  private static func oneLine(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { $0 == "\u{85}" || $0 == "\u{2028}" || $0 == "\u{2029}" }) else {
      return text
    }
    return String(
      String.UnicodeScalarView(text.unicodeScalars.map { $0.value == 0x85 || 0x2028...0x2029 ~= $0.value ? " " : $0 }))
  }

  /// The distinct parts of `text` between bars, without those that mean “none”.
  static func list(_ text: String) -> [String] {
    var result: [String] = []
    for part in text.utf8.split(separator: UInt8(ascii: "|")) {
      let part = trimmed(String(Substring(part)))
      if !part.isEmpty, !result.contains(part) { result.append(part) }
    }
    return result
  }

  /// Genres between bars; the data sets' placeholders for "none" are left out.
  static func genres(_ text: String) -> [String] {
    let parts = list(text)
    // Genres begin with a letter, and rarely with these.
    guard parts.contains(where: { $0.utf8.first.map { "(uU\\nN".utf8.contains($0) } ?? false }) else { return parts }
    return parts.filter { !["(no genres listed)", "unknown", "\\n", "n/a", "none"].contains($0.lowercased()) }
  }

  /// TMDb's film id: by itself, or in the address of its page ("…/movie/603-the-matrix").
  static func tmdbID(_ text: String) -> Int? {
    let digits = text.firstRange(of: "/movie/").map { text[$0.upperBound...].prefix { $0.isASCII && $0.isNumber } }
    return Int(digits ?? text[...]).flatMap { $0 > 0 ? $0 : nil }
  }

  /// An IMDb id with its prefix and at least seven digits: "tt0114709"; nil if `text` is not one.
  static func imdbID(_ text: String) -> String? {
    var digits = Substring(text)
    if digits.lowercased().hasPrefix("tt") { digits = digits.dropFirst(2) }
    guard !digits.isEmpty, digits.utf8.count <= 18, digits.utf8.allSatisfy(Bytes.isDigit), let number = Int64(digits),
      number > 0
    else { return nil }
    let plain = String(number)
    return "tt" + String(repeating: "0", count: max(0, 7 - plain.utf8.count)) + plain
  }
}
