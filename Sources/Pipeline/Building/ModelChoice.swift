import Models

/// Which models a build trains, and what each is for.
struct ModelChoice: Sendable {
  /// Models that predict stars, in the order in which they were named.
  let stars: [any Recommender.Type]
  /// Models that make lists, the site's first choice first.
  let lists: [any Recommender.Type]

  /// Models whose similar movies are shown, the best at it first.
  static let similarityOrder = ["item-neighbours", "ease", "als"]

  /// Models that show what is similar by the other measure, audience or taste, the best at it first.
  static let otherSimilarityOrder = [
    "ease", "list-neighbours", "slim", "rp3beta", "ials", "list-blend", "item-neighbours", "als", "bayesian", "svdpp",
    "sgd", "blend",
  ]

  /// The models of those names. Where no stars model or no lists model is among them, the quality's own come in:
  /// a page always shows both.
  ///
  /// - Throws: `ModelError.unknownModel`.
  init(names: [String], quality: Quality) throws {
    let named = try names.map { try ModelCatalogue.model(named: $0) }
    let standard = try quality.models.map { try ModelCatalogue.model(named: $0) }
    let chosen = { (job: ModelDescriptor.Job) in
      let own = named.filter { $0.descriptor.job == job }
      return own.isEmpty ? standard.filter { $0.descriptor.job == job } : own
    }
    stars = chosen(.stars)
    // A list that answers to the user comes before one that is the same for everybody.
    lists =
      chosen(.lists).filter { $0.descriptor.name != "popularity" }
      + chosen(.lists).filter { $0.descriptor.name == "popularity" }
  }

  var all: [any Recommender.Type] { stars + lists }
}
