/// A movie's title in a data set, parsed for display.
package struct Title: Equatable {
  /// Article in front and without the year.
  package var text: String
  package var year: Int?

  /// The plausible years of a movie.
  package static let years = 1870...2100

  /// Splits "Matrix, The (1999)" into "The Matrix" and 1999.
  ///
  /// A range of years, as series have it, gives the first; a number in brackets that is not a year stays. Articles come
  /// to the front in the alternative titles in brackets too: "(Cité des enfants perdus, La)" becomes "(La Cité des
  /// enfants perdus)".
  package init(parsing title: String) {
    var bytes = Array(Text.trimmed(title).utf8)
    // IMDb marks films made for video and television after the year.
    for mark in [" (V)", " (TV)", " (VG)"] where bytes.count > mark.utf8.count && bytes.ends(with: mark) {
      let rest = Array(bytes.dropLast(mark.utf8.count))
      if Self.yearInBrackets(rest) != nil { bytes = rest }
    }
    if let (year, start) = Self.yearInBrackets(bytes) {
      self.year = year
      bytes.removeSubrange(start...)
    }
    let text = Text.trimmed(String(decoding: bytes, as: UTF8.self))
    self.text = text.isEmpty ? Text.trimmed(title) : Self.articlesInFront(text)
  }

  /// The year in brackets at the end, as in `(1995)`, `(2006–2007)`, `(2009- )`, and the position of the bracket.
  private static func yearInBrackets(_ bytes: [UInt8]) -> (year: Int, start: Int)? {
    guard bytes.last == 0x29, let open = bytes.lastIndex(of: 0x28), bytes.count - open >= 6 else { return nil }
    guard let year = Bytes.digits(bytes.span, open + 1..<open + 5), years.contains(Int(year)) else { return nil }
    var rest = String(decoding: bytes[(open + 5)..<(bytes.count - 1)], as: UTF8.self)
    if let dash = rest.first, "-–—".contains(dash) {
      rest.removeFirst()
      let end = Text.trimmed(rest)
      guard end.isEmpty || (end.utf8.count == 4 && end.utf8.allSatisfy(Bytes.isDigit)) else { return nil }
    } else if !Text.trimmed(rest).isEmpty {
      return nil
    }
    return (Int(year), open)
  }

  /// Articles that MovieLens moves after a comma, in the languages of its titles.
  private static let articles: Set<String> = [
    "The", "A", "An",  // English
    "Le", "La", "Les", "L'", "L’", "Un", "Une", "De", "Des",  // French (and Danish De)
    "Il", "Lo", "I", "Gli", "Uno", "Una",  // Italian
    "El", "Los", "Las",  // Spanish
    "O", "Os", "As", "Um", "Uma",  // Portuguese
    "Der", "Die", "Das", "Ein", "Eine",  // German
    "Den", "Det", "En", "Ett", "Et",  // Scandinavian
    "Het", "Een",  // Dutch
    "Da",
  ]

  /// Moves the article after the last comma of the title, and of each alternative title in brackets, to its front.
  private static func articlesInFront(_ text: String) -> String {
    guard text.utf8.contains(0x2c) else { return text }
    var result = ""
    var part = ""
    var depth = 0
    for character in text {
      switch character {
      case "(":
        result += depth == 0 ? turned(part) : part
        part = ""
        depth += 1
        result.append("(")
      case ")" where depth > 0:
        result += depth == 1 ? turned(part) : part
        part = ""
        depth -= 1
        result.append(")")
      default: part.append(character)
      }
    }
    return result + (depth == 0 ? turned(part) : part)
  }

  /// "Matrix, The" as "The Matrix", white space around it as it was.
  private static func turned(_ part: String) -> String {
    guard let comma = part.lastIndex(of: ",") else { return part }
    let article = Text.trimmed(String(part[part.index(after: comma)...]))
    guard articles.contains(article) else { return part }
    var name = part[..<comma]
    let leading = name.prefix { $0 == " " }
    name = name.dropFirst(leading.count)
    guard !name.isEmpty else { return part }
    let trailing = String(part.reversed().prefix { $0 == " " })
    var front = ""
    for known in ["a.k.a. ", "aka "] where name.lowercased().hasPrefix(known) {
      front = String(name.prefix(known.count))
      name = name.dropFirst(known.count)
    }
    let gap = article.hasSuffix("'") || article.hasSuffix("’") ? "" : " "
    return "\(leading)\(front)\(article)\(gap)\(name)\(trailing)"
  }
}

extension [UInt8] {
  fileprivate func ends(with suffix: String) -> Bool { self.suffix(suffix.utf8.count).elementsEqual(suffix.utf8) }
}
