/// A group of predictions that say nearly the same, and what became of them.
public struct CalibrationBin: Sendable, Equatable {
  /// The mean of the predictions: stars, or a probability.
  public let predicted: Double
  /// The mean of the ratings that were given, or the share of times that what had this probability came to pass.
  public let observed: Double
  public let count: Int

  public init(predicted: Double, observed: Double, count: Int) {
    self.predicted = predicted
    self.observed = observed
    self.count = count
  }
}
