public import Ratings

/// A film as a file names it that has no ids of the data set, and what somebody thought of it.
public struct ExportedFilm: Equatable, Sendable {
  public var title: String
  public var originalTitle: String = ""
  public var year: Int?
  /// "tt0114709", where the file tells.
  public var imdbID: String?
  public var tmdbID: Int?
  /// What the file has in a column for the data set's own ids.
  public var movieID: SourceID?
  /// The id of a film where no catalogue is there to translate it: the data set's own, then IMDb's or TMDb's with a mark of
  /// whose it is, then the title as the file has it.
  var idWithoutCatalogue: SourceID {
    movieID ?? (imdbID == nil && tmdbID == nil && !writtenTitle.isEmpty ? SourceID(writtenTitle) : SourceID(newID))
  }
  /// Whether its title is what stands in a column of films, which may be an id.
  var isTitledByID = false
  /// The title as the file has it, with its year.
  var writtenTitle = ""
  public var genres: [String] = []
  public var directors: [String] = []
  /// The rating, out of `best`.
  public var rating: Float
  /// The most that can be given; nil where only the data set's own scale, or the column, tells.
  public var best: Float?
  /// Seconds since 1970; 0 where unknown.
  public var time: UInt32 = 0
}

extension ExportedFilm {
  /// A film of which only the data set's own id is known.
  init(id: SourceID) {
    self.init(title: "", rating: 0)
    movieID = id
  }

  /// Whether its id has letters and is none of IMDb's: words in a column of films may be titles.
  var mayBeTitle: Bool {
    guard title.isEmpty, case .text(let text)? = movieID, text.contains(where: \.isLetter) else { return false }
    return !hasForeignID
  }

  /// Whether its id is one of IMDb's.
  var hasForeignID: Bool {
    guard case .text(let text)? = movieID else { return false }
    return text.hasPrefix("tt") && Text.imdbID(text) != nil
  }

  /// Takes what stands in a column of films for a title too.
  mutating func takeIDForTitle() {
    guard title.isEmpty, let movieID else { return }
    let parsed = Title(parsing: movieID.description)
    title = parsed.text
    year = year ?? parsed.year
    isTitledByID = true
  }

  /// Whether nothing but an id names it, or a word that may be one.
  var isBare: Bool { (title.isEmpty || isTitledByID) && originalTitle.isEmpty && imdbID == nil && tmdbID == nil }

  /// Whether it can be listed under a title: a single word in a column of films may be a code.
  var isTitled: Bool { !title.isEmpty && (!isTitledByID || year != nil || title.contains(" ")) }

  /// The film in words: "Title (year)".
  public var name: String {
    let words = title.isEmpty ? imdbID ?? tmdbID.map { "TMDb \($0)" } ?? movieID?.description ?? "" : title
    return year.map { "\(words) (\($0))" } ?? words
  }

  /// The id of a film that no catalogue has: its IMDb or TMDb id, or its title in words and its year.
  var newID: String {
    if let imdbID { return imdbID }
    let words = TitleWords.words(of: title) + (year.map { ["\($0)"] } ?? [])
    let id = words.joined(separator: "-")
    if !id.isEmpty, id.utf8.count <= 190 { return id }
    if let tmdbID { return "tmdb-\(tmdbID)" }
    if title.isEmpty, let movieID { return movieID.description }
    var hash = Fingerprint()
    hash.add(title)
    return "film-\(hash)"
  }
}

extension RatingScale {
  /// The nearest rating of this scale to `rating` out of `best`.
  package func nearest(to rating: Float, outOf best: Float) -> Float {
    let wide = rating * maximum / best
    let steps = ((wide - minimum) / step).rounded()
    return min(maximum, max(minimum, minimum + steps * step))
  }

  /// What ratings are out of that say nothing of it: this scale where it holds them, or else 5, 10 or 100. Halves of which
  /// none is above five are out of five, where the scale has whole points beyond.
  package func best(of ratings: some Collection<Float>) -> Float {
    let most = ratings.max() ?? 0
    if most > maximum { return FormatKnowledge.known.scales.first { most <= $0 } ?? most }
    let hasHalves = ratings.contains { $0 != $0.rounded() }
    return maximum > 5 && step >= 1 && most <= 5 && hasHalves ? 5 : maximum
  }

  /// The scale of exports where no data set brings one: half stars where they lose nothing, else what the exports' own steps
  /// and range ask for.
  static func ofExports(_ tables: [EntryTable]) -> RatingScale {
    var result: RatingScale?
    for table in tables where !table.rows.isEmpty {
      let own = RatingScale(fitting: table.rows.filter { $0.best == nil }.map(\.rating)[...])
      let best = table.best ?? own.maximum
      let isWhole = table.rows.allSatisfy { row in
        let halves = row.rating * 10 / (row.best ?? best)
        return abs(halves - halves.rounded()) < 1e-3
      }
      if isWhole { continue }
      let wide = RatingScale(minimum: best > 5 ? 0 : own.minimum, maximum: best, step: own.step)
      result = result.map { $0.union(wide) } ?? wide
    }
    return result ?? .halfStars
  }
}

extension [ExportedFilm] {
  /// The films of a file; where none has a title and words stand in the column of films, these may be the titles.
  func takingIDsForTitles() -> [ExportedFilm] {
    guard allSatisfy(\.title.isEmpty), contains(where: \.mayBeTitle) else { return self }
    return map { film in
      var film = film
      film.takeIDForTitle()
      return film
    }
  }
}
