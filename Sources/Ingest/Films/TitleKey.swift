import Ratings

/// Normalized titles, equal for different spellings of one film.
enum TitleKey {
  /// The words without a leading article; numbers in digits, "+" as "and", British spelling as American.
  static func exact(_ title: String) -> String { words(title).joined(separator: " ") }

  /// The letters alone, without articles, "and", "part": "Old Boy" is "Oldboy".
  static func loose(_ title: String) -> String {
    words(title).filter { !fillers.contains($0) }.joined()
  }

  /// Short forms of a title: the part before its colon or dash, the part after it, and the part
  /// after the name of an author or a brand ("William Shakespeare's …"). A single word after a colon is
  /// not one: "Impossible" is not "Mission: Impossible".
  static func parts(_ title: String) -> [String] {
    var segments: [Substring] = []
    for segment in title.split(separator: ":") {
      segments += segment.replacing("–", with: "-").split(separator: " - ").map { $0[...] }
    }
    var parts: [String] = []
    if segments.count > 1 {
      parts.append(exact(String(segments[0])))
      parts += segments.indices.dropFirst().map { exact(segments[$0...].joined(separator: " ")) }.filter {
        $0.contains(" ")
      }
    }
    if let end = possessiveEnd(title) { parts.append(exact(String(title[end...]))) }
    return parts.filter { $0.utf8.count > 1 && !isNumbered($0) }
  }

  /// Suffixes in catalogues that distinguish films of the same title.
  static let tails = ["u s", "us", "u k", "uk", "the movie", "the film"]

  private static let fillers: Set<String> = ["the", "a", "an", "and", "part", "vol", "volume", "chapter"]

  private static func words(_ title: String) -> [String] {
    var words = TitleWords.key(of: title.replacing("+", with: " & ")).split(separator: " ").map(String.init)
    for index in words.indices {
      let word = words[index]
      if let number = numbers[word] ?? (index > 0 ? numerals[word] : nil) {
        words[index] = number
      } else if word.utf8.count > 5 {
        words[index] = american(word)
      }
    }
    return words
  }

  private static let numbers: [String: String] = [
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
    "nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13",
  ]
  private static let numerals: [String: String] = ["i": "1", "v": "5", "x": "10"]

  private static func american(_ word: String) -> String {
    for (ending, other) in [("ours", "ors"), ("our", "or"), ("tre", "ter"), ("ence", "ense")]
    where word.hasSuffix(ending) {
      return word.dropLast(ending.count) + other
    }
    return word
  }

  /// "part 1", "episode 4", "vol 2": not a title.
  private static func isNumbered(_ key: String) -> Bool {
    let words = key.split(separator: " ")
    return words.count <= 2 && words.last.map { $0.utf8.allSatisfy(Bytes.isDigit) } ?? true
  }

  /// Where a title continues after a possessive among its first three words.
  private static func possessiveEnd(_ title: String) -> String.Index? {
    let plain = title.replacing("’", with: "'")
    guard plain.count == title.count, let mark = plain.firstRange(of: "'s ") ?? plain.firstRange(of: "s' ") else {
      return nil
    }
    guard plain[..<mark.lowerBound].split(separator: " ").count <= 3 else { return nil }
    let end = title.index(title.startIndex, offsetBy: plain.distance(from: plain.startIndex, to: mark.upperBound))
    return end < title.endIndex ? end : nil
  }
}
