public import Ratings

/// A user as a model sees them.
public struct UserProfile: Sendable {
  /// By movie.
  public var ratings: [MovieRating]
  /// The model's representation of the user, in its own layout.
  public var vector: [Float]

  /// A profile, as the model made it.
  public init(ratings: [MovieRating], vector: [Float] = []) {
    self.ratings = ratings
    self.vector = vector
  }
}

/// A movie with a score, a similarity or a contribution.
public struct ScoredMovie: Sendable, Equatable, BitwiseCopyable {
  /// Index of the movie.
  public var movie: Int32
  public var score: Float

  /// A movie, by its index.
  public init(movie: Int32, score: Float) {
    self.movie = movie
    self.score = score
  }
}
