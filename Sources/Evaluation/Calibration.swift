public import Models
import Ratings

/// Whether predictions mean what they say: of a good model, films predicted at four stars are given four stars on
/// average, and what has a chance of 30 % happens three times in ten.
public struct Calibration: Sendable, Equatable {
  /// Predicted stars beside the mean of the given ones, by the level of the scale that is nearest to the prediction.
  public private(set) var stars: [CalibrationBin] = []
  /// The chance of each level of each rating beside how often that level was given, in tenths; empty for models that
  /// give no chances.
  public private(set) var chances: [CalibrationBin] = []

  /// Bins with fewer predictions say too little and are left out.
  static let fewest = 10

  public init() {}

  /// - Complexity: O(ratings x levels).
  init(predicted: [Float], chances: [StarChances]?, given: [Float], scale: RatingScale) {
    precondition(predicted.count == given.count, "each given rating needs a prediction")
    var sums = [Sums](repeating: Sums(), count: scale.levelCount)
    for (predicted, given) in zip(predicted, given) {
      sums[scale.level(of: predicted)].add(Double(predicted), Double(given))
    }
    stars = sums.compactMap(\.bin)
    guard let chances else { return }
    var tenths = [Sums](repeating: Sums(), count: 10)
    for (chances, given) in zip(chances, given) {
      let level = scale.level(of: given)
      for (index, chance) in chances.chances.enumerated() {
        tenths[min(9, max(0, Int(chance * 10)))].add(Double(chance), index == level ? 1 : 0)
      }
    }
    self.chances = tenths.compactMap(\.bin)
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
