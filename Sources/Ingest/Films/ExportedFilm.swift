package import Ratings

/// A film and its rating in a file without the data set's ids.
package struct ExportedFilm: Equatable, Sendable {
  package var title: String
  package var originalTitle: String = ""
  package var year: Int?
  /// "tt0114709", if the file has it.
  package var imdbID: String?
  package var tmdbID: Int?
  /// The value in a column for the data set's own ids.
  package var movieID: SourceID?
  /// The id of a film that is not in a catalogue: the data set's own, then IMDb's or TMDb's with a prefix
  /// that marks it, then the title as in the file.
  var idWithoutCatalogue: SourceID {
    movieID ?? (imdbID == nil && tmdbID == nil && !writtenTitle.isEmpty ? SourceID(writtenTitle) : SourceID(newID))
  }
  /// Whether its title comes from a film column, which may contain ids.
  var isTitledByID = false
  /// The title as in the file, with its year.
  var writtenTitle = ""
  package var genres: [String] = []
  package var directors: [String] = []
  /// In minutes.
  package var runtime: Int?
  /// A code of `FilmLanguage`.
  package var language: String?
  /// The rating, out of `best`.
  package var rating: Float
  /// The maximum rating; nil if it follows from the data set's own scale or the column.
  package var best: Float?
  /// Seconds since 1970; 0 where unknown.
  package var time: UInt32 = 0
}

extension ExportedFilm {
  /// A film known only by the data set's own id.
  init(id: SourceID) {
    self.init(title: "", rating: 0)
    movieID = id
  }

  /// Whether its id has letters and is not an IMDb id: words in a film column may be titles.
  var mayBeTitle: Bool {
    guard title.isEmpty, case .text(let text)? = movieID, text.contains(where: \.isLetter) else { return false }
    return !hasForeignID
  }

  /// Whether its id is an IMDb id.
  var hasForeignID: Bool {
    guard case .text(let text)? = movieID else { return false }
    return text.hasPrefix("tt") && Text.imdbID(text) != nil
  }

  /// Also takes the value in a film column as a title.
  mutating func takeIDForTitle() {
    guard title.isEmpty, let movieID else { return }
    let parsed = Title(parsing: movieID.description)
    title = parsed.text
    year = year ?? parsed.year
    isTitledByID = true
  }

  /// Whether it is named only by an id, or a word that may be one.
  var isBare: Bool { (title.isEmpty || isTitledByID) && originalTitle.isEmpty && imdbID == nil && tmdbID == nil }

  /// Whether it can be listed under a title: a single word in a film column may be a code.
  var isTitled: Bool { !title.isEmpty && (!isTitledByID || year != nil || title.contains(" ")) }

  /// The film in words: "Title (year)".
  package var name: String {
    let words = title.isEmpty ? imdbID ?? tmdbID.map { "TMDb \($0)" } ?? movieID?.description ?? "" : title
    return year.map { "\(words) (\($0))" } ?? words
  }

  /// The id of a film that is in no catalogue: its IMDb or TMDb id, or its title in words and its year.
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

  /// The maximum of ratings without a declared one: that of this scale if it fits, otherwise 5, 10 or 100. Half points of which
  /// none is above five are out of five, if the scale has whole points beyond.
  package func best(of ratings: some Collection<Float>) -> Float {
    let most = ratings.max() ?? 0
    if most > maximum { return FormatKnowledge.known.scales.first { most <= $0 } ?? most }
    let hasHalves = ratings.contains { $0 != $0.rounded() }
    return maximum > 5 && step >= 1 && most <= 5 && hasHalves ? 5 : maximum
  }

  /// The scale of exports without a data set: half stars if nothing is lost, otherwise according to the exports' own steps
  /// and range.
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
  /// The films of a file; if none has a title and the film column has words, these may be the titles.
  func takingIDsForTitles() -> [ExportedFilm] {
    guard allSatisfy(\.title.isEmpty), contains(where: \.mayBeTitle) else { return self }
    return map { film in
      var film = film
      film.takeIDForTitle()
      return film
    }
  }
}
