public import BinaryFiles
import LinearAlgebra
import Ratings

/// Predicts ratings from the user's residuals for similar movies, over the baseline.
///
/// With e_uj = r_uj − b_uj the residual over the `Baseline`, and N_i the movies most similar to *i*,
///
///     score(u, i) = b_ui + Σ_{j ∈ N_i, rated by u} s_ij e_uj / (λ + Σ s_ij)
///
/// s_ij is the Pearson correlation of the two movies' residuals, each movie's norm taken over all its ratings, times
/// n_ij' / (n_ij' + shrinkage) with n_ij' the common raters less one. λ keeps few or weak neighbours from having
/// full weight. All of N_i that the user rated count. A movie or user without ratings gets the baseline.
public struct ItemNeighboursModel: ExplainingNeighbourhoodModel {
  public static let descriptor = ModelDescriptor(
    name: "item-neighbours", family: "neighbours", job: .stars,
    purpose: "Stars from what the user gave to the most similar movies: each prediction explains itself.",
    settings: [
      NeighbourSimilarity.setting,
      ModelSetting(
        "neighbours", default: 200, in: 1...5000, isWhole: true,
        "most similar movies to keep for each movie; those that a user rated make the prediction"),
      ModelSetting(
        "shrinkage", default: 100, in: 0...10000,
        "shrinkage: the number of common raters at which a similarity counts half"),
      ModelSetting(
        "weight-damping", default: 0.06, in: 0...100,
        "weight of the baseline (shrinkage), in units of similarity"),
    ] + ModelSetting.baseline(user: 5, movie: 2),
    memory: ModelMemory(row: 3_000), reference: "Y. Koren: Factor in the neighbors. ACM TKDD 4(1), 2010, section 2.2")
  public static let fileVersion: UInt32 = 1

  /// Mean and biases, around which neighbours are averaged.
  public let baseline: Baseline
  let scale: RatingScale
  let weightDamping: Float
  let lists: NeighbourLists
  /// For each movie the movies that it is a neighbour of: as needed by `score`.
  let listedBy: SparseRows

  public func predict(_ profile: UserProfile, movie: Int?) -> Float {
    let start = baseline.mean + profile.vector[0]
    guard let movie else { return scale.clamp(start) }
    return scale.clamp(start + baseline.movieBiases[movie] + contribution(for: movie, profile: profile))
  }

  public func similarMovies(to movie: Int, count: Int) -> [ScoredMovie] { lists.nearest(to: movie, count: count) }

  /// s_ij e_uj for each rated neighbour *j* of `movie`, and λ + Σ s_ij.
  func contributions(for movie: Int, profile: UserProfile) -> (contributions: [ScoredMovie], weight: Float) {
    var contributions: [ScoredMovie] = []
    var weight = weightDamping
    for position in lists.range(ofRow: movie) {
      let neighbour = lists.neighbours[position]
      guard let rating = profile.ratings.position(ofMovie: neighbour) else { continue }
      let similarity = lists.similarities[position]
      contributions.append(ScoredMovie(movie: neighbour, score: similarity * profile.vector[rating + 1]))
      weight += similarity
    }
    return (contributions, weight)
  }

  init(baseline: Baseline, scale: RatingScale, weightDamping: Float, lists: NeighbourLists) {
    self.baseline = baseline
    self.scale = scale
    self.weightDamping = weightDamping
    self.lists = lists
    listedBy = lists.transposed()
  }
}

extension ItemNeighboursModel {
  public func save(to writer: inout BinaryWriter) {
    writer.write(scale)
    baseline.save(to: &writer)
    writer.write(weightDamping)
    lists.save(to: &writer)
  }

  public init(from reader: inout BinaryReader) throws(BinaryFileError) {
    let scale = try reader.readScale()
    let baseline = try Baseline(from: &reader)
    let weightDamping = try reader.readFinite()
    guard weightDamping >= 0 else { throw .damaged }
    self.init(
      baseline: baseline, scale: scale, weightDamping: weightDamping,
      lists: try NeighbourLists(from: &reader, rowCount: baseline.movieBiases.count))
  }
}
