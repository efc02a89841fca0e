import BinaryFiles
import LinearAlgebra
import Models
import Ratings

/// The names of all models: arguments of the contract tests.
let allModels = ModelCatalogue.all.map { $0.descriptor.name }
let starModels = ModelCatalogue.all.map { $0.descriptor }.filter { $0.job == .stars }.map(\.name)
/// The models that learn what movies have in common.
let tasteModels = ModelCatalogue.all.map { $0.descriptor }.filter { !["baselines", "popularity"].contains($0.family) }
  .map(\.name)

extension Recommender {
  /// The movies' scores for one profile.
  func scores(_ profile: UserProfile) -> [Float] { scores([profile])[0] }

  /// One row for each profile. Memory starts out as NaN, so that a score that is not written shows.
  func scores(_ profiles: [UserProfile]) -> [[Float]] {
    var values = [Float](repeating: .nan, count: profiles.count * movieCount)
    values.withUnsafeMutableBufferPointer { score(profiles, into: $0) }
    return profiles.indices.map { Array(values[$0 * movieCount..<($0 + 1) * movieCount]) }
  }

  /// What models that explain nothing answer too: nothing.
  func reasons(for movie: Int, profile: UserProfile, count: Int) -> [ScoredMovie] {
    (self as? any ExplainingRecommender)?.reasons(for: movie, profile: profile, count: count) ?? []
  }

  /// The score where the model predicts no ratings.
  func predict(_ profile: UserProfile, movie: Int?, time: UInt32) -> Float {
    (self as? any RatingPredictor)?.predict(profile, movie: movie, time: time) ?? predict(profile, movie: movie)
  }

  func probabilities(_ profile: UserProfile, movie: Int?, time: UInt32) -> [Float]? {
    (self as? any RatingPredictor)?.probabilities(profile, movie: movie, time: time)
  }

  /// What the model chose itself.
  var chosen: [String: Double] { (self as? any SelfTuningRecommender)?.chosenSettings ?? [:] }

  var savedBytes: [UInt8] {
    var writer = BinaryWriter()
    save(to: &writer)
    return writer.bytes
  }

  /// The model that `bytes` hold, nil where anything is left over.
  static func loaded(from bytes: [UInt8]) throws(BinaryFileError) -> (any Recommender)? {
    var reader = BinaryReader(bytes)
    let model = try Self(from: &reader)
    return reader.remaining == 0 ? model : nil
  }
}

/// A fitted model by name.
func fitted(
  _ name: String, to training: TrainingSet, overrides: [String: Double] = [:], threads: Int = 2, seed: UInt64 = 1
) throws -> any Recommender {
  let type = try ModelCatalogue.model(named: name)
  let settings = try ModelSettings(type.descriptor, overrides: overrides)
  return try type.fit(training, settings: settings, context: FitContext(seed: seed, threads: ThreadCount(threads)))
}
