import ArgumentParser
import FilmFacts
import Web
import Workbench

struct EnrichCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "enrich",
    abstract: "Fetches posters, directors, genres and critics' scores of the site's films from TMDb and OMDb.",
    discussion: """
      You need your own keys: TMDB_API_KEY from themoviedb.org, OMDB_API_KEY from omdbapi.com. Responses are cached, so a
      second run requests only what is new, and an interrupted run can be continued. Posters go to content/posters/; facts and
      critics' scores go to content/facts/, a separate data set: add it under `data` in site.yaml, and Metacritic and
      Rotten Tomatoes become two more users, which helps with new films (cold start).

      EXAMPLES
        TMDB_API_KEY=… marquee enrich
        OMDB_API_KEY=… marquee enrich --limit 900 --no-posters
      """)

  @Option(name: .long, help: "The site folder.")
  var site: String = "."

  @Option(name: .long, help: "The most films to look up; OMDb's free key allows 1,000 a day.")
  var limit: Int = .max

  @Flag(name: .long, inversion: .prefixedNo, help: "Fetch posters.")
  var posters = true

  func run() throws {
    let enrichment = try SiteEnrichment(site: site)
    for service in enrichment.services { Console.note("\(service.name): \(service.terms)") }
    let bar = ProgressBar()
    defer { bar.clear() }
    let outcome = try enrichment.run(client: .marquee, limit: limit, posters: posters) { done, count in
      bar.show("films", Double(done) / Double(max(1, count)))
    }
    bar.clear()
    Console.write(enrichment.words(outcome))
  }
}
