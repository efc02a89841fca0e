/// Turning the bytes of names and titles into text.
enum Text {
  /// `bytes` as UTF-8, or, where they are not, as Windows-1252, of which Latin-1 is a part: a Latin-1 letter outside
  /// ASCII is followed by ASCII, which UTF-8 never has, so the two are told apart line by line without fail in
  /// practice. Control characters become spaces; white space at the ends is left out.
  static func decoded(_ bytes: [UInt8]) -> String {
    if isPlain(bytes) { return String(decoding: bytes, as: UTF8.self) }
    let cleaned = bytes.map { $0 < 0x20 || $0 == 0x7f ? 0x20 : $0 }
    let text = String(validating: cleaned, as: UTF8.self) ?? windows1252(cleaned)
    return trimmed(text)
  }

  /// Whether `bytes` are ASCII with nothing to be left out.
  private static func isPlain(_ bytes: [UInt8]) -> Bool {
    bytes.first != 0x20 && bytes.last != 0x20 && bytes.allSatisfy { $0 >= 0x20 && $0 < 0x7f }
  }

  static func trimmed(_ text: String) -> String {
    let bytes = text.utf8
    guard bytes.first == 0x20 || bytes.last == 0x20 else { return text }
    guard let first = bytes.firstIndex(where: { $0 != 0x20 }), let last = bytes.lastIndex(where: { $0 != 0x20 }) else {
      return ""
    }
    return String(text[first...last])
  }

  private static func windows1252(_ bytes: [UInt8]) -> String {
    var text = ""
    text.reserveCapacity(bytes.count + 8)
    for byte in bytes {
      let code = 0x80..<0xa0 ~= byte ? upperControls[Int(byte) - 0x80] : UInt32(byte)
      text.unicodeScalars.append(Unicode.Scalar(code) ?? "\u{fffd}")
    }
    return text
  }

  /// What Windows-1252 has from 0x80 to 0x9F, where Latin-1 has control characters.
  private static let upperControls: [UInt32] = [
    0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0xfffd,
    0x017d, 0xfffd, 0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a,
    0x0153, 0xfffd, 0x017e, 0x0178,
  ]

  /// The parts of `text` between bars, without the ones that say there is none, each once.
  static func list(_ text: String) -> [String] {
    var result: [String] = []
    for part in text.utf8.split(separator: UInt8(ascii: "|")) {
      let part = trimmed(String(Substring(part)))
      if !part.isEmpty, !result.contains(part) { result.append(part) }
    }
    return result
  }

  /// Genres between bars; the ways of the data sets to say "none" give none.
  static func genres(_ text: String) -> [String] {
    let parts = list(text)
    // Genres begin with a letter, and few with these.
    guard parts.contains(where: { $0.utf8.first.map { "(uU\\nN".utf8.contains($0) } ?? false }) else { return parts }
    return parts.filter { !["(no genres listed)", "unknown", "\\n", "n/a", "none"].contains($0.lowercased()) }
  }

  /// TMDb's number of a film: by itself, or in the address of its page ("…/movie/603-the-matrix").
  static func tmdbID(_ text: String) -> Int? {
    let digits = text.firstRange(of: "/movie/").map { text[$0.upperBound...].prefix { $0.isASCII && $0.isNumber } }
    return Int(digits ?? text[...]).flatMap { $0 > 0 ? $0 : nil }
  }

  /// An IMDb id with its prefix and at least seven digits: "tt0114709"; nil if `text` is none.
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
