package import Ratings
package import Web

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Looks up the films of a site in services and keeps the results: responses in a cache, posters in a folder, facts and
/// critics' scores as a small separate data set.
///
/// The data set (`movies.csv`, `ratings.csv`) is used by adding its folder in `site.yaml` under `data`: directors
/// and genres join the catalogue, Metacritic and Rotten Tomatoes become two more users, so that a film that nobody has
/// rated yet has ratings (cold start).
package struct Enrichment: Sendable {
  /// The cache of responses, one file per film and service.
  package let cache: String
  /// Where `movies.csv` and `ratings.csv` are written.
  package let output: String
  /// Where posters go, named by the movie's id; nil to fetch none.
  package let posters: String?
  let services: [any FilmService]
  let client: WebClient

  package init(
    cache: String, output: String, posters: String?, services: [any FilmService], client: WebClient
  ) throws(FilmFactsError) {
    if services.isEmpty { throw .noKey }
    (self.cache, self.output, self.posters) = (cache, output, posters)
    (self.services, self.client) = (services, client)
  }

  /// The results.
  package struct Outcome: Equatable, Sendable {
    package var asked = 0
    package var fromCache = 0
    /// Films whose kept response was of an earlier program that took less from it, and which were looked up again.
    package var renewed = 0
    /// Kept responses of that kind that this run's limit or a used-up quota left as they are.
    package var outdated = 0
    /// Films unknown to all services.
    package var unknown = 0
    package var posters = 0
    /// Posters that could not be downloaded.
    package var postersMissing = 0
    /// Malformed responses.
    package var oddAnswers = 0
    /// The service whose daily quota is used up, if any.
    package var limitedBy: String?
  }

  /// Goes through the films, the most rated first, requests what is not in the cache, and writes the data set.
  ///
  /// - Parameters:
  ///   - movies: in the order of the requests.
  ///   - limit: the most films to look up in this run; cached ones do not count.
  ///   - progress: called with the number of films done.
  /// - Throws: `FilmFactsError`, `WebError`. Everything fetched before stays in the cache.
  package func run(
    on movies: [Movie], scale: RatingScale, limit: Int, progress: (Int) -> Void
  ) throws -> Outcome {
    var outcome = Outcome()
    var found: [(movie: Movie, facts: FilmFacts)] = []
    // Consecutive malformed responses of each service; nil before the first good one.
    var oddAnswers: [String: Int] = [:]
    for (number, movie) in movies.enumerated() {
      progress(number)
      var facts = FilmFacts()
      var isKnown = false
      for service in services {
        let kept = cached(movie, service)
        let answer: CachedFacts?
        if let kept, kept.isCurrent {
          answer = kept
          outcome.fromCache += 1
        } else if let new = try lookUp(completed(movie, facts), service, limit, &oddAnswers, &outcome) {
          answer = new
          if kept != nil { outcome.renewed += 1 }
        } else {
          // What an earlier program took from a response is better than nothing.
          answer = kept
          if kept != nil { (outcome.fromCache, outcome.outdated) = (outcome.fromCache + 1, outcome.outdated + 1) }
        }
        if let answer = answer?.facts {
          facts.complete(from: answer)
          isKnown = true
        }
      }
      if isKnown { found.append((movie, facts)) } else { outcome.unknown += 1 }
      if let poster = facts.poster { try fetchPoster(poster, movie, &outcome) }
    }
    try write(found, scale: scale)
    return outcome
  }

  /// Requests a film from a service and keeps the response; nil where the limit or the service does not allow it, or the
  /// response is malformed.
  private func lookUp(
    _ movie: Movie, _ service: any FilmService, _ limit: Int, _ oddAnswers: inout [String: Int],
    _ outcome: inout Outcome
  ) throws -> CachedFacts? {
    if outcome.asked >= limit || outcome.limitedBy == service.name { return nil }
    do {
      let answer = CachedFacts(try service.facts(about: movie) { try ask($0, service) })
      oddAnswers[service.name] = 0
      outcome.asked += 1
      try keep(answer, movie, service)
      return answer
    } catch FilmFactsError.limitReached {
      outcome.limitedBy = service.name
    } catch let error as FilmFactsError {
      guard case .oddAnswer = error, let odd = oddAnswers[service.name], odd < Self.mostOddAnswers else {
        throw error
      }
      // A malformed response for one film does not prevent others from being looked up.
      oddAnswers[service.name] = odd + 1
      outcome.oddAnswers += 1
      outcome.asked += 1
    }
    return nil
  }

  /// This many malformed responses in a row mean that the service has changed.
  private static let mostOddAnswers = 10
  /// The largest response, and the largest poster, in bytes.
  private static let longestAnswer = 1 << 20
  private static let largestPoster = 16 << 20

  /// A movie with the ids that another service returned.
  private func completed(_ movie: Movie, _ facts: FilmFacts) -> Movie {
    var movie = movie
    movie.imdbID = movie.imdbID ?? facts.imdbID
    movie.tmdbID = movie.tmdbID ?? facts.tmdbID
    return movie
  }

  /// The body of a response; nil for "not found".
  private func ask(_ url: String, _ service: any FilmService) throws -> [UInt8]? {
    client.wait(service.pause)
    let request = WebRequest(url)
    let response: WebResponse
    do { response = try client.send(request, limit: Self.longestAnswer) } catch WebError.tooLarge(let url, _) {
      throw FilmFactsError.oddAnswer(service: service.name, url: url)
    }
    switch response.status {
    case 200: return response.body
    case 404: return nil
    // OMDb responds with 401 both to a wrong key and to a used-up quota, and explains it in the body.
    case 401 where response.text.contains("limit"):
      throw FilmFactsError.limitReached(service: service.name, done: 0, of: 0)
    case 401, 403:
      throw FilmFactsError.refused(service: service.name, reason: "status \(response.status)")
    default: _ = try client.require(request)
    }
    return nil
  }

  // MARK: The cache

  private struct CachedFacts: Codable {
    /// What is taken from a response; it rises whenever `FilmFacts` holds more. 1: runtime and language.
    private static let current = 1

    /// nil: the service does not know the film.
    let facts: FilmFacts?
    /// `current` of the program that wrote this; nil before there was one.
    let edition: Int?

    init(_ facts: FilmFacts?) { (self.facts, edition) = (facts, Self.current) }

    /// Whether the service would not say more today: what it does not know has no facts of either kind.
    var isCurrent: Bool { facts == nil || edition == Self.current }
  }

  private func cachePath(_ movie: Movie, _ service: any FilmService) -> String {
    "\(cache)/\(service.name)/\(Self.fileName(of: movie)).json"
  }

  private func cached(_ movie: Movie, _ service: any FilmService) -> CachedFacts? {
    FileManager.default.contents(atPath: cachePath(movie, service)).flatMap {
      try? JSONDecoder().decode(CachedFacts.self, from: $0)
    }
  }

  private func keep(_ facts: CachedFacts, _ movie: Movie, _ service: any FilmService) throws {
    try Self.write(try JSONEncoder().encode(facts), to: cachePath(movie, service))
  }

  /// The movie's id if it is a valid file name, otherwise a digest of it.
  package static func fileName(of movie: Movie) -> String {
    let id = movie.id.description
    let isPlain = id.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x61...0x7a).contains(byte) || byte == 0x2d || byte == 0x5f
    }
    if isPlain, !id.isEmpty, id.utf8.count <= 100 { return id }
    var digest = Fingerprint()
    digest.add(id)
    return digest.description
  }

  static func write(_ data: Data, to path: String) throws(FilmFactsError) {
    let place = URL(fileURLWithPath: path)
    do {
      try FileManager.default.createDirectory(
        at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
      try data.write(to: place, options: .atomic)
    } catch {
      throw .notWritable(path: path)
    }
  }

  // MARK: Posters

  private func fetchPoster(_ url: String, _ movie: Movie, _ outcome: inout Outcome) throws(FilmFactsError) {
    guard let posters else { return }
    let ending = url.lowercased().hasSuffix(".png") ? "png" : "jpg"
    let path = "\(posters)/\(Self.fileName(of: movie)).\(ending)"
    if FileManager.default.fileExists(atPath: path) { return }
    let isAllowed = url.lowercased().hasPrefix("https:") || services.contains { !$0.isSecure }
    // A poster that cannot be downloaded must not stop the following films.
    guard isAllowed, let response = try? client.send(WebRequest(url), limit: Self.largestPoster),
      response.status == 200, Self.isImage(response.body)
    else {
      outcome.postersMissing += 1
      return
    }
    try Self.write(Data(response.body), to: path)
    outcome.posters += 1
  }

  /// JPEG or PNG, regardless of the server's content type.
  private static func isImage(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: [0xff, 0xd8, 0xff]) || bytes.starts(with: [0x89, 0x50, 0x4e, 0x47])
  }
}
