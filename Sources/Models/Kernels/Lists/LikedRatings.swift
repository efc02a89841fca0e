public import Ratings

/// Which of someone's ratings say that they liked a film: those as high as their average, or in the upper three tenths of the
/// scale.
public struct LikedRatings: Sendable {
  private let lowest: Double
  private static let share = 0.7

  /// - Parameter stars: all their ratings.
  public init(_ stars: some Collection<Float>, scale: RatingScale) {
    self.init(stars.lazy.map { Double($0) }, high: Self.high(scale))
  }

  /// - Parameter high: the rating from which everybody likes a film.
  init(_ stars: some Collection<Double>, high: Double) {
    lowest = min(stars.reduce(0, +) / Double(max(1, stars.count)), high) - 1e-9
  }

  static func high(_ scale: RatingScale) -> Double {
    Double(scale.minimum) + share * Double(scale.maximum - scale.minimum)
  }

  /// Whether the user likes what they gave as many stars.
  public func isLiked(_ stars: Float) -> Bool { Double(stars) >= lowest }

  func isLiked(_ stars: Double) -> Bool { stars >= lowest }
}
