public import BinaryFiles
import LinearAlgebra
import Ratings

extension ImplicitALSModel {
  /// The candidates for unset settings: the usual weight of unobserved entries for the catalogue's size, and a
  /// third and three times as much of it, with regularization of two strengths.
  private static let candidates: [(weight: Double, regularization: Double)] = [
    (1, 8), (3.2, 8), (0.3, 8), (1, 3), (3.2, 3), (0.3, 3),
  ]
  static let chosenNames = ["unobserved-weight", "regularization"]
  private static let trialFactors = 64.0
  private static let trialSweeps = 8.0

  /// `settings` with the values that make the best lists on a part of `training` by a factorization with fewer sweeps, for those that
  /// are unset: a function of data and seed only.
  ///
  /// - Complexity: six factorizations of at most `ListTrial.mostUsers` users with 64 factors.
  static func choosing(
    _ settings: ModelSettings, for training: TrainingSet, context: FitContext
  ) throws -> ModelSettings {
    guard chosenNames.contains(where: { !settings.isGiven($0) }) else { return settings }
    let trial = ListTrial(training, seed: context.seed)
    let usual = ImplicitWeights(settings, movieCount: training.movieCount).unobserved
    let candidates = candidates.map { candidate in
      settings.choosing([
        "unobserved-weight": min(10, Double(usual) * candidate.weight), "regularization": candidate.regularization,
      ])
    }
    return try trial.best(of: candidates, threads: context.threads) { candidate in
      var values: [String: Double] = [:]
      for (name, value) in candidate.all { values[name] = value }
      values["factors"] = min(trialFactors, candidate["factors"])
      values["sweeps"] = min(trialSweeps, candidate["sweeps"])
      return fit(trial.training, exactly: try ModelSettings(descriptor, overrides: values), context: context)
    }
  }

  /// The chosen values, for reports.
  static func chosen(_ settings: ModelSettings) -> [String: Double] {
    Dictionary(uniqueKeysWithValues: chosenNames.map { ($0, settings[$0]) })
  }

  public func save(to writer: inout BinaryWriter) {
    for name in Self.chosenNames { writer.write(chosenSettings[name] ?? 0) }
    factors.save(to: &writer)
  }

  public init(from reader: inout BinaryReader) throws(BinaryFileError) {
    var chosen: [String: Double] = [:]
    for name in Self.chosenNames { chosen[name] = try reader.read(Double.self) }
    self.init(factors: try ListFactors(from: &reader), chosenSettings: chosen)
  }
}
