public import Ratings

/// Finds films of other sites in a catalogue: by IMDb and TMDb id, by the catalogue's own, then by title and year.
///
/// Titles are compared as `TitleKey` has them, original titles and alternative ones in brackets included. Years may differ by
/// one, since festivals precede releases; a film whose title names an edition ("Redux", "Director's Cut") is also found at an
/// earlier year. What is less than a whole title ("Star Wars", "The Empire Strikes Back", "Funny Games U.S.") counts in the
/// same year only. Of two entries of one title and year the better known is meant; a remake never is.
public struct FilmMatcher: Sendable {
  private var byIMDb: [String: Int] = [:]
  private var byTMDb: [Int: Int] = [:]
  private var byID: [SourceID: Int] = [:]
  private var byTitle: [String: [Int]] = [:]
  private var byLooseTitle: [String: [Int]] = [:]
  private var byPart: [String: [Int]] = [:]
  private let years: [Int?]
  private let ratingCounts: [Int]

  /// A film that was found.
  struct Match: Equatable {
    let index: Int
    let isByTitle: Bool
  }

  /// - Parameter ratingCounts: how well known each of the movies is; nothing where that is not known.
  /// - Complexity: O(total length of the titles).
  public init(_ movies: [Movie], ratingCounts: [Int] = []) {
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

  /// The index of the film in the catalogue; nil where none, or more than one, fits.
  public func match(_ film: ExportedFilm) -> Int? { find(film)?.index }

  func find(_ film: ExportedFilm) -> Match? {
    if let index = byIDs(film) { return Match(index: index, isByTitle: false) }
    return byTitles(film).map { Match(index: $0, isByTitle: true) }
  }

  /// Whether the catalogue has a movie of that id.
  func hasMovie(_ id: SourceID) -> Bool { byID[id] != nil }

  private func byIDs(_ film: ExportedFilm) -> Int? {
    if let id = film.imdbID, let index = byIMDb[id] { return index }
    if let id = film.tmdbID, let index = byTMDb[id] { return index }
    guard let id = film.movieID else { return nil }
    if let index = byID[id], film.title.isEmpty || isTitled(index, film) { return index }
    if case .text(let text) = id, text.hasPrefix("tt"), let imdb = Text.imdbID(text) { return byIMDb[imdb] }
    return nil
  }

  /// Whether a movie of the catalogue is the film, judged by a title that stands beside an id: another data set's ids are
  /// numbers too, and a film of the same year is none of this one.
  private func isTitled(_ index: Int, _ film: ExportedFilm) -> Bool {
    Self.names(of: film.title).contains { name in
      byTitle[TitleKey.exact(name)]?.contains(index) ?? false
        || byLooseTitle[TitleKey.loose(name)]?.contains(index) ?? false
    }
  }

  private func byTitles(_ film: ExportedFilm) -> Int? {
    var titles = [film.title, film.originalTitle].filter { !$0.isEmpty }
    // A column of films may hold titles.
    if titles.isEmpty, case .text(let text)? = film.movieID { titles = [Title(parsing: text).text] }
    let year = film.year ?? (film.title.isEmpty ? film.movieID.flatMap { Title(parsing: $0.description).year } : nil)
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

  /// A film of that very year of whose title, or of which title, this is a part; nil where several are.
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

  /// Of several entries the best known; nil where nothing tells.
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
