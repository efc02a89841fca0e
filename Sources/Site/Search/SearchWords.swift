// Compatibility decomposition (NFKD) is in Foundation proper: it needs the tables of ICU.
import Foundation

/// Titles as words that a search can find, folded as `assets/search.js` folds what visitors type.
package enum SearchWords {
  /// The words of `text`: NFKD, marks off, lower case, apostrophes dropped, "&" read as "and". A character of Chinese or
  /// Japanese is a word of its own.
  package static func words(of text: String) -> [String] { chunks(of: text).flatMap { $0 } }

  /// What a title can be found by, sorted: its words; those of a chunk together, as in "spiderman" for "Spider-Man"; and
  /// numbers up to 20 also as Roman numerals and the reverse.
  package static func terms(of title: String) -> [String] {
    var terms: Set<String> = []
    for chunk in chunks(of: title) {
      terms.formUnion(chunk)
      if chunk.count > 1 { terms.insert(chunk.joined()) }
    }
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

  /// The words of each part of `text` between spaces.
  private static func chunks(of text: String) -> [[String]] {
    text.utf8.allSatisfy { $0 < 0x80 } ? chunks(ofASCII: text) : chunks(ofUnicode: text)
  }

  /// The same for texts, nearly all, whose letters have no properties to look up.
  private static func chunks(ofASCII text: String) -> [[String]] {
    var chunks: [[String]] = [[]]
    var word: [UInt8] = []
    func closeWord() {
      if !word.isEmpty { chunks[chunks.count - 1].append(String(decoding: word, as: UTF8.self)) }
      word.removeAll(keepingCapacity: true)
    }
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, 0x61...0x7a: word.append(byte)
      case 0x41...0x5a: word.append(byte + 32)
      case UInt8(ascii: "'"), UInt8(ascii: "`"): continue
      default:
        closeWord()
        if byte == UInt8(ascii: "&") { chunks += [["and"], []] }
        if byte == 0x20 || (0x09...0x0d).contains(byte) { chunks.append([]) }
      }
    }
    closeWord()
    return chunks.filter { !$0.isEmpty }
  }

  private static func chunks(ofUnicode text: String) -> [[String]] {
    var chunks: [[String]] = [[]]
    var word = String.UnicodeScalarView()
    func closeWord() {
      if !word.isEmpty { chunks[chunks.count - 1].append(String(word)) }
      word = String.UnicodeScalarView()
    }
    for scalar in text.decomposedStringWithCompatibilityMapping.unicodeScalars {
      let properties = scalar.properties
      if isApostrophe(scalar) { continue }
      switch properties.generalCategory {
      case .nonspacingMark, .spacingMark, .enclosingMark: continue
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
        .letterNumber, .otherNumber:
        if isIdeograph(scalar) {
          closeWord()
          chunks[chunks.count - 1].append(String(scalar))
        } else {
          for letter in properties.lowercaseMapping.unicodeScalars where !letter.properties.isMark {
            word.append(contentsOf: spelled[letter] ?? String(letter).unicodeScalars)
          }
        }
      default:
        closeWord()
        if scalar == "&" { chunks += [["and"], []] }
        if properties.isWhitespace { chunks.append([]) }
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

  private static func isIdeograph(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x3040...0x30ff, 0x3400...0x4dbf, 0x4e00...0x9fff, 0xf900...0xfaff: true
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
}
