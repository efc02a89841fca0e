public import Ratings

/// A model that is made of other models (`ModelDescriptor.Traits.blend`): where they were fitted already, it takes them over.
public protocol BlendingRecommender: Recommender {
  /// Fits to `part` and to `whole`; the model of the part never sees the rest.
  ///
  /// - Parameter others: models that were fitted so already, by name.
  static func fitTwice(
    part: TrainingSet, whole: TrainingSet, settings: ModelSettings, context: FitContext, others: [String: FittedTwice]
  ) throws -> FittedTwice
}

/// A model fitted to a part of the ratings and to all of them.
public struct FittedTwice: Sendable {
  public let part: any Recommender
  public let whole: any Recommender
  /// What it was fitted with; nil where nobody said.
  public var settings: ModelSettings?

  public init(part: any Recommender, whole: any Recommender, settings: ModelSettings? = nil) {
    self.part = part
    self.whole = whole
    self.settings = settings
  }
}

extension Recommender {
  /// Fits to `part`, to be measured on what it lacks, and to `whole`, to be used; a blend takes over its members among `others`.
  public static func fittedTwice(
    part: TrainingSet, whole: TrainingSet, settings: ModelSettings, context: FitContext,
    others: [String: FittedTwice] = [:]
  ) throws -> FittedTwice {
    if let type = self as? any BlendingRecommender.Type {
      return try type.fitTwice(part: part, whole: whole, settings: settings, context: context, others: others)
    }
    let first = try fittedPart(part, of: whole.ratingCount, settings: settings, context: context)
    return FittedTwice(part: first.model, whole: try first.fit(whole))
  }
}
