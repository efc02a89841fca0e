public import BinaryFiles
import LinearAlgebra
import Ratings

/// Predicts ratings from the mean difference between two movies among users who rated both.
///
/// With e_uj = r_uj − b_uj the residual over the `Baseline` and d_ij the mean of e_vi − e_vj over the c_ij users who
/// rated both movies (the mean of r_vi − r_vj, the baselines apart),
///
///     score(u, i) = b_ui + Σ_{j rated by u} w_ij (d_ij + e_uj) / (λ + Σ w_ij)
///
/// With weights w_ij = c_ij and λ = 0 the baselines cancel out and this is the weighted Slope One of the paper. Here a
/// difference with a low variance weighs more: w_ij = c_ij (v̄ / v_ij)^steadiness, where v_ij is the variance of the
/// difference, with shrinkage towards the average v̄.
public struct SlopeOneModel: ExplainingNeighbourhoodModel {
  public static let descriptor = ModelDescriptor(
    name: "slope-one", family: "slope one", job: .stars,
    purpose: "Stars from the mean difference between two films among people who saw both: simple, and explains itself.",
    settings: [
      ModelSetting(
        "neighbours", default: 1000, in: 1...20000, isWhole: true,
        "most differences to keep for each movie, by weight"),
      ModelSetting(
        "steadiness", default: 2, in: 0...4,
        "exponent by which differences with a lower variance weigh more; 0 for none"),
      ModelSetting(
        "variance-damping", default: 10, in: 0.1...1000,
        "shrinkage of each variance towards the average (pseudo-counts)"),
      ModelSetting(
        "difference-damping", default: 15, in: 0...1000,
        "shrinkage of each difference towards the baseline's (pseudo-counts)"),
      ModelSetting("weight-damping", default: 100, in: 0...1000, "weight of the baseline relative to the differences"),
    ] + ModelSetting.baseline(user: 5, movie: 2),
    memory: ModelMemory(ratedPair: 30),
    reference:
      "D. Lemire, A. Maclachlan: Slope One predictors for online rating-based collaborative filtering. SDM 2005")
  public static let fileVersion: UInt32 = 1

  /// What it falls back to for movies that no rating of the user leads to.
  public let baseline: Baseline
  let scale: RatingScale
  let weightDamping: Float
  let differences: MovieDifferences

  public func predict(_ profile: UserProfile, movie: Int?) -> Float {
    let start = baseline.mean + profile.vector[0]
    guard let movie else { return scale.clamp(start) }
    let (contributions, weight) = contributions(for: movie, profile: profile)
    let sum = contributions.reduce(0) { $0 + $1.score }
    return scale.clamp(start + baseline.movieBiases[movie] + (weight > 0 ? sum / weight : 0))
  }

  /// Movies by 1 − v_ij / (v_i + v_j), which is 1 where the difference never varies and 0 for movies whose residuals
  /// have nothing to do with each other; shrunk where few know both.
  public func similarMovies(to movie: Int, count: Int) -> [ScoredMovie] {
    differences.similar.nearest(to: movie, count: count)
  }

  /// w_ij (d_ij + e_uj) for each rated *j* with a known difference, and λ + Σ w_ij.
  func contributions(for movie: Int, profile: UserProfile) -> (contributions: [ScoredMovie], weight: Float) {
    var contributions: [ScoredMovie] = []
    var weight = weightDamping
    for (position, rating) in profile.ratings.enumerated() {
      guard let place = differences.weights.position(row: Int(rating.movie), column: Int32(movie)) else { continue }
      let own = differences.weights.values[place]
      contributions.append(
        ScoredMovie(
          movie: rating.movie, score: own * (differences.means[place] + profile.vector[position + 1])))
      weight += own
    }
    return (contributions, weight)
  }

  public func save(to writer: inout BinaryWriter) {
    writer.write(scale)
    baseline.save(to: &writer)
    writer.write(weightDamping)
    differences.save(to: &writer)
  }

  public init(from reader: inout BinaryReader) throws(BinaryFileError) {
    scale = try reader.readScale()
    baseline = try Baseline(from: &reader)
    weightDamping = try reader.readFinite()
    guard weightDamping >= 0 else { throw .damaged }
    differences = try MovieDifferences(from: &reader, movieCount: baseline.movieBiases.count)
  }

  init(baseline: Baseline, scale: RatingScale, weightDamping: Float, differences: MovieDifferences) {
    self.baseline = baseline
    self.scale = scale
    self.weightDamping = weightDamping
    self.differences = differences
  }
}
