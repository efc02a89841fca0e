/// A group of similar predictions, and their outcomes.
public struct CalibrationBin: Sendable, Equatable {
  /// The mean of the predictions: stars, or a probability.
  public let predicted: Double
  /// The mean of the actual ratings, or the observed frequency.
  public let observed: Double
  /// The number of predictions, 1 or more.
  public let count: Int

  /// A group with its means.
  public init(predicted: Double, observed: Double, count: Int) {
    self.predicted = predicted
    self.observed = observed
    self.count = count
  }
}
