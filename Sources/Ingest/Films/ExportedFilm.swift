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
  /// The id that the file has, as it writes it, where no catalogue translates it.
  var writtenID: SourceID { movieID ?? writtenForeignID ?? SourceID(newID) }
  /// An IMDb or TMDb id as the file writes it.
  var writtenForeignID: SourceID?
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

  /// What ratings are out of that say nothing of it and of which the highest is `most`: this scale where it holds them, or
  /// else 5, 10 or 100.
  package func best(of most: Float) -> Float {
    most <= maximum ? maximum : FormatKnowledge.known.scales.first { most <= $0 } ?? most
  }
}
