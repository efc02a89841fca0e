/// A rating written as text: "85/100", "4.1 out of 5 stars", "33 %", "3 stars", "★★★½".
struct WrittenRating: Equatable {
  let value: Float
  /// Its maximum, if given.
  let best: Float?

  /// Nil if it is not a rating; plain numbers are read elsewhere.
  init?(_ text: String) {
    if let rating = WrittenRating(numberIn: text) {
      self = rating
    } else {
      self.init(stars: text.replacing("\u{fe0f}", with: ""))
    }
  }

  /// A rating whose text begins with a number: in tables of many people, drawn stars usually show a mean.
  init?(numberIn text: String) {
    let words = FormatKnowledge.known.ratingWords
    let text = text.replacing("\u{fe0f}", with: "").lowercased()
    let digits = text.prefix { $0.isASCII && $0.isNumber || $0 == "." || $0 == "," }
    guard !digits.isEmpty else { return nil }
    let bytes = Array(digits.utf8)
    guard let number = Bytes.decimal(bytes.span, bytes.indices, decimalComma: true) else { return nil }
    let rest = Text.trimmed(String(text.dropFirst(digits.count)))
    if rest == "%" {
      self.init(value: Float(number), best: 100)
    } else if words.stars.contains(rest) {
      self.init(value: Float(number), best: nil)
    } else {
      guard let best = words.of.lazy.compactMap({ Self.best(in: rest, behind: $0) }).first else { return nil }
      self.init(value: Float(number), best: best)
    }
  }

  init(value: Float, best: Float?) { (self.value, self.best) = (value, best) }

  /// "★★★½☆"
  private init?(stars text: String) {
    let full = text.prefix { $0 == "★" || $0 == "⭐" }
    var rest = text.dropFirst(full.count)
    let hasHalf = rest.first == "½"
    if hasHalf { rest = rest.dropFirst() }
    guard !text.isEmpty, rest.allSatisfy({ $0 == "☆" }) else { return nil }
    self.init(value: Float(full.count) + (hasHalf ? 0.5 : 0), best: 5)
  }

  /// The number in "/ 5 stars" after a word such as "/".
  private static func best(in text: String, behind word: String) -> Float? {
    guard text.hasPrefix(word) else { return nil }
    let rest = Text.trimmed(String(text.dropFirst(word.count)))
    let digits = rest.prefix { $0.isASCII && $0.isNumber }
    let unit = Text.trimmed(String(rest.dropFirst(digits.count)))
    guard let best = Int(digits), best > 0, best <= 1_000, unit.allSatisfy({ $0.isLetter || $0 == "★" || $0 == "⭐" })
    else {
      return nil
    }
    return Float(best)
  }
}
