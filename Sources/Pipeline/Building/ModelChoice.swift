import Models

/// Which models a build trains, and what each is for.
struct ModelChoice: Sendable {
  /// Models that predict stars, in the order in which they were named, blends last.
  let stars: [any Recommender.Type]
  /// Models that make lists, the site's first choice first.
  let lists: [any Recommender.Type]

  /// Models whose similar movies are shown, the best at it first.
  static let similarityOrder = ["item-neighbours", "ease", "als"]

  /// Whether the lists are those of the quality, and not named.
  private let hasStandardLists: Bool

  /// The largest side of a matrix that a build inverts unless told to.
  static let largestInverse = 20_000

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
    hasStandardLists = !named.contains { $0.descriptor.job == .lists }
    // Blends are made of the models before them.
    stars =
      chosen(.stars).filter { $0.descriptor.name != "blend" } + chosen(.stars).filter { $0.descriptor.name == "blend" }
    // A list that answers to the user comes before one that is the same for everybody.
    lists =
      chosen(.lists).filter { $0.descriptor.name != "popularity" }
      + chosen(.lists).filter { $0.descriptor.name == "popularity" }
  }

  private init(stars: [any Recommender.Type], lists: [any Recommender.Type]) {
    self.stars = stars
    self.lists = lists
    hasStandardLists = true
  }

  /// The same for data of that size: where nobody named the lists, `ease`, whose time grows with the third power of the
  /// smaller side and its memory with the second, gives way to `ials` beyond `largestInverse`.
  func suited(users: Int, movies: Int) throws -> ModelChoice {
    guard hasStandardLists, min(users, movies) > Self.largestInverse else { return self }
    let factors = try ModelCatalogue.model(named: "ials")
    let others = lists.filter { !["ease", "ials"].contains($0.descriptor.name) }
    return ModelChoice(stars: stars, lists: [factors] + others)
  }

  var all: [any Recommender.Type] { stars + lists }
}
