import ArgumentParser
import FilmFacts
import Pipeline
import Web

struct EnrichCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "enrich",
    abstract: "Asks TMDb and OMDb about the site's films: posters, directors, genres, critics' scores.",
    discussion: """
      Your own key is needed: TMDB_API_KEY from themoviedb.org, OMDB_API_KEY from omdbapi.com. Answers are kept, so a
      second run asks only what is new, and a run that ends early is gone on with. Posters go to content/posters/; facts and
      critics' scores to content/facts/, a data set of its own: name it under `data` in site.yaml and Metacritic and
      Rotten Tomatoes become two more raters, so that a new film has a start.

      EXAMPLES
        TMDB_API_KEY=… marquee enrich
        OMDB_API_KEY=… marquee enrich --limit 900 --no-posters
      """)

  @Option(name: .long, help: "The site's folder.")
  var site: String = "."

  @Option(name: .long, help: "Ask about so many films at most; OMDb's free key has 1,000 a day.")
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
