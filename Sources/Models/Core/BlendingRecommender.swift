public import Ratings

/// A model that is made of other models (`ModelDescriptor.Traits.blend`): models that are already fitted are reused.
public protocol BlendingRecommender: Recommender {
  /// Fits to `part` and to `whole`; the model of the part never sees the rest.
  ///
  /// - Parameter others: models already fitted in this way, by name.
  static func fitHoldoutAndFull(
    part: TrainingSet, whole: TrainingSet, settings: ModelSettings, context: FitContext,
    others: [String: HoldoutAndFullFit]
  ) throws -> HoldoutAndFullFit
}

/// A model fitted to a part of the ratings and to all of them.
public struct HoldoutAndFullFit: Sendable {
  /// Fitted to the ratings that no holdout has.
  public let part: any Recommender
  /// Fitted to all ratings.
  public let whole: any Recommender
  /// Its settings; nil for defaults.
  public var settings: ModelSettings?

  /// Two fits of the same model with the same settings.
  public init(part: any Recommender, whole: any Recommender, settings: ModelSettings? = nil) {
    self.part = part
    self.whole = whole
    self.settings = settings
  }
}

extension Recommender {
  /// Fits to `part`, to be measured on the holdout, and to `whole`, to be used; a blend reuses its members among `others`.
  public static func fittedHoldoutAndFull(
    part: TrainingSet, whole: TrainingSet, settings: ModelSettings, context: FitContext,
    others: [String: HoldoutAndFullFit] = [:]
  ) throws -> HoldoutAndFullFit {
    if let type = self as? any BlendingRecommender.Type {
      return try type.fitHoldoutAndFull(part: part, whole: whole, settings: settings, context: context, others: others)
    }
    let first = try fittedPart(part, of: whole.ratingCount, settings: settings, context: context)
    return HoldoutAndFullFit(part: first.model, whole: try first.fit(whole))
  }
}
