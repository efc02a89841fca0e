public import BinaryFiles
import LinearAlgebra
import Ratings

extension ImplicitALSModel {
  /// Weights of what is not liked that are tried: some by the size of the catalogue, and some that hold for any, because dense
  /// ratings want more than their size tells.
  private static let relativeWeights = [1, 3.2, 0.3]
  private static let weights = [0.1, 0.3]
  /// Weights as near as that to one that is tried already tell nothing new.
  private static let leastRatio = 1.2
  private static let regularizations = [3.0, 20]
  /// More factors than the usual ones, the fewest first; each is tried where the one before was better.
  private static let factorCounts = [128.0, 192]
  /// Beyond so many ratings a factorization with more factors takes too long for what it gains.
  private static let mostRatingsForFactors = 3_000_000
  static let chosenNames = ["unobserved-weight", "regularization", "factors"]
  private static let trialFactors = 64.0
  private static let trialSweeps = 8.0

  /// `settings` with the values that make the best lists on a part of `training` by a factorization of fewer sweeps, for those that
  /// nobody gave: first the weight of what is not liked, then the regularization, then the number of factors. A function of data
  /// and seed alone.
  ///
  /// - Complexity: nine factorizations at most of `ListTrial.Sample.mostRatings` ratings, two of them with more than 64 factors.
  static func choosing(
    _ settings: ModelSettings, for training: TrainingSet, context: FitContext
  ) throws -> ModelSettings {
    guard chosenNames.contains(where: { !settings.isGiven($0) }) else { return settings }
    let trial = ListTrial(training, sample: .ratings, seed: context.seed)
    let usual = Double(ImplicitWeights(settings, movieCount: training.movieCount).unobserved)
    let start = settings.choosing(["unobserved-weight": usual])
    guard !trial.isEmpty else { return start }
    let fit = { (candidate: ModelSettings) -> any Recommender in
      let factors = candidate["factors"]
      return Self.fit(
        trial.training,
        exactly: candidate.replacing([
          "factors": factors > settings["factors"] ? factors : min(trialFactors, factors),
          "sweeps": min(trialSweeps, candidate["sweeps"]),
        ]), context: context)
    }
    var best = trial.measured(start, threads: context.threads, fit: fit)
    func tryOut(_ name: String, _ values: [Double]) {
      guard !settings.isGiven(name) else { return }
      best = trial.better(
        than: best, among: values.map { best.settings.choosing([name: $0]) }, threads: context.threads, fit: fit)
    }
    tryOut("unobserved-weight", weights(besides: usual))
    tryOut("regularization", regularizations)
    guard training.ratingCount <= mostRatingsForFactors else { return best.settings }
    for count in factorCounts where count > best.settings["factors"] {
      tryOut("factors", [count])
      guard best.settings["factors"] == count else { break }
    }
    return best.settings
  }

  /// The weights to try where `usual` stands.
  private static func weights(besides usual: Double) -> [Double] {
    var tried = [usual]
    for weight in relativeWeights.map({ min(10, usual * $0) }) + weights
    where tried.allSatisfy({ max(weight / $0, $0 / weight) > leastRatio }) {
      tried.append(weight)
    }
    return Array(tried.dropFirst())
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
