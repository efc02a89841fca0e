public import BinaryFiles
import LinearAlgebra
public import Ratings

/// Predicts ratings from the residuals of users with similar taste, over the baseline.
///
/// With e_vi = r_vi − b_vi the residual over the `Baseline`, and N_u the users most similar to *u*,
///
///     score(u, i) = b_ui + Σ_{v ∈ N_u who rated i} s_uv e_vi / (λ + Σ s_uv)
///
/// with a `NeighbourSimilarity` for s_uv. Neighbours are searched among all members when a profile is made, so a
/// new user has theirs at once and fitting takes no more than the baseline. A member with exactly the same ratings as a
/// new user is taken to be that user, and is not their neighbour.
public struct UserNeighboursModel: RatingPredictor {
  public static let descriptor = ModelDescriptor(
    name: "user-neighbours", family: "neighbours", job: .stars,
    purpose: "Stars from people with your taste: the oldest method there is, ready as soon as the ratings are read.",
    settings: [
      NeighbourSimilarity.setting,
      ModelSetting(
        "neighbours", default: 400, in: 1...5000, isWhole: true,
        "most similar users; those who rated a movie make its prediction"),
      ModelSetting(
        "shrinkage", default: 20, in: 0...10000,
        "shrinkage: the number of common movies at which a similarity counts half"),
      ModelSetting(
        "weight-damping", default: 0.1, in: 0...100,
        "weight of the baseline (shrinkage), in units of similarity"),
    ] + ModelSetting.baseline(user: 5, movie: 2),
    memory: ModelMemory(row: 1_000, rating: 10),
    reference:
      "J. Herlocker, J. Konstan, A. Borchers, J. Riedl: An algorithmic framework for performing collaborative filtering. SIGIR 1999; on residuals as in Y. Koren, ACM TKDD 4(1), 2010"
  )
  public static let fileVersion: UInt32 = 1

  /// Mean and biases, around which neighbours are averaged.
  public let baseline: Baseline
  let scale: RatingScale
  let members: MemberRatings

  public static func fit(_ training: TrainingSet, settings: ModelSettings, context: FitContext) -> UserNeighboursModel {
    let baseline = Baseline(fitting: training, settings: settings, threads: context.threads)
    return UserNeighboursModel(
      baseline: baseline, scale: training.scale,
      members: MemberRatings(
        ratings: training.byUser, residuals: baseline.residuals(of: training.byUser, threads: context.threads),
        similarity: NeighbourSimilarity(settings), neighbourCount: Int(settings["neighbours"]),
        shrinkage: Float(settings["shrinkage"]), weightDamping: Float(settings["weight-damping"])))
  }

  public var movieCount: Int { baseline.movieBiases.count }

  /// The vector is the user's bias, and then a neighbour's index and similarity in turn.
  public func profile(ofUser user: Int, ratings: [MovieRating]) -> UserProfile {
    profile(ratings, userBias: baseline.userBiases[user], user: user)
  }

  public func foldIn(_ ratings: [MovieRating]) -> UserProfile {
    let ratings = ratings.within(scale)
    return profile(ratings, userBias: baseline.userBias(of: ratings), user: members.user(withRatings: ratings))
  }

  private func profile(_ ratings: [MovieRating], userBias: Float, user: Int?) -> UserProfile {
    let residuals = baseline.residuals(of: ratings, userBias: userBias)
    let neighbours = members.neighbours(of: ratings, residuals: residuals, leavingOut: user)
    return UserProfile(ratings: ratings, vector: [userBias] + neighbours.flatMap { [Float($0.movie), $0.score] })
  }

  /// The users most similar to the profile's, best first: people with your taste.
  public func neighbours(of profile: UserProfile, count: Int) -> [(user: Int, similarity: Float)] {
    stride(from: 1, to: profile.vector.count - 1, by: 2).prefix(max(0, count)).map {
      (Int(profile.vector[$0]), profile.vector[$0 + 1])
    }
  }

  /// The similarity of two members: 0 for nothing in common, at most 1. Complexity: O(ratings of the two).
  public func similarity(of user: Int, and other: Int) -> Float { members.similarity(of: user, and: other) }

  public func predict(_ profile: UserProfile, movie: Int?) -> Float {
    let start = baseline.mean + profile.vector[0]
    guard let movie else { return scale.clamp(start) }
    let (sum, weight) = members.contributions(for: Int32(movie), vector: profile.vector)
    return scale.clamp(start + baseline.movieBiases[movie] + (weight > 0 ? sum / weight : 0))
  }

  /// - Complexity: O(ratings of the profiles' neighbours + profiles x movies).
  public func score(_ profiles: [UserProfile], into scores: UnsafeMutableBufferPointer<Float>) {
    for (row, profile) in profiles.enumerated() {
      let start = baseline.mean + profile.vector[0]
      let sums = members.contributions(movieCount: movieCount, vector: profile.vector)
      for movie in 0..<movieCount {
        let (sum, weight) = (sums[movie][0], sums[movie][1])
        scores[row * movieCount + movie] = start + baseline.movieBiases[movie] + (weight > 0 ? sum / weight : 0)
      }
    }
  }

  /// By the correlation of the movies' residuals, shrunk, over all members. Complexity: O(Σ over its raters of ratings).
  public func similarMovies(to movie: Int, count: Int) -> [ScoredMovie] {
    members.similarMovies(to: movie, count: count)
  }

  public func save(to writer: inout BinaryWriter) {
    writer.write(scale)
    baseline.save(to: &writer)
    members.save(to: &writer)
  }

  public init(from reader: inout BinaryReader) throws(BinaryFileError) {
    scale = try reader.readScale()
    baseline = try Baseline(from: &reader)
    members = try MemberRatings(from: &reader, baseline: baseline)
  }

  init(baseline: Baseline, scale: RatingScale, members: MemberRatings) {
    self.baseline = baseline
    self.scale = scale
    self.members = members
  }
}
