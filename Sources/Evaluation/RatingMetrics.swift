/// How far predicted stars are from given ones.
public struct RatingMetrics: Sendable, Equatable {
  /// How many ratings were predicted.
  public let count: Int
  /// Root mean squared error: √(Σ (predicted − given)² / count). 0 for no ratings.
  public let rmse: Double
  /// Mean absolute error: Σ |predicted − given| / count. 0 for no ratings.
  public let mae: Double

  /// The errors of `predicted` against `given`, summed in double precision in the order of the ratings.
  public init(predicted: [Float], given: [Float]) {
    precondition(predicted.count == given.count, "each given rating needs a prediction")
    var squares = 0.0
    var absolutes = 0.0
    for (predicted, given) in zip(predicted, given) {
      let error = Double(predicted) - Double(given)
      squares += error * error
      absolutes += abs(error)
    }
    count = given.count
    rmse = count == 0 ? 0 : (squares / Double(count)).squareRoot()
    mae = count == 0 ? 0 : absolutes / Double(count)
  }
}
