package import Models

/// Which models a build trains, and what each is for.
package struct ModelChoice: Sendable {
  /// Models that predict stars, in the order in which they were named, blends last.
  let stars: [any Recommender.Type]
  /// Models that make lists, the site's first choice first.
  let lists: [any Recommender.Type]
  /// Whether the lists are the quality's own, as nobody named any.
  let listsAreStandard: Bool
  private let quality: Quality

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
  package init(names: [String], quality: Quality) throws {
    let named = try names.map { try ModelCatalogue.model(named: $0) }
    let standard = try quality.models.map { try ModelCatalogue.model(named: $0) }
    let chosen = { (job: ModelDescriptor.Job) in
      let own = named.filter { $0.descriptor.job == job }
      return own.isEmpty ? standard.filter { $0.descriptor.job == job } : own
    }
    // Blends are made of the models before them.
    stars =
      chosen(.stars).filter { $0.descriptor.name != "blend" } + chosen(.stars).filter { $0.descriptor.name == "blend" }
    self.quality = quality
    listsAreStandard = !named.contains { $0.descriptor.job == .lists }
    // A list that answers to the user comes before one that is the same for everybody.
    lists =
      chosen(.lists).filter { $0.descriptor.name != "popularity" }
      + chosen(.lists).filter { $0.descriptor.name == "popularity" }
  }

  private init(
    stars: [any Recommender.Type], lists: [any Recommender.Type], listsAreStandard: Bool, quality: Quality
  ) {
    self.quality = quality
    self.stars = stars
    self.lists = lists
    self.listsAreStandard = listsAreStandard
  }

  /// The same choice for a data set of this size: iALS in the place of an EASE that nobody named and that does not suit
  /// it, or whose matrix does not fit.
  ///
  /// - Parameter memory: bytes that this process may have.
  /// - Throws: `PipelineError.tooLittleMemory` where somebody named EASE and it does not fit.
  package func suited(userCount: Int, movieCount: Int, ratingCount: Int, memory: Int) throws -> ModelChoice {
    guard lists.contains(where: { $0 == EaseModel.self }) else { return self }
    let needed = Self.bytesOfEase(userCount: userCount, movieCount: movieCount, ratingCount: ratingCount)
    if !listsAreStandard {
      if needed > memory { throw PipelineError.tooLittleMemory(model: "ease", needed: needed, there: memory) }
      return self
    }
    guard
      needed > memory
        || !quality.suitsEase(userCount: userCount, movieCount: movieCount, ratingCount: ratingCount)
    else { return self }
    return ModelChoice(
      stars: stars, lists: lists.map { $0 == EaseModel.self ? ImplicitALSModel.self : $0 }, listsAreStandard: true,
      quality: quality)
  }

  /// What a build with EASE takes: a matrix of the smaller side, a quarter of it beside, and the ratings.
  package static func bytesOfEase(userCount: Int, movieCount: Int, ratingCount: Int) -> Int {
    let side = min(userCount, movieCount)
    return 5 * side * side + 64 * ratingCount
  }

  package var all: [any Recommender.Type] { stars + lists }
}
