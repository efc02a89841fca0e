package import Models
package import Settings

/// Which models a build trains, and what each is for.
package struct ModelChoice: Sendable {
  /// Models that predict stars, in the order in which they were named, blends last.
  package let stars: [any Recommender.Type]
  /// Models that make lists, the site's first choice first.
  package let lists: [any Recommender.Type]
  /// Whether the lists are the quality's own, as nobody named any.
  let listsAreStandard: Bool
  /// Whether nobody named a model.
  private let namesNone: Bool
  private let quality: Quality

  /// Models whose similar movies are shown, the best at it first.
  package static let similarityOrder = ["item-neighbours", "ease", "als"]

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
    namesNone = names.isEmpty
    let named = try names.map { try ModelCatalogue.model(named: $0) }
    let standard = try quality.models.map { try ModelCatalogue.model(named: $0) }
    let chosen = { (job: ModelDescriptor.Job) in
      let own = named.filter { $0.descriptor.job == job }
      return own.isEmpty ? standard.filter { $0.descriptor.job == job } : own
    }
    // Blends are made of the models before them.
    stars =
      chosen(.stars).filter { !$0.descriptor.traits.contains(.blend) }
      + chosen(.stars).filter { $0.descriptor.traits.contains(.blend) }
    self.quality = quality
    listsAreStandard = !named.contains { $0.descriptor.job == .lists }
    // A list that answers to the user comes before one that is the same for everybody.
    lists =
      chosen(.lists).filter { !$0.descriptor.traits.contains(.sameForAll) }
      + chosen(.lists).filter { $0.descriptor.traits.contains(.sameForAll) }
  }

  private init(
    stars: [any Recommender.Type], lists: [any Recommender.Type], listsAreStandard: Bool, namesNone: Bool,
    quality: Quality
  ) {
    self.quality = quality
    self.namesNone = namesNone
    self.stars = stars
    self.lists = lists
    self.listsAreStandard = listsAreStandard
  }

  /// The same choice for data of this size: iALS instead of an EASE that nobody chose and that is too large for them, and
  /// where the memory is short the fewer models of a quick build.
  ///
  /// - Parameter memory: bytes that this process may have.
  /// - Throws: `PipelineError.tooLittleMemory` where what somebody named does not fit, or nothing does.
  package func suited(_ size: ModelMemory.Size, memory: Int) throws -> ModelChoice {
    let alternatives = [self, withoutEase, namesNone ? quick : nil, namesNone ? quick?.withoutEase : nil].compactMap {
      $0
    }
    let suitable = alternatives.filter { choice in
      !choice.listsAreStandard || !choice.lists.contains { $0 == EaseModel.self }
        || quality.suitsEase(userCount: size.users, movieCount: size.movies, ratingCount: size.ratings)
    }
    if let fitting = suitable.first(where: { $0.bytes(size) <= memory }) { return fitting }
    let last = suitable.last ?? self
    let largest = last.all.max {
      $0.descriptor.memory.bytes(size) < $1.descriptor.memory.bytes(size)
    }
    throw PipelineError.tooLittleMemory(
      model: largest?.descriptor.name ?? "", needed: last.bytes(size), there: memory)
  }

  /// What a build with these models takes at its highest, estimated.
  package func bytes(_ size: ModelMemory.Size) -> Int {
    ModelMemory.bytes(ofBuildWith: all.map { $0.descriptor.memory }, size)
  }

  /// iALS instead of an EASE that nobody chose, and no blend that contains one; nil if somebody chose it.
  private var withoutEase: ModelChoice? {
    guard listsAreStandard, lists.contains(where: { $0 == EaseModel.self }) else { return nil }
    return with(lists: lists.map { $0 == EaseModel.self ? ImplicitALSModel.self : $0 })
  }

  /// The models of a quick build; nil where this is one.
  private var quick: ModelChoice? { quality == .quick ? nil : try? ModelChoice(names: [], quality: .quick) }

  /// The same with iALS among the lists, whose films' factors may come from elsewhere.
  var withImplicitFactors: ModelChoice {
    lists.contains { $0 == ImplicitALSModel.self } ? self : with(lists: lists + [ImplicitALSModel.self])
  }

  private func with(lists: [any Recommender.Type]) -> ModelChoice {
    ModelChoice(
      stars: stars, lists: lists, listsAreStandard: listsAreStandard, namesNone: namesNone, quality: quality)
  }

  package var all: [any Recommender.Type] { stars + lists }
}
