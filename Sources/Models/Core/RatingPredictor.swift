/// A model for rating prediction (`.stars`).
public protocol RatingPredictor: Recommender {
  /// `predict` for a rating given at `time` (seconds since 1970; 0 if unknown). Models that are not time-aware ignore it.
  func predict(_ profile: UserProfile, movie: Int?, time: UInt32) -> Float

  /// The probability of each level of the rating scale, lowest first, summing to 1; nil for models that give none.
  func probabilities(_ profile: UserProfile, movie: Int?, time: UInt32) -> [Float]?
}

extension RatingPredictor {
  public func predict(_ profile: UserProfile, movie: Int?, time: UInt32) -> Float { predict(profile, movie: movie) }

  public func probabilities(_ profile: UserProfile, movie: Int?, time: UInt32) -> [Float]? { nil }
}
