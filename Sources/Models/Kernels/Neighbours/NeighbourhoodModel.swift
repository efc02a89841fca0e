import Ratings

/// A model that adds to the baseline what the user's other ratings say of a movie: a weighted mean of their contributions.
///
/// A profile's vector is the user's bias, then the residual of each of their ratings.
protocol NeighbourhoodModel: RatingPredictor {
  var baseline: Baseline { get }
  var scale: RatingScale { get }
  /// Weight of the baseline in that mean.
  var weightDamping: Float { get }

  /// What each rating says, times its weight, and the sum of the weights with the damping.
  func contributions(for movie: Int, profile: UserProfile) -> (contributions: [ScoredMovie], weight: Float)

  /// Adds what a rating of `movie` says to all movies: Σ weight x contribution and Σ weight of each.
  func addContributions(of movie: Int, residual: Float, to sums: UnsafeMutableBufferPointer<SIMD2<Float>>)
}

extension NeighbourhoodModel {
  public var movieCount: Int { baseline.movieBiases.count }

  public func profile(ofUser user: Int, ratings: [MovieRating]) -> UserProfile {
    profile(ratings, userBias: baseline.userBiases[user])
  }

  /// The user's bias is the exact one for the movies' biases as they are.
  public func foldIn(_ ratings: [MovieRating]) -> UserProfile {
    let ratings = ratings.within(scale)
    return profile(ratings, userBias: baseline.userBias(of: ratings))
  }

  private func profile(_ ratings: [MovieRating], userBias: Float) -> UserProfile {
    UserProfile(ratings: ratings, vector: [userBias] + baseline.residuals(of: ratings, userBias: userBias))
  }
}

/// A model whose contributions come from the user's own ratings: they are its explanations.
protocol ExplainingNeighbourhoodModel: NeighbourhoodModel, ExplainingRecommender {}

extension ExplainingNeighbourhoodModel {
  /// All contributions add up to the score minus the baseline.
  public func reasons(for movie: Int, profile: UserProfile, count: Int) -> [ScoredMovie] {
    let (contributions, weight) = contributions(for: movie, profile: profile)
    guard weight > 0 else { return [] }
    return contributions.map { ScoredMovie(movie: $0.movie, score: $0.score / weight) }.strongest(count)
  }
}
