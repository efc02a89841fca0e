import Platform
import Ratings

/// A service that pages of films link to.
package enum FilmLink: String, Sendable, CaseIterable, Encodable {
  case letterboxd, justwatch, imdb, tmdb

  /// What the service calls itself.
  var name: String {
    switch self {
    case .letterboxd: "Letterboxd"
    case .justwatch: "JustWatch"
    case .imdb: "IMDb"
    case .tmdb: "TMDB"
    }
  }

  /// The movie's address there; nil if its ids do not give it.
  ///
  /// - Parameter language: of the site; services that differ by country take its own, or the one where it is spoken most.
  func address(of movie: Movie, language: String) -> String? {
    switch self {
    case .letterboxd:
      // Both forward to the film.
      movie.tmdbID.flatMap { $0 > 0 ? "https://letterboxd.com/tmdb/\($0)/" : nil }
        ?? Self.imdbID(of: movie).map { "https://letterboxd.com/imdb/\($0)/" }
    case .justwatch:
      "https://www.justwatch.com/\(Self.country(of: language))/search?q="
        + PercentEncoding.encoded(movie.title, keeping: "-")
    case .imdb: Self.imdbID(of: movie).map { "https://www.imdb.com/title/\($0)/" }
    case .tmdb: movie.tmdbID.flatMap { $0 > 0 ? "https://www.themoviedb.org/movie/\($0)" : nil }
    }
  }

  private static func imdbID(of movie: Movie) -> String? {
    guard let id = movie.imdbID, id.hasPrefix("tt"), id.utf8.count > 2,
      id.utf8.dropFirst(2).allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
    else { return nil }
    return id
  }

  /// "de" for "de" and "de-DE", "at" for "de-AT", "us" for "en".
  private static func country(of language: String) -> String {
    let parts = language.lowercased().split(separator: "-").map(String.init)
    if let region = parts.dropFirst().first(where: { $0.utf8.count == 2 }) { return region == "gb" ? "uk" : region }
    return ["en": "us", "he": "il", "ja": "jp", "ko": "kr", "sv": "se", "da": "dk", "cs": "cz", "el": "gr"][
      parts.first ?? ""] ?? parts.first ?? "us"
  }
}
