/// Errors of predicted ratings.
///
/// Errors are summed in double precision in the order of the ratings. They are 0 for no ratings.
public struct RatingMetrics: Sendable, Equatable {
  /// How many ratings were predicted.
  public let count: Int
  /// Root mean squared error: √(Σ (predicted − actual)² / count).
  public let rmse: Double
  /// Mean absolute error: Σ |predicted − actual| / count.
  public let mae: Double
  /// Mean absolute percentage error: 100 · Σ |predicted − actual| / |actual| / count, over the ratings that are not 0.
  public let mape: Double
  /// Share of predictions with |predicted − actual| ≤ half a star.
  public let withinHalf: Double

  /// The errors of `predicted` against `actual`.
  ///
  /// - Parameter halfStar: half a star in the units of the ratings: a tenth of the highest rating, if five stars
  ///   are the most.
  public init(predicted: [Float], actual: [Float], halfStar: Float = 0.5) {
    precondition(predicted.count == actual.count, "each actual rating needs a prediction")
    var squares = 0.0
    var absolutes = 0.0
    var shares = 0.0
    var shareCount = 0
    var within = 0
    for (predicted, actual) in zip(predicted, actual) {
      let error = abs(Double(predicted) - Double(actual))
      squares += error * error
      absolutes += error
      if error <= Double(halfStar) { within += 1 }
      if actual != 0 {
        shares += error / abs(Double(actual))
        shareCount += 1
      }
    }
    count = actual.count
    rmse = count == 0 ? 0 : (squares / Double(count)).squareRoot()
    mae = count == 0 ? 0 : absolutes / Double(count)
    mape = shareCount == 0 ? 0 : 100 * shares / Double(shareCount)
    withinHalf = count == 0 ? 0 : Double(within) / Double(count)
  }
}
