/// A single-byte encoding from Windows, Macs or DOS before Unicode.
struct CodePage: Decodable, Equatable {
  enum Script: String, Decodable {
    /// Accented letters among ASCII.
    case latin
    /// Words in another script: Hebrew, Cyrillic.
    case other
  }

  let name: String
  let script: Script
  /// The characters of the bytes from 128 on; U+FFFD for undefined ones.
  private let letters: [Unicode.Scalar]
  private let kinds: [Kind]

  private enum Kind { case lower, upper, otherLetter, apostrophe, mark, nothing }
  private enum CodingKeys: String, CodingKey { case name, script, letters }

  init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    name = try values.decode(String.self, forKey: .name)
    script = try values.decode(Script.self, forKey: .script)
    letters = Array(try values.decode(String.self, forKey: .letters).unicodeScalars)
    kinds = letters.map { scalar in
      switch scalar {
      case "\u{fffd}": .nothing
      case "\u{2019}": .apostrophe
      default:
        switch scalar.properties.generalCategory {
        case .lowercaseLetter: .lower
        case .uppercaseLetter: .upper
        case .otherLetter: .otherLetter
        default: .mark
        }
      }
    }
    if letters.count != 128 {
      throw DecodingError.dataCorruptedError(forKey: .letters, in: values, debugDescription: "128 letters are needed")
    }
  }

  static func == (left: Self, right: Self) -> Bool { left.name == right.name }

  /// Windows-1252, a superset of Latin-1.
  static var windows1252: CodePage { FormatKnowledge.known.codePages[0] }

  func text(_ bytes: some Sequence<UInt8>) -> String {
    var text = ""
    for byte in bytes { text.unicodeScalars.append(byte < 0x80 ? Unicode.Scalar(byte) : letters[Int(byte) - 0x80]) }
    return text
  }
}

extension CodePage {
  /// The most plausible encoding of a text; nil for UTF-8, and for Windows-1252.
  static func of(_ bytes: [UInt8]) -> CodePage? {
    guard bytes.contains(where: { $0 >= 0x80 }), !isUTF8(bytes) else { return nil }
    let bytes = Array(
      bytes.split(whereSeparator: { $0 == 0x0a || $0 == 0x0d })
        .filter { line in line.contains { $0 >= 0x80 } && String(validating: line, as: UTF8.self) == nil }
        .joined(separator: [0x0a]))
    var best: (page: CodePage?, score: Int) = (nil, windows1252.score(bytes))
    for page in FormatKnowledge.known.codePages.dropFirst() {
      let score = page.score(bytes)
      if score > best.score { best = (page, score) }
    }
    return best.page
  }

  /// Whether the bytes are UTF-8; the last character may be incomplete.
  private static func isUTF8(_ bytes: [UInt8]) -> Bool {
    (0..<4).contains { String(validating: bytes.dropLast($0), as: UTF8.self) != nil }
  }

  /// How much the bytes look like words: a letter in a plausible position counts for the encoding, and a symbol within a
  /// word, a capital after a small letter, or two adjacent accents count against it.
  private func score(_ bytes: [UInt8]) -> Int {
    var score = 0
    for (index, byte) in bytes.enumerated() where byte >= 0x80 {
      let before = index > 0 ? bytes[index - 1] : 0x20
      let after = index + 1 < bytes.count ? bytes[index + 1] : 0x20
      let isWithin = Self.isOfWord(before) && Self.isOfWord(after)
      switch (kinds[Int(byte) - 0x80], script) {
      case (.nothing, _): score -= 4
      case (.apostrophe, _): break
      case (.mark, _): score -= isWithin ? 1 : 0
      case (_, .other): score += Self.isLetter(before) || Self.isLetter(after) ? -2 : 1
      case (.upper, .latin): score += before >= 0x80 || Self.isSmall(before) ? -1 : 1
      case (_, .latin): score += before >= 0x80 ? -1 : 1
      }
    }
    return score
  }

  private static func isLetter(_ byte: UInt8) -> Bool { 0x61...0x7a ~= byte | 0x20 }
  private static func isSmall(_ byte: UInt8) -> Bool { 0x61...0x7a ~= byte }
  private static func isOfWord(_ byte: UInt8) -> Bool { byte >= 0x80 || isLetter(byte) }
}
