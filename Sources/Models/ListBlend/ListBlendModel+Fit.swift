import LinearAlgebra
public import Ratings

extension ListBlendModel {
  /// Fits the members to a part of `training`, chooses the weights on the rest, and fits the members that have a weight
  /// to all of it.
  ///
  /// - Complexity: twice what the members take, and O(validation users x movies x members).
  public static func fit(
    _ training: TrainingSet, settings: ModelSettings, context: FitContext
  ) throws -> ListBlendModel {
    let kinds = ListBlendMember.kinds.indices.filter {
      let kind = ListBlendMember.kinds[$0]
      return settings[kind.type.descriptor.name] == 1 && kind.suits(training)
    }
    let fitAll = { (kinds: [Int], training: TrainingSet) throws -> [any Recommender] in
      var models: [any Recommender] = []
      for kind in kinds {
        let kind = ListBlendMember.kinds[kind]
        let settings = try ModelSettings(kind.type.descriptor, overrides: kind.overrides)
        models.append(try kind.type.fit(training, settings: settings, context: context))
      }
      return models
    }
    var weights = [Float](repeating: 1 / Float(max(1, kinds.count)), count: kinds.count)
    if kinds.count > 1 {
      let split = Dataset(
        users: training.users, movies: training.movies, ratings: training.table, scale: training.scale
      ).holdoutPerUser(fraction: settings["validation-fraction"], seed: context.seed)
      let part = training.replacingRatings(split.training)
      let trial = ListBlendTrial(
        models: try fitAll(kinds, part), training: part, test: split.test,
        userLimit: Int(settings["validation-users"]), context: context)
      weights = trial.bestWeights(threads: context.threads)
    }
    let chosen = kinds.indices.filter { weights[$0] > 0 }
    let models = try fitAll(chosen.map { kinds[$0] }, training)
    return ListBlendModel(
      members: zip(chosen, models).map { ListBlendMember(kind: kinds[$0], model: $1, weight: weights[$0]) },
      movieCount: training.movieCount)
  }
}
