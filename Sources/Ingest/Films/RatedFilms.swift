import Ratings

/// Facts about films in a table of many people's ratings, besides its own ids.
struct RatedFilms {
  /// By the index of the id.
  private(set) var films: [Int32: ExportedFilm] = [:]
  private var seen: [Bool] = []

  /// Whether nothing is known about the film yet.
  func isNew(_ movie: Int32) -> Bool { Int(movie) >= seen.count || !seen[Int(movie)] }

  mutating func add(_ movie: Int32, _ film: ExportedFilm) {
    if Int(movie) >= seen.count {
      seen += [Bool](repeating: false, count: max(Int(movie) + 1 - seen.count, seen.count))
    }
    seen[Int(movie)] = true
    films[movie] = film
  }
}

/// The columns besides a table's own ids that identify films: titles, other catalogues' ids.
struct FilmFactsColumns {
  private let header: Header
  private let decimals: Set<Int>

  /// Nil if there are none.
  init?(_ header: Header?, _ columns: Columns, decimals: Set<Int> = []) {
    let meanings: [Meaning] = [.title, .originalTitle, .imdb, .tmdb]
    guard let header, meanings.contains(where: { header[$0] != nil && header[$0] != columns.movie }) else { return nil }
    self.header = header
    self.decimals = decimals
  }

  /// A line's facts about its film.
  func film(of fields: Fields, in line: Span<UInt8>, id: SourceID) -> ExportedFilm {
    var texts = fields.texts(of: line)
    for column in decimals where column < texts.count { texts[column] = Bytes.withoutFraction(texts[column]) }
    // An invalid title must not lose the rating.
    var film =
      (try? DatasetBuilder.film(of: Record(header: header, texts: texts))) ?? ExportedFilm(title: "", rating: 0)
    film.movieID = id
    return film
  }
}
