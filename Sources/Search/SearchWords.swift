// Compatibility decomposition (NFKD) is in Foundation proper: it needs the tables of ICU.
import Foundation

/// Titles as words that a search can find, folded as `assets/scripts/find.js` folds what visitors type.
package enum SearchWords {
  /// The words of `text`: NFKD, marks off, lower case, apostrophes dropped, "&" read as "and". Of scripts without blanks
  /// between words, each two letters that follow each other; of a text without letters and numbers, its pictures or marks.
  package static func words(of text: String) -> [String] {
    let folded = folded(text)
    let words = chunks(of: folded).flatMap(paired)
    return words.isEmpty ? signs(of: folded) : words
  }

  /// What a title can be found by, sorted: its words; those of a chunk together, as in "spiderman" for "Spider-Man";
  /// numbers up to 20 also as Roman numerals and the reverse; pictures; and of scripts without blanks each letter and each
  /// two, blanks or not between them.
  package static func terms(of title: String) -> [String] {
    let folded = folded(title)
    let chunks = chunks(of: folded)
    var terms: Set<String> = []
    for chunk in chunks {
      terms.formUnion(chunk)
      if chunk.count > 1, !chunk.contains(where: SeamlessScripts.contains) { terms.insert(chunk.joined()) }
    }
    terms.formUnion(paired(chunks.flatMap { $0 }))
    terms.formUnion(pictures(of: folded))
    if terms.isEmpty { terms.formUnion(signs(of: folded)) }
    for term in terms {
      if let number = numerals.firstIndex(of: term), number > 1 {
        terms.insert("\(number)")
      } else if term.utf8.count <= 2, let number = Int(term), numerals.indices.contains(number), number > 1 {
        terms.insert(numerals[number])
      }
    }
    return terms.sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
  }

  private static let numerals = [
    "", "", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii",
    "xviii", "xix", "xx",
  ]

  /// Letters of scripts without blanks that follow each other become each two of them; a single one stays.
  private static func paired(_ list: [String]) -> [String] {
    guard list.contains(where: SeamlessScripts.contains) else { return list }
    let isSeamless = list.map(SeamlessScripts.contains)
    return list.indices.compactMap { index in
      guard isSeamless[index] else { return list[index] }
      if index + 1 < list.count, isSeamless[index + 1] { return list[index] + list[index + 1] }
      return index > 0 && isSeamless[index - 1] ? nil : list[index]
    }
  }

  private static func pictures(of folded: String) -> [String] {
    folded.utf8.allSatisfy { $0 < 0x80 }
      ? [] : folded.unicodeScalars.filter { $0.properties.generalCategory == .otherSymbol }.map { String($0) }
  }

  /// What a text without letters and numbers is found by: each picture in it, or else its marks. The files of large
  /// catalogues keep “:” and “_” for themselves.
  private static func signs(of folded: String) -> [String] {
    let pictures = pictures(of: folded)
    if !pictures.isEmpty { return pictures }
    let marks = folded.unicodeScalars.filter { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .surrogate, .privateUse, .unassigned: false
      default: !scalar.properties.isWhitespace && scalar != ":" && scalar != "_"
      }
    }
    return marks.isEmpty ? [] : [String(String.UnicodeScalarView(marks))]
  }

  /// Lower case, without accents and apostrophes, "&" as "and".
  private static func folded(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return foldedASCII(text) }
    var letters = String.UnicodeScalarView()
    for scalar in text.decomposedStringWithCompatibilityMapping.unicodeScalars where !scalar.properties.isMark {
      if isApostrophe(scalar) { continue }
      if scalar == "&" {
        letters.append(contentsOf: " and ".unicodeScalars)
        continue
      }
      for letter in scalar.properties.lowercaseMapping.unicodeScalars where !letter.properties.isMark {
        letters.append(contentsOf: spelled[letter] ?? String(letter).unicodeScalars)
      }
    }
    // Syllables of Hangul, which the decomposition took apart.
    return String(letters).precomposedStringWithCanonicalMapping
  }

  /// The same for texts, nearly all, whose letters have no properties to look up.
  private static func foldedASCII(_ text: String) -> String {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case 0x41...0x5a: bytes.append(byte + 32)
      case UInt8(ascii: "'"), UInt8(ascii: "`"): continue
      case UInt8(ascii: "&"): bytes += " and ".utf8
      default: bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The words of each part of `folded` between spaces; of scripts without blanks, each letter.
  private static func chunks(of folded: String) -> [[String]] {
    folded.utf8.allSatisfy { $0 < 0x80 } ? chunks(ofASCII: folded) : chunks(ofUnicode: folded)
  }

  private static func chunks(ofASCII folded: String) -> [[String]] {
    var chunks: [[String]] = [[]]
    var word: [UInt8] = []
    func closeWord() {
      if !word.isEmpty { chunks[chunks.count - 1].append(String(decoding: word, as: UTF8.self)) }
      word.removeAll(keepingCapacity: true)
    }
    for byte in folded.utf8 {
      switch byte {
      case 0x30...0x39, 0x61...0x7a: word.append(byte)
      default:
        closeWord()
        if byte == 0x20 || (0x09...0x0d).contains(byte) { chunks.append([]) }
      }
    }
    closeWord()
    return chunks.filter { !$0.isEmpty }
  }

  private static func chunks(ofUnicode folded: String) -> [[String]] {
    var chunks: [[String]] = [[]]
    var word = String.UnicodeScalarView()
    func closeWord() {
      if !word.isEmpty { chunks[chunks.count - 1].append(String(word)) }
      word = String.UnicodeScalarView()
    }
    for scalar in folded.unicodeScalars {
      if SeamlessScripts.contains(scalar) {
        closeWord()
        chunks[chunks.count - 1].append(String(scalar))
      } else if scalar.properties.isLetterOrNumber {
        word.append(scalar)
      } else {
        closeWord()
        if scalar.properties.isWhitespace { chunks.append([]) }
      }
    }
    closeWord()
    return chunks.filter { !$0.isEmpty }
  }

  /// Letters that are not an accented form of another to Unicode.
  private static let spelled: [Unicode.Scalar: String.UnicodeScalarView] = [
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "ı": "i", "ŋ": "n",
    "ς": "σ",
  ].mapValues { ($0 as String).unicodeScalars }

  private static func isApostrophe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "'", "’", "ʼ", "`": true
    default: false
    }
  }
}

/// Scripts that are written without blanks between words, or may be: Thai, Lao, Burmese, Khmer and related ones, kana, Chinese
/// characters, Hangul.
enum SeamlessScripts {
  static func contains(_ word: String) -> Bool { word.unicodeScalars.first.map(contains) ?? false }

  static func contains(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case ..<0xe00: false
    case 0xe00...0xeff, 0x1000...0x109f, 0x1780...0x17ff, 0x1950...0x19df, 0x1a20...0x1aad, 0x3040...0x30ff,
      0x3400...0x4dbf, 0x4e00...0x9fff, 0xa9e0...0xa9fe, 0xaa60...0xaa7f, 0xac00...0xd7a3, 0xf900...0xfaff,
      0x20000...0x3ffff:
      scalar.properties.isLetter
    default: false
    }
  }
}

extension Unicode.Scalar.Properties {
  fileprivate var isMark: Bool {
    switch generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark: true
    default: false
    }
  }

  fileprivate var isLetter: Bool {
    switch generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
    default: false
    }
  }

  fileprivate var isLetterOrNumber: Bool {
    switch generalCategory {
    case .decimalNumber, .letterNumber, .otherNumber: true
    default: isLetter
    }
  }
}
