import LinearAlgebra
public import Ratings

extension ListBlendModel {
  /// Groups of users whose held-out ratings do not take part in their own weights.
  private static let groupCount = 2

  /// Fits the members to a part of `training`, chooses the weights on the rest, and fits the members that have a weight
  /// to all of it.
  ///
  /// - Complexity: twice what the members take, and O(validation users x movies x members).
  public static func fit(
    _ training: TrainingSet, settings: ModelSettings, context: FitContext
  ) throws -> ListBlendModel {
    let kinds = kinds(settings, training: training)
    var weights = startingWeights(kinds)
    if kinds.count > 1 {
      let split = Dataset(
        users: training.users, movies: training.movies, ratings: training.table, scale: training.scale
      ).holdoutPerUser(fraction: settings["validation-fraction"], seed: context.seed)
      let part = training.replacingRatings(split.training)
      let trial = ListBlendTrial(
        models: try models(kinds, fittedTo: part, settings: settings, context: context), training: part,
        test: split.test,
        userLimit: Int(settings["validation-users"]), context: context)
      weights = trial.bestWeights(from: weights, threads: context.threads)
    }
    let chosen = kinds.indices.filter { weights[$0] > 0 }
    return ListBlendModel(
      kinds: chosen.map { kinds[$0] },
      models: try models(chosen.map { kinds[$0] }, fittedTo: training, settings: settings, context: context),
      weights: [chosen.map { weights[$0] }], movieCount: training.movieCount)
  }

  /// The weights of the full model come from all ratings that are not in `part`. The model of the part has two
  /// sets of them: users of one half get the weights that the other half's held-out ratings chose, so that no rating
  /// affects the weights of its own ranking.
  ///
  /// - Complexity: twice what the members take, and O(validation users x movies x members).
  public static func fitHoldoutAndFull(
    part: TrainingSet, whole: TrainingSet, settings: ModelSettings, context: FitContext,
    others: [String: HoldoutAndFullFit]
  ) throws -> HoldoutAndFullFit {
    let kinds = kinds(settings, training: whole)
    let partModels = try models(kinds, fittedTo: part, settings: settings, context: context) {
      others[$0]?.part(by: $1)
    }
    let trial = ListBlendTrial(
      models: partModels, training: part, test: part.missing(from: whole),
      userLimit: Int(settings["validation-users"]), context: context)
    let start = startingWeights(kinds)
    let weights = trial.bestWeights(from: start, threads: context.threads)
    let crossed = (0..<groupCount).map { group in
      trial.keeping { UserGroups.group(ofUser: $0, count: groupCount) != group }
        .bestWeights(from: start, threads: context.threads)
    }
    let chosen = kinds.indices.filter { weights[$0] > 0 }
    return HoldoutAndFullFit(
      part: ListBlendModel(kinds: kinds, models: partModels, weights: crossed, movieCount: part.movieCount),
      whole: ListBlendModel(
        kinds: chosen.map { kinds[$0] },
        models: try models(
          chosen.map { kinds[$0] }, fittedTo: whole, asChosenBy: chosen.map { partModels[$0] }, settings: settings,
          context: context
        ) {
          others[$0]?.whole(by: $1)
        },
        weights: [chosen.map { weights[$0] }], movieCount: whole.movieCount))
  }

  /// The kinds that the settings name and that suit the size of the data.
  private static func kinds(_ settings: ModelSettings, training: TrainingSet) -> [Int] {
    ListBlendMember.kinds.indices.filter {
      let kind = ListBlendMember.kinds[$0]
      return settings[kind.type.descriptor.name] == 1 && kind.isPractical(for: training)
    }
  }

  /// Half each for the two best single models on every size of data, EASE and iALS; if neither takes part, equal weights
  /// for all.
  private static func startingWeights(_ kinds: [Int]) -> [Float] {
    let isStrong = kinds.map {
      let type = ListBlendMember.kinds[$0].type
      return type == EaseModel.self || type == ImplicitALSModel.self
    }
    let chosen = isStrong.contains(true) ? isStrong : isStrong.map { _ in true }
    let share = 1 / Float(max(1, chosen.reduce(0) { $1 ? $0 + 1 : $0 }))
    return chosen.map { $0 ? share : 0 }
  }

  /// - Parameters:
  ///   - parts: the same models fitted to a part of the ratings, whose chosen settings these take; empty for none.
  ///   - known: returns a model of that name that is already fitted with those settings.
  private static func models(
    _ kinds: [Int], fittedTo training: TrainingSet, asChosenBy parts: [any Recommender] = [],
    settings: ModelSettings, context: FitContext,
    known: (_ name: String, _ settings: ModelSettings) -> (any Recommender)? = { _, _ in nil }
  ) throws -> [any Recommender] {
    try kinds.enumerated().map { place, number in
      let type = ListBlendMember.kinds[number].type
      // A member that uses sessions follows the blend's setting.
      var overrides: [String: Double] = [:]
      if let own = type.descriptor.setting(.sessions), let shared = descriptor.setting(.sessions) {
        overrides[own.name] = settings[shared.name]
      }
      let own = try ModelSettings(type.descriptor, overrides: overrides)
      if let model = known(type.descriptor.name, own) { return model }
      guard parts.indices.contains(place) else { return try type.fit(training, settings: own, context: context) }
      return try type.fit(training, settings: own, asChosenBy: parts[place], context: context)
    }
  }

  private init(kinds: [Int], models: [any Recommender], weights: [[Float]], movieCount: Int) {
    self.init(
      members: zip(kinds, models).map { ListBlendMember(kind: $0, model: $1) }, weights: weights,
      movieCount: movieCount)
  }
}

extension HoldoutAndFullFit {
  fileprivate func part(by settings: ModelSettings) -> (any Recommender)? { self.settings == settings ? part : nil }
  fileprivate func whole(by settings: ModelSettings) -> (any Recommender)? { self.settings == settings ? whole : nil }
}
