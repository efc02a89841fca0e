public import BinaryFiles
import LinearAlgebra
public import Ratings

/// Predicts ratings from the mean residuals of pairs of user clusters and movie clusters.
///
/// Users and movies are clustered simultaneously; with e_ui = r_ui − b_ui the residual over the `Baseline`, and
/// g(u), h(i) the clusters,
///
///     score(u, i) = b_ui + m_{g(u), h(i)}
///
/// where m is the mean residual of the ratings in a block, with shrinkage towards 0. Movies and users are assigned
/// alternately to the cluster that fits their ratings best. As this converges to one of many local optima, several are computed
/// from different random starts and their blocks averaged; with one run this is the co-clustering of the paper with
/// shrinkage.
public struct CoClusteringModel: RatingPredictor {
  public static let descriptor = ModelDescriptor(
    name: "co-clustering", family: "clustering", job: .stars,
    purpose: "Groups of people and groups of films, and what each group makes of each: coarse, tiny and quick.",
    settings: [
      ModelSetting("user-clusters", default: 3, in: 1...64, isWhole: true, "number of user clusters"),
      ModelSetting("movie-clusters", default: 3, in: 1...64, isWhole: true, "number of movie clusters"),
      ModelSetting("runs", default: 16, in: 1...100, isWhole: true, "co-clusterings to average"),
      ModelSetting("sweeps", default: 20, in: 1...1000, isWhole: true, "most iterations"),
      ModelSetting("block-damping", default: 20, in: 0...10000, "shrinkage of each block's mean (pseudo-counts)"),
    ] + ModelSetting.baseline(user: 5, movie: 2),
    memory: ModelMemory(row: 400),
    reference: "T. George, S. Merugu: A scalable collaborative filtering framework based on co-clustering. ICDM 2005")
  public static let fileVersion: UInt32 = 1

  /// What it falls back to for who and what has no cluster.
  public let baseline: Baseline
  let scale: RatingScale
  let coClusterings: [CoClustering]
  let directions: TasteDirections

  public static func fit(_ training: TrainingSet, settings: ModelSettings, context: FitContext) -> CoClusteringModel {
    let baseline = Baseline(fitting: training, settings: settings, threads: context.threads)
    let byUser = baseline.residuals(of: training.byUser, threads: context.threads)
    let byMovie = byUser.transposed()
    let clusterer = CoClusterer(
      byUser: byUser, byMovie: byMovie, userClusters: Int(settings["user-clusters"]),
      movieClusters: Int(settings["movie-clusters"]), damping: Float(settings["block-damping"]),
      sweeps: Int(settings["sweeps"]))
    let seed = context.seed
    let found = context.threads.map(Int(settings["runs"])) { clusterer.coClustering(seed: seed, run: $0) }
    return CoClusteringModel(
      baseline: baseline, scale: training.scale, coClusterings: found.map(\.coClustering),
      directions: TasteDirections(scaling: clusterer.signatures(of: found.map(\.userClusters))))
  }

  public var movieCount: Int { baseline.movieBiases.count }

  /// The vector is the user's bias and then their cluster in each co-clustering.
  public func profile(ofUser user: Int, ratings: [MovieRating]) -> UserProfile {
    profile(ratings, userBias: baseline.userBiases[user])
  }

  /// A new user is assigned to the clusters that fit their ratings best, as every member was.
  public func foldIn(_ ratings: [MovieRating]) -> UserProfile {
    let ratings = ratings.within(scale)
    return profile(ratings, userBias: baseline.userBias(of: ratings))
  }

  private func profile(_ ratings: [MovieRating], userBias: Float) -> UserProfile {
    let residuals = baseline.residuals(of: ratings, userBias: userBias)
    let movies = ratings.map(\.movie)
    return UserProfile(
      ratings: ratings,
      vector: [userBias] + coClusterings.map { Float($0.userCluster(movies: movies[...], residuals: residuals[...])) })
  }

  public func predict(_ profile: UserProfile, movie: Int?) -> Float {
    let start = baseline.mean + profile.vector[0]
    guard let movie else { return scale.clamp(start) }
    return scale.clamp(start + baseline.movieBiases[movie] + taste(profile, movie))
  }

  public func score(_ profiles: [UserProfile], into scores: UnsafeMutableBufferPointer<Float>) {
    for (row, profile) in profiles.enumerated() {
      let start = baseline.mean + profile.vector[0]
      for movie in 0..<movieCount {
        scores[row * movieCount + movie] = start + baseline.movieBiases[movie] + taste(profile, movie)
      }
    }
  }

  /// The mean of the blocks' means. A user without ratings belongs to no group.
  private func taste(_ profile: UserProfile, _ movie: Int) -> Float {
    guard !profile.ratings.isEmpty else { return 0 }
    var sum: Float = 0
    for (index, coClustering) in coClusterings.enumerated() {
      sum += coClustering.blocks[Int(profile.vector[index + 1]), Int(coClustering.movieClusters[movie])]
    }
    return sum / Float(coClusterings.count)
  }

  /// Movies with similar mean residuals in the user clusters.
  public func similarMovies(to movie: Int, count: Int) -> [ScoredMovie] { directions.similar(to: movie, count: count) }

  public func save(to writer: inout BinaryWriter) {
    writer.write(scale)
    baseline.save(to: &writer)
    writer.write(Int64(coClusterings.count))
    for coClustering in coClusterings { coClustering.save(to: &writer) }
    writer.write(Int64(directions.rows.columns))
    writer.write(directions.rows.values)
  }

  public init(from reader: inout BinaryReader) throws(BinaryFileError) {
    let scale = try reader.readScale()
    let baseline = try Baseline(from: &reader)
    let movieCount = baseline.movieBiases.count
    var coClusterings: [CoClustering] = []
    for _ in 0..<(try reader.readCount(in: 1...100)) {
      coClusterings.append(try CoClustering(from: &reader, movieCount: movieCount))
    }
    let columns = try reader.readCount(in: 1...6400)
    let values = try reader.readFiniteArray(count: movieCount * columns)
    self.init(
      baseline: baseline, scale: scale, coClusterings: coClusterings,
      directions: TasteDirections(rows: Matrix(rows: movieCount, columns: columns, values: values)))
  }

  init(baseline: Baseline, scale: RatingScale, coClusterings: [CoClustering], directions: TasteDirections) {
    self.baseline = baseline
    self.scale = scale
    self.coClusterings = coClusterings
    self.directions = directions
  }
}
