/// Facts about a film from a service.
public struct FilmFacts: Equatable, Sendable, Codable {
  public var title: String?
  public var year: Int?
  public var genres: [String] = []
  public var directors: [String] = []
  public var imdbID: String?
  public var tmdbID: Int?
  /// In minutes.
  public var runtime: Int?
  /// A code of `FilmLanguage`.
  public var language: String?
  /// The full address of the poster.
  public var poster: String?
  /// Metacritic's score and the share of favourable reviews at Rotten Tomatoes, both from 0 to 100.
  public var metascore: Int?
  public var tomatometer: Int?

  public init() {}

  /// Fills missing values with those of `other`.
  public mutating func complete(from other: FilmFacts) {
    title = title ?? other.title
    year = year ?? other.year
    if genres.isEmpty { genres = other.genres }
    if directors.isEmpty { directors = other.directors }
    imdbID = imdbID ?? other.imdbID
    tmdbID = tmdbID ?? other.tmdbID
    runtime = runtime ?? other.runtime
    language = language ?? other.language
    poster = poster ?? other.poster
    metascore = metascore ?? other.metascore
    tomatometer = tomatometer ?? other.tomatometer
  }
}
