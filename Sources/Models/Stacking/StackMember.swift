import Ratings

/// A model whose predictions another model builds on.
struct StackMember: Sendable {
  let type: any Recommender.Type
  var overrides: [String: Double] = [:]

  /// The member of that name among the base models.
  init?(_ name: String, overrides: [String: Double] = [:]) {
    guard let type = Self.type(named: name) else { return nil }
    self.type = type
    self.overrides = overrides
  }

  var name: String { type.descriptor.name }

  func fit(_ training: TrainingSet, context: FitContext) throws -> any Recommender {
    try type.fit(training, settings: ModelSettings(type.descriptor, overrides: overrides), context: context)
  }

  func fitTwice(part: TrainingSet, whole: TrainingSet, context: FitContext) throws -> FittedTwice {
    try type.fitTwice(
      part: part, whole: whole, settings: ModelSettings(type.descriptor, overrides: overrides), context: context,
      others: [:])
  }

  /// The stars model of that name, unless it is a stack itself: stacks do not nest.
  static func type(named name: String) -> (any Recommender.Type)? {
    BaseModels.stars.first { $0.descriptor.name == name }
  }
}
