/// Ids for headings: letters, digits and hyphens, unique in a page.
struct Slugs {
  private var used: Set<String> = []

  /// “What's new?” becomes `what-s-new`, and `what-s-new-2` if that is taken.
  mutating func slug(for text: String) -> String {
    var base = ""
    for scalar in text.lowercased().unicodeScalars {
      if scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        || (scalar.properties.generalCategory == .nonspacingMark && !base.isEmpty)
      {
        base.unicodeScalars.append(scalar)
      } else if !base.isEmpty, base.utf8.last != UInt8(ascii: "-") {
        base += "-"
      }
    }
    if base.utf8.last == UInt8(ascii: "-") { base.removeLast() }
    // Footnotes have ids of their own.
    if base.isEmpty || base.hasPrefix("fn-") || base.hasPrefix("fnref-") {
      base = base.isEmpty ? "section" : "section-\(base)"
    }
    var slug = base
    var number = 1
    while !used.insert(slug).inserted {
      number += 1
      slug = "\(base)-\(number)"
    }
    return slug
  }
}
