import LinearAlgebra
import Ratings

extension EaseModel {
  /// The candidates for unset settings: the defaults, which suit dense ratings, and the plain closed form, with
  /// features and without, which suits sparse ones.
  private static let candidates: [[String: Double]] = [
    [:],
    ["lambda": 300, "popularity-regularization": 0, "user-scaling": 0, "feature-weight": 2],
    ["lambda": 100, "popularity-regularization": 0, "user-scaling": 0, "feature-weight": 0],
    ["lambda": 200, "popularity-regularization": 1, "user-scaling": 0.25, "feature-weight": 2],
    ["lambda": 200, "popularity-regularization": 10, "user-scaling": 0.25, "feature-weight": 2],
  ]
  static let chosenNames = ["lambda", "popularity-regularization", "user-scaling", "feature-weight"]

  /// `settings` with the values that make the best lists on a part of `training`, for unset ones: a function of
  /// data and seed only.
  ///
  /// - Complexity: five fits with at most `ListTrial.mostUsers` users or movies, and lists of at most
  ///   `ListTrial.mostJudged` users.
  static func choosing(
    _ settings: ModelSettings, for training: TrainingSet, context: FitContext
  ) throws -> ModelSettings {
    guard chosenNames.contains(where: { !settings.isGiven($0) }) else { return settings }
    let trial = ListTrial(training, sample: .knownFilms, seed: context.seed)
    let candidates = Self.candidates.map { settings.choosing($0) }
    return try trial.best(of: candidates, threads: context.threads) { candidate in
      fit(
        trial.training, settings: try candidate.scaled(toShare: trial.share), context: context,
        largestSide: ListTrial.mostUsers)
    }
  }

  /// The chosen values, for reports.
  static func chosen(_ settings: ModelSettings) -> [String: Double] {
    Dictionary(uniqueKeysWithValues: chosenNames.map { ($0, settings[$0]) })
  }
}

extension ModelSettings {
  /// The same for a part of the users: regularization counts against sums over users.
  fileprivate func scaled(toShare share: Double) throws(ModelError) -> ModelSettings {
    guard share < 1 else { return self }
    var values: [String: Double] = [:]
    for (name, value) in all { values[name] = value }
    values["lambda"] = max(1, self["lambda"] * share)
    values["feature-weight"] = self["feature-weight"] * share.squareRoot()
    return try ModelSettings(EaseModel.descriptor, overrides: values)
  }
}
