/// What is known about a movie besides its ratings.
public struct Movie: Hashable, Sendable {
  /// The id in the data.
  public var id: SourceID
  /// The display title, with the article in front and without the year: "The Matrix".
  public var title: String
  /// The year it came out in.
  public var year: Int?
  /// In the order of the data set; empty if it has none.
  public var genres: [String]
  /// In the order of the data set; empty where it names none.
  public var directors: [String]
  /// Internet Movie Database id with its prefix and leading zeros: "tt0114709".
  public var imdbID: String?
  /// The Movie Database id.
  public var tmdbID: Int?
  /// How long it is, in minutes.
  public var runtime: Int?
  /// What is spoken in it, as a code of `FilmLanguage`.
  public var language: String?

  /// A movie; only id and title must be known.
  public init(
    id: SourceID, title: String, year: Int? = nil, genres: [String] = [], directors: [String] = [],
    imdbID: String? = nil, tmdbID: Int? = nil, runtime: Int? = nil, language: String? = nil
  ) {
    self.id = id
    self.title = title
    self.year = year
    self.genres = genres
    self.directors = directors
    self.imdbID = imdbID
    self.tmdbID = tmdbID
    self.runtime = runtime
    self.language = language
  }

  /// The first year of the decade the movie came out in, such as 1990.
  public var decade: Int? { year.map { $0 - $0 % 10 } }
}
