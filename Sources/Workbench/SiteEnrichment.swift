package import FilmFacts
import Ratings
import Settings
import Store
package import Web

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Asks film services about the films of a site.
package struct SiteEnrichment: Sendable {
  /// Those whose keys are set.
  package let services: [any FilmService]
  let folder: SiteFolder

  /// - Throws: `SettingsError` where there is no built site, `FilmFactsError.noKey` without a key.
  package init(site: String) throws {
    folder = SiteFolder(site)
    let environment = ProcessInfo.processInfo.environment
    var services: [any FilmService] = []
    // The addresses can be set for a mirror or a proxy that holds the key.
    if let key = environment["TMDB_API_KEY"], !key.isEmpty {
      let base = environment["TMDB_API_URL"] ?? "https://api.themoviedb.org/3"
      let images = environment["TMDB_IMAGE_URL"] ?? "https://image.tmdb.org/t/p"
      services.append(TMDbService(key: key, base: base, images: images))
    }
    if let key = environment["OMDB_API_KEY"], !key.isEmpty {
      services.append(OMDbService(key: key, base: environment["OMDB_API_URL"] ?? "https://www.omdbapi.com/"))
    }
    if services.isEmpty { throw FilmFactsError.noKey }
    self.services = services
  }

  /// Asks, the most rated films first, and writes `content/facts/` and `content/posters/`.
  package func run(
    client: WebClient, limit: Int, posters: Bool, progress: (_ done: Int, _ of: Int) -> Void
  ) throws -> Enrichment.Outcome {
    guard RatingStore.isDatabase(folder.database) else { throw SettingsError.notBuilt(folder: folder.path) }
    let dataset = try RatingStore(path: folder.database).dataset()
    var counts = [Int](repeating: 0, count: dataset.movies.count)
    for movie in dataset.ratings.movies { counts[Int(movie)] += 1 }
    let order = counts.indices.sorted { (counts[$1], $0) < (counts[$0], $1) }
    let enrichment = try Enrichment(
      cache: folder.state + "/facts", output: folder.content + "/facts",
      posters: posters ? folder.content + "/posters" : nil, services: services, client: client)
    return try enrichment.run(on: order.map { dataset.movies[$0] }, scale: dataset.scale, limit: limit) {
      progress($0, order.count)
    }
  }

  /// What was found out, in lines.
  package func words(_ outcome: Enrichment.Outcome) -> String {
    var lines = ["\(outcome.asked) asked, \(outcome.fromCache) known from before, \(outcome.unknown) without facts"]
    if outcome.renewed > 0 {
      lines.append("\(outcome.renewed) of those asked were kept by an earlier Marquee, without runtime and language")
    }
    if outcome.outdated > 0 {
      lines.append("\(outcome.outdated) of those known are without runtime and language: run it again to ask for them")
    }
    if outcome.oddAnswers > 0 {
      lines.append("\(outcome.oddAnswers) answers were not as documented: those films are asked about again next time")
    }
    if outcome.posters + outcome.postersMissing > 0 {
      lines.append("\(outcome.posters) posters fetched, \(outcome.postersMissing) not to be had")
    }
    if let service = outcome.limitedBy { lines.append("\(service): today's requests are used up; go on tomorrow") }
    lines.append("\(folder.content)/facts: add “facts” to `data` in site.yaml to build with it")
    return lines.joined(separator: "\n") + "\n"
  }
}
