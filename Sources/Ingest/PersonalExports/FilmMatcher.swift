public import Ratings

/// Finds films of other sites in a catalogue: by IMDb and TMDb id, then by title and year.
///
/// Titles are compared as `TitleWords.key`, alternative titles in brackets included. Years may differ by one, since
/// festivals precede releases; a film whose title names an edition ("Redux", "Director's Cut") is also found at an earlier
/// year; a title without its subtitle ("Star Wars" for "Star Wars: Episode IV - A New Hope") counts in the same year only.
public struct FilmMatcher: Sendable {
  private var byIMDb: [String: Int] = [:]
  private var byTMDb: [Int: Int] = [:]
  private var byTitle: [String: [Int]] = [:]
  private var byMainTitle: [String: [Int]] = [:]
  private let years: [Int?]

  /// - Complexity: O(total length of the titles).
  public init(_ movies: [Movie]) {
    years = movies.map(\.year)
    for (index, movie) in movies.enumerated() {
      if let id = movie.imdbID, byIMDb[id] == nil { byIMDb[id] = index }
      if let id = movie.tmdbID, byTMDb[id] == nil { byTMDb[id] = index }
      for key in Set(Self.names(of: movie.title).map(TitleWords.key)) where !key.isEmpty {
        byTitle[key, default: []].append(index)
      }
      if let main = Self.mainTitle(movie.title) { byMainTitle[TitleWords.key(of: main), default: []].append(index) }
    }
  }

  /// The index of the film in the catalogue; nil where none, or more than one, fits.
  public func match(_ film: ExportedFilm) -> Int? {
    if let id = film.imdbID, let index = byIMDb[id] { return index }
    if let id = film.tmdbID, let index = byTMDb[id] { return index }
    for name in Self.names(of: film.title) {
      if let index = match(TitleWords.key(of: name), year: film.year) { return index }
    }
    let plain = Self.withoutEdition(film.title)
    if plain != film.title { return match(TitleWords.key(of: plain), year: film.year, allowsEarlier: true) }
    guard let year = film.year else { return nil }
    var near = (byMainTitle[TitleWords.key(of: film.title)] ?? []).filter { years[$0] == year }
    if let main = Self.mainTitle(film.title) {
      near += (byTitle[TitleWords.key(of: main)] ?? []).filter { years[$0] == year }
    }
    return near.count == 1 ? near[0] : nil
  }

  /// What stands before a subtitle; nil where there is none.
  private static func mainTitle(_ title: String) -> String? {
    guard let colon = title.firstIndex(of: ":"), colon != title.startIndex else { return nil }
    return String(title[..<colon])
  }

  private func match(_ key: String, year: Int?, allowsEarlier: Bool = false) -> Int? {
    guard let found = byTitle[key] else { return nil }
    guard let year else { return found.count == 1 ? found[0] : nil }
    let exact = found.filter { years[$0] == year }
    if !exact.isEmpty { return exact.count == 1 ? exact[0] : nil }
    let near = found.filter { index in
      guard let other = years[index] else { return true }
      return abs(other - year) <= 1 || (allowsEarlier && other < year)
    }
    return near.count == 1 ? near[0] : nil
  }

  /// A title and the alternative titles within its brackets.
  static func names(of title: String) -> [String] {
    guard title.utf8.contains(UInt8(ascii: "(")) else { return [title] }
    var names: [String] = [title]
    var main = ""
    var inner = ""
    var depth = 0
    for character in title {
      switch character {
      case "(": depth += 1
      case ")" where depth > 0:
        depth -= 1
        if depth == 0 {
          names += inner.split(separator: "/").map(alternative)
          inner = ""
        }
      default: if depth == 0 { main.append(character) } else { inner.append(character) }
      }
    }
    names.append(main)
    return names
  }

  private static func alternative(_ text: Substring) -> String {
    for mark in ["a.k.a. ", "aka "] where text.lowercased().hasPrefix(mark) {
      return String(text.dropFirst(mark.count))
    }
    return String(text)
  }

  private static let editions = [
    " redux", ": redux", " director's cut", ": the director's cut", ": director's cut", " (director's cut)",
    ": the final cut", ": special edition", " special edition", " (special edition)", ": extended edition",
    " (re-release)", " re-release", " (restored)",
  ]

  private static func withoutEdition(_ title: String) -> String {
    let plain = title.replacing("’", with: "'").lowercased()
    for edition in editions where plain.hasSuffix(edition) && plain.count == title.count {
      return String(title.dropLast(edition.count))
    }
    return title
  }
}
