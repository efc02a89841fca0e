/// How far predicted stars are from given ones.
///
/// Errors are summed in double precision in the order of the ratings. No ratings give zeros.
public struct RatingMetrics: Sendable, Equatable {
  /// How many ratings were predicted.
  public let count: Int
  /// Root mean squared error: √(Σ (predicted − given)² / count).
  public let rmse: Double
  /// Mean absolute error: Σ |predicted − given| / count.
  public let mae: Double
  /// Mean absolute percentage error: 100 · Σ |predicted − given| / |given| / count, over the ratings that are not 0.
  public let mape: Double
  /// Share of predictions with |predicted − given| ≤ half a star.
  public let withinHalf: Double

  /// The errors of `predicted` against `given`.
  ///
  /// - Parameter halfStar: half a star in the units of the ratings: a tenth of the highest rating, where five stars
  ///   are the most.
  public init(predicted: [Float], given: [Float], halfStar: Float = 0.5) {
    precondition(predicted.count == given.count, "each given rating needs a prediction")
    var squares = 0.0
    var absolutes = 0.0
    var shares = 0.0
    var shareCount = 0
    var within = 0
    for (predicted, given) in zip(predicted, given) {
      let error = abs(Double(predicted) - Double(given))
      squares += error * error
      absolutes += error
      if error <= Double(halfStar) { within += 1 }
      if given != 0 {
        shares += error / abs(Double(given))
        shareCount += 1
      }
    }
    count = given.count
    rmse = count == 0 ? 0 : (squares / Double(count)).squareRoot()
    mae = count == 0 ? 0 : absolutes / Double(count)
    mape = shareCount == 0 ? 0 : 100 * shares / Double(shareCount)
    withinHalf = count == 0 ? 0 : Double(within) / Double(count)
  }
}
