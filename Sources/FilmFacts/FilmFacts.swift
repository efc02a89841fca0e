/// Facts about a film from a service.
package struct FilmFacts: Equatable, Sendable, Codable {
  package var title: String?
  package var year: Int?
  package var genres: [String] = []
  package var directors: [String] = []
  package var imdbID: String?
  package var tmdbID: Int?
  /// In minutes.
  package var runtime: Int?
  /// A code of `FilmLanguage`.
  package var language: String?
  /// The full address of the poster.
  package var poster: String?
  /// Metacritic's score and the share of favourable reviews at Rotten Tomatoes, both from 0 to 100.
  package var metascore: Int?
  package var tomatometer: Int?

  package init() {}

  /// Fills missing values with those of `other`.
  package mutating func complete(from other: FilmFacts) {
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
