public import Models
import Ratings

/// Whether predictions are calibrated: with a good model, films predicted at four stars get four stars on
/// average, and events with a probability of 30 % happen three times in ten.
public struct Calibration: Sendable, Equatable {
  /// Mean predicted and actual stars, by the level of the scale that is nearest to the prediction.
  public private(set) var stars: [CalibrationBin] = []
  /// Mean probability of a level and how often it was the actual one, in tenths; empty for models that
  /// give no probabilities.
  public private(set) var probabilities: [CalibrationBin] = []

  /// Bins with fewer predictions are left out.
  static let fewest = 10

  /// Without predictions.
  public init() {}

  /// - Complexity: O(ratings x levels).
  init(predicted: [Float], probabilities: [RatingDistribution]?, actual: [Float], scale: RatingScale) {
    precondition(predicted.count == actual.count, "each actual rating needs a prediction")
    var sums = [Sums](repeating: Sums(), count: scale.levelCount)
    for (predicted, actual) in zip(predicted, actual) {
      sums[scale.level(of: predicted)].add(Double(predicted), Double(actual))
    }
    stars = sums.compactMap(\.bin)
    guard let probabilities else { return }
    var tenths = [Sums](repeating: Sums(), count: 10)
    for (probabilities, actual) in zip(probabilities, actual) {
      let level = scale.level(of: actual)
      for (index, probability) in probabilities.probabilities.enumerated() {
        tenths[min(9, max(0, Int(probability * 10)))].add(Double(probability), index == level ? 1 : 0)
      }
    }
    self.probabilities = tenths.compactMap(\.bin)
  }

  private struct Sums {
    var predicted = 0.0
    var observed = 0.0
    var count = 0

    mutating func add(_ predicted: Double, _ observed: Double) {
      self.predicted += predicted
      self.observed += observed
      count += 1
    }

    var bin: CalibrationBin? {
      guard count >= Calibration.fewest else { return nil }
      return CalibrationBin(predicted: predicted / Double(count), observed: observed / Double(count), count: count)
    }
  }
}
