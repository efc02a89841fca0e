/// Members who must not be mentioned in a file from an earlier build.
struct MemberMentions: Sendable, Equatable {
  /// Names of pages and ids, in lower case.
  private let names: Set<[UInt8]>

  /// Nil if there are none.
  init?(_ names: some Sequence<String>) {
    self.names = Set(names.map { Array($0.lowercased().utf8) })
    if self.names.isEmpty { return nil }
  }

  /// Whether a text contains one of them as a word, in a link or otherwise.
  func occur(in text: [UInt8]) -> Bool { next(in: text, from: 0, afterUsers: false) != nil }

  /// Whether a text links to the page or the JSON of one of them.
  func areLinked(in text: [UInt8]) -> Bool { next(in: text, from: 0, afterUsers: true) != nil }

  /// A text without the list entries that link to one of them; nil if a link is not in such an entry.
  func removed(from text: [UInt8]) -> [UInt8]? {
    var rest = text
    var start = 0
    while let place = next(in: rest, from: start, afterUsers: true) {
      guard let entry = Self.entry(around: place, in: rest) else { return nil }
      rest.removeSubrange(entry)
      start = entry.lowerBound
    }
    return rest
  }

  /// The range of the next one.
  private func next(in text: [UInt8], from start: Int, afterUsers: Bool) -> Int? {
    var index = start
    while index < text.count {
      guard Self.isPartOfName(text[index]) else {
        index += 1
        continue
      }
      var end = index
      while end < text.count, Self.isPartOfName(text[end]) { end += 1 }
      let isLink = !afterUsers || text[..<index].suffix(Self.folder.count).elementsEqual(Self.folder)
      if isLink, names.contains(text[index..<end].map(Self.lower)) { return index }
      index = end
    }
    return nil
  }

  private static let folder = Array("users/".utf8)

  private static func lower(_ byte: UInt8) -> UInt8 { 0x41...0x5a ~= byte ? byte | 0x20 : byte }

  private static func isPartOfName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), 0x80...:
      true
    default: false
    }
  }

  /// The innermost list entry, table row or sitemap address around a position.
  private static func entry(around place: Int, in text: [UInt8]) -> Range<Int>? {
    var index = place
    while index > 0 {
      index -= 1
      guard text[index] == UInt8(ascii: "<") else { continue }
      for name in entries where text[index...].dropFirst().starts(with: name) {
        let after = index + 1 + name.count
        guard after < text.count, !isPartOfName(text[after]) else { continue }
        let closing = [UInt8(ascii: "<"), UInt8(ascii: "/")] + name + [UInt8(ascii: ">")]
        guard let end = find(closing, in: text, from: index), end > place else { return nil }
        return index..<(end + closing.count)
      }
    }
    return nil
  }

  private static let entries = ["li", "tr", "article", "url"].map { Array($0.utf8) }

  private static func find(_ word: [UInt8], in text: [UInt8], from start: Int) -> Int? {
    var index = start
    while index + word.count <= text.count {
      if text[index] == word[0], text[index...].starts(with: word) { return index }
      index += 1
    }
    return nil
  }
}
