import BinaryFiles
public import Ratings

/// What a rating is before taste comes in: the overall mean, plus how a user rates, plus how a movie is rated.
///
/// Minimizes Σ (r − μ − b_u − b_i)² + `userDamping` Σ b_u² + `movieDamping` Σ b_i² over the training ratings (Koren 2010,
/// "Factor in the neighbors", equation 3). A user or movie without ratings has bias 0.
public struct Baseline: Sendable, Equatable {
  /// Mean of the training ratings; the middle of the scale where there are none.
  public let mean: Float
  /// One for each user, in stars.
  public let userBiases: [Float]
  /// One for each movie, in stars.
  public let movieBiases: [Float]
  /// The shrinkage of each user's bias, in pseudo-counts.
  public let userDamping: Float

  /// The baseline of `user` and `movie`, outside of the scale at times.
  public func value(user: Int, movie: Int) -> Float { mean + userBiases[user] + movieBiases[movie] }

  /// The bias of someone who gave `ratings`: the damped mean of what they add to the movies' own means.
  ///
  /// Equals the fitted bias for the ratings of a user of the training set. Complexity: O(ratings).
  public func userBias(of ratings: [MovieRating]) -> Float {
    var sum = 0.0
    for rating in ratings { sum += Double(rating.value - mean - movieBiases[Int(rating.movie)]) }
    return Baseline.dampedMean(sum: sum, count: ratings.count, damping: Double(userDamping))
  }

  /// What each of `ratings` leaves over above the baseline of a user with `userBias`.
  public func residuals(of ratings: [MovieRating], userBias: Float) -> [Float] {
    ratings.map { $0.value - mean - userBias - movieBiases[Int($0.movie)] }
  }

  static func dampedMean(sum: Double, count: Int, damping: Double) -> Float {
    count == 0 ? 0 : Float(sum / (Double(count) + damping))
  }
}

extension Baseline {
  /// Writes what `init(from:)` reads.
  func save(to writer: inout BinaryWriter) {
    writer.write(mean)
    writer.write(userBiases)
    writer.write(movieBiases)
    writer.write(userDamping)
  }

  init(from reader: inout BinaryReader) throws(BinaryFileError) {
    mean = try reader.readFinite()
    userBiases = try reader.readFiniteArray()
    movieBiases = try reader.readFiniteArray()
    userDamping = try reader.readFinite()
    guard userDamping >= 0 else { throw .damaged }
  }
}
