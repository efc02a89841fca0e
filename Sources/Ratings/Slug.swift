/// Texts as parts of an address: lower-case ASCII letters and digits with single dashes.
package enum Slug {
  /// The longest slug, in bytes.
  package static let maximumLength = 60

  /// The slug of `text`, cut at a dash where one is near; empty where nothing of it can be spelled in ASCII.
  package static func of(_ text: String) -> String {
    let words = words(of: text)
    var slug = ""
    for word in words {
      let room = maximumLength - slug.utf8.count - (slug.isEmpty ? 0 : 1)
      guard word.utf8.count <= room else {
        if slug.isEmpty { slug = String(decoding: word.utf8.prefix(maximumLength), as: UTF8.self) }
        break
      }
      if !slug.isEmpty { slug += "-" }
      slug += word
    }
    return slug
  }

  /// The ASCII words of `text` in lower case, accents folded, apostrophes dropped, "&" read as "and".
  package static func words(of text: String) -> [String] {
    var words: [String] = []
    var word: [UInt8] = []
    func close() {
      if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
      word.removeAll(keepingCapacity: true)
    }
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x30...0x39, 0x61...0x7a: word.append(UInt8(scalar.value))
      case 0x41...0x5a: word.append(UInt8(scalar.value) + 32)
      case 0x27, 0x2019: continue
      case 0x26:
        close()
        words.append("and")
      case ..<0x80: close()
      default:
        if let folded = TitleWords.foldedLatin(scalar) { word += folded.utf8 } else if !isMark(scalar) { close() }
      }
    }
    close()
    return words
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.generalCategory == .nonspacingMark
  }
}
