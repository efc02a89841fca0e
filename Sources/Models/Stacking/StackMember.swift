import Ratings

/// A model whose predictions another model builds on.
struct StackMember: Sendable {
  let type: any RatingPredictor.Type
  var overrides: [String: Double] = [:]

  /// The member of that name among the base models.
  init?(_ name: String, overrides: [String: Double] = [:]) {
    guard let type = Self.type(named: name) else { return nil }
    self.type = type
    self.overrides = overrides
  }

  var name: String { type.descriptor.name }

  func fit(_ training: TrainingSet, context: FitContext) throws -> any RatingPredictor {
    try type.fit(training, settings: ModelSettings(type.descriptor, overrides: overrides), context: context)
  }

  /// The member as it was fitted already, where it is among `others`; otherwise it is fitted here.
  func fitHoldoutAndFull(
    part: TrainingSet, whole: TrainingSet, context: FitContext, others: [String: HoldoutAndFullFit] = [:]
  ) throws -> FittedMember {
    if let known = others[name].flatMap(FittedMember.init) { return known }
    let fitted = try type.fittedHoldoutAndFull(
      part: part, whole: whole, settings: ModelSettings(type.descriptor, overrides: overrides), context: context)
    guard let member = FittedMember(fitted) else { preconditionFailure("\(name) predicts ratings") }
    return member
  }

  /// The stars model of that name, unless it is a stack itself: stacks do not nest.
  static func type(named name: String) -> (any RatingPredictor.Type)? {
    BaseModels.stars.first { $0.descriptor.name == name }
  }
}

/// A member fitted to a part of the ratings and to all of them.
struct FittedMember: Sendable {
  let part: any RatingPredictor
  let whole: any RatingPredictor

  /// Nil for a model that predicts no ratings.
  init?(_ fitted: HoldoutAndFullFit) {
    guard let part = fitted.part as? any RatingPredictor, let whole = fitted.whole as? any RatingPredictor else {
      return nil
    }
    (self.part, self.whole) = (part, whole)
  }
}
