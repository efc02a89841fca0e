@_spi(_Unicode) import Swift

/// Titles normalized for comparison: words without case, accents, punctuation and articles.
public enum TitleWords {
  /// The words of `title`: lower case, accents folded, apostrophes dropped, "&" as "and", Roman numerals from II to XX
  /// as numbers ("Rocky II" is "rocky 2"). Letters of other scripts stay as they are.
  public static func words(of title: String) -> [String] {
    var bytes: [UInt8] = []
    append(wordsOf: title, to: &bytes)
    return bytes.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Appends the words of `title` in UTF-8, each with a space behind it.
  ///
  /// - Complexity: O(length of the title); titles in ASCII allocate nothing where `bytes` has room.
  static func append(wordsOf title: String, to bytes: inout [UInt8]) {
    let first = bytes.count
    var start = first
    func close(_ bytes: inout [UInt8]) {
      guard bytes.count > start else { return }
      if start > first { spellNumeral(from: start, in: &bytes) }
      bytes.append(UInt8(ascii: " "))
      start = bytes.count
    }
    func add(_ scalar: Unicode.Scalar, _ bytes: inout [UInt8]) {
      switch scalar.value {
      case 0x30...0x39, 0x61...0x7a: bytes.append(UInt8(scalar.value))
      case 0x41...0x5a: bytes.append(UInt8(scalar.value) + 32)
      case 0x27, 0x2019: break
      case 0x26:
        close(&bytes)
        bytes.append(contentsOf: "and".utf8)
        close(&bytes)
      case ..<0x80: close(&bytes)
      default:
        if let folded = foldedLatin(scalar) {
          bytes.append(contentsOf: folded.utf8)
        } else if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
          bytes.append(contentsOf: scalar.properties.lowercaseMapping.utf8)
        } else if scalar.properties.generalCategory != .nonspacingMark {
          close(&bytes)
        }
      }
    }
    // Letters of one piece and letters with their marks behind them, as some systems write them, are the same.
    if title.utf8.allSatisfy({ $0 < 0x80 }) {
      for scalar in title.unicodeScalars { add(scalar, &bytes) }
    } else {
      for scalar in title._nfc { add(scalar, &bytes) }
    }
    close(&bytes)
  }

  /// Replaces a Roman numeral at the end of `bytes` by its digits.
  private static func spellNumeral(from start: Int, in bytes: inout [UInt8]) {
    guard bytes.count - start <= longestNumeral,
      bytes[start...].allSatisfy({ [UInt8(ascii: "i"), UInt8(ascii: "v"), UInt8(ascii: "x")].contains($0) }),
      let digits = numerals[String(decoding: bytes[start...], as: UTF8.self)]
    else { return }
    bytes.replaceSubrange(start..., with: digits.utf8)
  }

  /// The key that spellings of one title share: the words without a leading article.
  public static func key(of title: String) -> String {
    var words = words(of: title)
    if words.count > 1, articles.contains(words[0]) { words.removeFirst() }
    return words.joined(separator: " ")
  }

  /// The ASCII letters of an accented Latin letter or ligature, taken from its Unicode name: "LATIN SMALL LETTER E
  /// WITH ACUTE" gives "e", "LATIN SMALL LETTER AE" gives "ae"; nil for anything else.
  public static func foldedLatin(_ scalar: Unicode.Scalar) -> String? {
    switch scalar.value {
    case ..<0x80: return nil
    case 0xdf, 0x1e9e: return "ss"
    case 0xd0, 0xf0: return "d"
    case 0xde, 0xfe: return "th"
    case 0x131: return "i"
    default: break
    }
    guard let name = scalar.properties.name else { return nil }
    for prefix in ["LATIN SMALL LETTER ", "LATIN CAPITAL LETTER "] where name.hasPrefix(prefix) {
      let rest = name.utf8.dropFirst(prefix.utf8.count)
      let letters = rest.prefix { $0 != UInt8(ascii: " ") }
      let isPlain = letters.count == rest.count || rest.dropFirst(letters.count).starts(with: " WITH ".utf8)
      return isPlain && letters.count <= 2 ? String(decoding: letters.map { $0 | 0x20 }, as: UTF8.self) : nil
    }
    return nil
  }

  private static let articles: Set<String> = [
    "the", "a", "an", "le", "la", "les", "l", "un", "une", "il", "lo", "gli", "el", "los", "las", "der", "die", "das",
    "ein", "eine", "den", "det", "o", "os", "as", "het", "een",
  ]

  private static let longestNumeral = 5
  private static let numerals: [String: String] = [
    "ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "xi": "11", "xii": "12",
    "xiii": "13", "xiv": "14", "xv": "15", "xvi": "16", "xvii": "17", "xviii": "18", "xix": "19", "xx": "20",
  ]
}
