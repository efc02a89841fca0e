public import Ratings

/// A model with warm starts: a fit to all ratings that starts from a fit to most of them saves time.
public protocol WarmStartingRecommender: Recommender {
  /// The state of training.
  associatedtype Learned

  /// Fits to a part of `ratingCount` ratings, to be measured on the rest.
  static func fitPart(
    _ part: TrainingSet, of ratingCount: Int, settings: ModelSettings, context: FitContext
  ) throws -> (model: Self, learned: Learned)

  /// Fits to `whole`: the same users and movies, the ratings of the part and more.
  static func fit(
    _ whole: TrainingSet, from learned: Learned, settings: ModelSettings, context: FitContext
  ) throws -> Self
}

/// A model that chooses settings that nobody gave on its training data.
public protocol SelfTuningRecommender: Recommender {
  /// The values that the model chose or was given.
  var chosenSettings: [String: Double] { get }

  /// Fits with these settings as they are.
  static func fit(_ training: TrainingSet, exactly settings: ModelSettings, context: FitContext) throws -> Self
}

/// A model fitted to a part of the ratings, and the function that fits the same model to all of them.
public struct FittedPart {
  /// Fitted to the part.
  public let model: any Recommender
  private let finish: (TrainingSet) throws -> any Recommender

  fileprivate init(_ model: any Recommender, finish: @escaping (TrainingSet) throws -> any Recommender) {
    self.model = model
    self.finish = finish
  }

  /// Fits to `whole`: the same users and movies, the ratings of the part and more.
  public func fit(_ whole: TrainingSet) throws -> any Recommender { try finish(whole) }
}

extension Recommender {
  /// Fits to a part of `ratingCount` ratings, to be measured on the rest, and keeps what a fit to all of them can start
  /// with: what was learned, or the settings that were chosen.
  public static func fittedPart(
    _ part: TrainingSet, of ratingCount: Int, settings: ModelSettings, context: FitContext
  ) throws -> FittedPart {
    if let type = self as? any WarmStartingRecommender.Type {
      return try type.warmPart(part, of: ratingCount, settings: settings, context: context)
    }
    let model = try fit(part, settings: settings, context: context)
    return FittedPart(model) { try fit($0, settings: settings, asChosenBy: model, context: context) }
  }

  /// Fits with the settings that `model`, which is of the same kind, chose on a part of the ratings.
  package static func fit(
    _ whole: TrainingSet, settings: ModelSettings, asChosenBy model: any Recommender, context: FitContext
  ) throws -> any Recommender {
    guard let model = model as? any SelfTuningRecommender else {
      return try fit(whole, settings: settings, context: context)
    }
    return try type(of: model).fit(whole, exactly: settings.choosing(model.chosenSettings), context: context)
  }
}

extension WarmStartingRecommender {
  fileprivate static func warmPart(
    _ part: TrainingSet, of ratingCount: Int, settings: ModelSettings, context: FitContext
  ) throws -> FittedPart {
    let (model, learned) = try fitPart(part, of: ratingCount, settings: settings, context: context)
    return FittedPart(model) { try fit($0, from: learned, settings: settings, context: context) }
  }
}
