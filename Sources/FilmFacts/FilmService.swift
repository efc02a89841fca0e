import Platform
package import Ratings
import Web

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A service that provides facts about films to holders of a key.
package protocol FilmService: Sendable {
  /// Its name in messages and of its cache.
  var name: String { get }
  /// The terms for sites that show its facts.
  var terms: String { get }
  /// The minimum seconds between two requests.
  var pause: Double { get }
  /// Whether it uses https: then nothing that it refers to is fetched over plain http.
  var isSecure: Bool { get }

  /// Looks up one movie: by its ids, otherwise by title and year.
  ///
  /// - Returns: nil if the service does not know it.
  /// - Throws: `FilmFactsError`, `WebError`.
  func facts(about movie: Movie, request: (String) throws -> [UInt8]?) throws -> FilmFacts?
}

/// The Movie Database (developer.themoviedb.org): ids, genres, directors, runtimes, languages, posters.
package struct TMDbService: FilmService {
  package let name = "tmdb"
  package let terms =
    "show “This product uses the TMDB API but is not endorsed or certified by TMDB.” and TMDB's logo; non-commercial use"
  package let pause = 0.03
  package var isSecure: Bool { base.lowercased().hasPrefix("https:") }
  private let key: String
  private let base: String
  private let images: String

  package init(
    key: String, base: String = "https://api.themoviedb.org/3", images: String = "https://image.tmdb.org/t/p"
  ) {
    (self.key, self.base, self.images) = (key, base, images)
  }

  private struct Found: Decodable {
    struct Hit: Decodable { var id: Int }
    var movie_results: [Hit]?
    var results: [Hit]?
  }

  private struct Details: Decodable {
    struct Named: Decodable { var name: String }
    struct Credits: Decodable {
      struct Member: Decodable {
        var job: String?
        var name: String
      }
      var crew: [Member]?
    }
    var id: Int
    var title: String?
    var release_date: String?
    var imdb_id: String?
    var poster_path: String?
    var genres: [Named]?
    var runtime: Int?
    var original_language: String?
    var credits: Credits?
  }

  package func facts(about movie: Movie, request: (String) throws -> [UInt8]?) throws -> FilmFacts? {
    func ask<Answer: Decodable>(_ path: String, _ type: Answer.Type) throws -> Answer? {
      let joint = path.contains("?") ? "&" : "?"
      guard let bytes = try request("\(base)/\(path)\(joint)api_key=\(PercentEncoding.encoded(key))") else {
        return nil
      }
      guard let answer = try? JSONDecoder().decode(type, from: Data(bytes)) else {
        throw FilmFactsError.oddAnswer(service: name, url: "\(base)/\(path)")
      }
      return answer
    }
    var id = movie.tmdbID
    if id == nil, let imdb = movie.imdbID {
      id = try ask("find/\(PercentEncoding.encoded(imdb))?external_source=imdb_id", Found.self)?.movie_results?.first?
        .id
    }
    if id == nil {
      let year = movie.year.map { "&year=\($0)" } ?? ""
      id = try ask("search/movie?query=\(PercentEncoding.encoded(movie.title))\(year)", Found.self)?.results?.first?.id
    }
    guard let id, let details = try ask("movie/\(id)?append_to_response=credits", Details.self) else { return nil }
    var facts = FilmFacts()
    facts.title = details.title
    facts.year = details.release_date.flatMap { Int($0.prefix(4)) }
    facts.genres = (details.genres ?? []).map(\.name)
    facts.directors = (details.credits?.crew ?? []).filter { $0.job == "Director" }.map(\.name)
    facts.imdbID = details.imdb_id
    facts.runtime = details.runtime
    facts.language = details.original_language
    facts.tmdbID = details.id
    facts.poster = details.poster_path.map { "\(images)/w342\($0)" }
    return facts.plausible
  }
}

/// The Open Movie Database (omdbapi.com): critics' scores, directors, runtimes, languages, posters.
package struct OMDbService: FilmService {
  package let name = "omdb"
  package let terms = "content under CC BY-NC 4.0: name omdbapi.com, non-commercial use"
  package let pause = 0.1
  package var isSecure: Bool { base.lowercased().hasPrefix("https:") }
  private let key: String
  private let base: String

  package init(key: String, base: String = "https://www.omdbapi.com/") { (self.key, self.base) = (key, base) }

  private struct Answer: Decodable {
    struct Rating: Decodable {
      var Source: String
      var Value: String
    }
    var Response: String
    var Error: String?
    var Title: String?
    var Year: String?
    var Genre: String?
    var Director: String?
    var Runtime: String?
    var Language: String?
    var Poster: String?
    var Metascore: String?
    var imdbID: String?
    var Ratings: [Rating]?
  }

  package func facts(about movie: Movie, request: (String) throws -> [UInt8]?) throws -> FilmFacts? {
    let year = movie.year.map { "&y=\($0)" } ?? ""
    let what =
      movie.imdbID.map { "i=\(PercentEncoding.encoded($0))" }
      ?? "type=movie&t=\(PercentEncoding.encoded(movie.title))\(year)"
    guard let bytes = try request("\(base)?apikey=\(PercentEncoding.encoded(key))&\(what)") else { return nil }
    guard let answer = try? JSONDecoder().decode(Answer.self, from: Data(bytes)) else {
      throw FilmFactsError.oddAnswer(service: name, url: base)
    }
    guard answer.Response == "True" else {
      let reason = answer.Error ?? ""
      if reason.contains("limit") { throw FilmFactsError.limitReached(service: name, done: 0, of: 0) }
      if reason.contains("key") { throw FilmFactsError.refused(service: name, reason: reason) }
      return nil
    }
    func known(_ text: String?) -> String? { text.flatMap { $0 == "N/A" || $0.isEmpty ? nil : $0 } }
    func list(_ text: String?) -> [String] {
      (known(text) ?? "").split(separator: ",").map { String($0.drop { $0 == " " }) }.filter { !$0.isEmpty }
    }
    var facts = FilmFacts()
    facts.title = known(answer.Title)
    facts.year = known(answer.Year).flatMap { Int($0.prefix(4)) }
    facts.genres = list(answer.Genre)
    facts.directors = list(answer.Director)
    facts.imdbID = known(answer.imdbID)
    facts.runtime = known(answer.Runtime).flatMap(FilmRuntime.minutes)
    facts.language = known(answer.Language)
    facts.poster = known(answer.Poster).flatMap { $0.hasPrefix("http") ? $0 : nil }
    facts.metascore = known(answer.Metascore).flatMap { Int($0) }
    let tomatoes = answer.Ratings?.first { $0.Source == "Rotten Tomatoes" }?.Value
    facts.tomatometer = tomatoes.flatMap { Int($0.prefix { $0.isNumber }) }
    return facts.plausible
  }
}
