package import Ratings

/// Matches films of other sites to a catalogue: by IMDb and TMDb id, by the catalogue's own, then by title and year.
///
/// Titles are compared as `TitleKey` has them, original titles and alternative ones in brackets included. Years may differ by
/// one, since festivals precede releases; a film whose title names an edition ("Redux", "Director's Cut") is also found at an
/// earlier year. A partial title ("Star Wars", "The Empire Strikes Back", "Funny Games U.S.") counts in the
/// same year only. Of two entries with the same title and year the better known one is matched; a remake never is.
package struct FilmMatcher: Sendable {
  private var byIMDb: [String: Int] = [:]
  private var byTMDb: [Int: Int] = [:]
  private var byID: [SourceID: Int] = [:]
  private var byTitle: [String: [Int]] = [:]
  private var byLooseTitle: [String: [Int]] = [:]
  private var byPart: [String: [Int]] = [:]
  private let years: [Int?]
  private let ratingCounts: [Int]

  /// A matched film.
  struct Match: Equatable {
    let index: Int
    let isByTitle: Bool
  }

  /// - Parameter ratingCounts: the popularity of each movie; empty if unknown.
  /// - Complexity: O(total length of the titles).
  package init(_ movies: [Movie], ratingCounts: [Int] = []) {
    years = movies.map(\.year)
    self.ratingCounts = ratingCounts
    for (index, movie) in movies.enumerated() {
      byID[movie.id] = index
      if let id = movie.imdbID { Self.keepBetter(index, &byIMDb[id], ratingCounts) }
      if let id = movie.tmdbID { Self.keepBetter(index, &byTMDb[id], ratingCounts) }
      let names = Self.names(of: movie.title)
      for key in Set(names.map(TitleKey.exact)) where !key.isEmpty { byTitle[key, default: []].append(index) }
      for key in Set(names.map(TitleKey.loose)) where !key.isEmpty { byLooseTitle[key, default: []].append(index) }
      for key in Set(names.flatMap(TitleKey.parts)) { byPart[key, default: []].append(index) }
    }
  }

  private static func keepBetter(_ index: Int, _ place: inout Int?, _ counts: [Int]) {
    if let other = place, counts.isEmpty || counts[other] >= counts[index] { return }
    place = index
  }

  /// The index of the film in the catalogue; nil if none, or more than one, matches.
  package func match(_ film: ExportedFilm) -> Int? { find(film, trustsIDs: trustsIDs(of: [film]))?.index }

  /// - Parameter trustsIDs: whether ids of the film's file are this catalogue's.
  func find(_ film: ExportedFilm, trustsIDs: Bool) -> Match? {
    if trustsIDs, let own = film.movieID.flatMap({ byID[$0] }) { return Match(index: own, isByTitle: false) }
    if let index = byForeignIDs(film) { return Match(index: index, isByTitle: false) }
    return byTitles(film).map { Match(index: $0, isByTitle: true) }
  }

  /// Whether the ids of a file are this catalogue's: they must agree with the titles next to them, and with the ids of IMDb
  /// and TMDb. A file with only ids is assumed to use this catalogue's.
  func trustsIDs(of films: [ExportedFilm]) -> Bool {
    var (agreeing, differing, bare) = (0, 0, 0)
    for film in films.prefix(Self.mostCompared) {
      let own = film.movieID.flatMap { byID[$0] }
      if film.isTitledByID {
        // For words in a film column the majority decides; a number there may be a title.
        guard film.movieID?.description.contains(where: \.isLetter) ?? false else { continue }
        if byForeignIDs(film) ?? byTitles(film) != nil { differing += 1 } else if own != nil { agreeing += 1 }
        continue
      }
      guard let own else { continue }
      if film.isBare {
        bare += 1
      } else if byForeignIDs(film) ?? byTitles(film) == own {
        agreeing += 1
      } else {
        differing += 1
      }
    }
    return agreeing + differing == 0 ? bare > 0 : agreeing > differing
  }

  /// How many films of a file are compared with the catalogue.
  private static let mostCompared = 500

  /// Whether the catalogue has a movie of that id.
  func hasMovie(_ id: SourceID) -> Bool { byID[id] != nil }

  private func byForeignIDs(_ film: ExportedFilm) -> Int? {
    if let id = film.imdbID, let index = byIMDb[id] { return index }
    if let id = film.tmdbID, let index = byTMDb[id] { return index }
    guard case .text(let text)? = film.movieID, text.hasPrefix("tt") else { return nil }
    return Text.imdbID(text).flatMap { byIMDb[$0] }
  }

  private func byTitles(_ film: ExportedFilm) -> Int? {
    let titles = [film.title, film.originalTitle].filter { !$0.isEmpty }
    let year = film.year
    let names = titles.flatMap(Self.names)
    for name in names {
      if let index = pick(byTitle[TitleKey.exact(name)], year: year) { return index }
    }
    for title in titles {
      let plain = Self.withoutEdition(title)
      if plain != title { return pick(byTitle[TitleKey.exact(plain)], year: year, allowsEarlier: true) }
    }
    guard let year else { return nil }
    for name in names {
      if let index = pick(byLooseTitle[TitleKey.loose(name)], year: year) { return index }
    }
    return byParts(names, year: year)
  }

  /// A film of exactly that year whose title contains this one, or is contained in it; nil if there are several.
  private func byParts(_ names: [String], year: Int) -> Int? {
    var found: Set<Int> = []
    for name in names {
      let parts = TitleKey.parts(name)
      found.formUnion(byPart[TitleKey.exact(name)] ?? [])
      for part in parts {
        found.formUnion(byTitle[part] ?? [])
        if part != parts.first { found.formUnion(byPart[part] ?? []) }
      }
      for tail in TitleKey.tails { found.formUnion(byTitle[TitleKey.exact(name) + " " + tail] ?? []) }
    }
    let near = found.filter { years[$0] == year }
    return near.count == 1 ? near.first : nil
  }

  private func pick(_ found: [Int]?, year: Int?, allowsEarlier: Bool = false) -> Int? {
    guard let found else { return nil }
    guard let year else { return found.count == 1 ? found[0] : nil }
    let exact = found.filter { years[$0] == year }
    if !exact.isEmpty { return best(exact) }
    let near = found.filter { index in
      guard let other = years[index] else { return true }
      return abs(other - year) <= 1 || (allowsEarlier && other < year)
    }
    return near.count == 1 ? near[0] : nil
  }

  /// The best known of several entries; nil if undecided.
  private func best(_ indices: [Int]) -> Int? {
    if indices.count == 1 { return indices[0] }
    guard !ratingCounts.isEmpty else { return nil }
    return indices.max { (ratingCounts[$0], $1) < (ratingCounts[$1], $0) }
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
