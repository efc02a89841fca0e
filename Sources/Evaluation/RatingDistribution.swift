public import Ratings

/// A probability distribution over the levels of a rating scale.
public struct RatingDistribution: Sendable, Equatable {
  /// The scale whose levels have the probabilities.
  public let scale: RatingScale
  /// One for each level, lowest first, summing to 1.
  public let probabilities: [Float]

  /// - Parameter probabilities: one for each level of the scale.
  public init(_ probabilities: [Float], scale: RatingScale) {
    precondition(probabilities.count == scale.levelCount, "each level of the scale needs a probability")
    self.probabilities = probabilities
    self.scale = scale
  }

  /// The lowest level with a cumulative probability of at least one half: the prediction with the least mean
  /// absolute error.
  public var median: Float {
    var sum = 0.0
    for (level, probability) in probabilities.enumerated() {
      sum += Double(probability)
      if sum >= 0.5 - 1e-6 { return scale.value(ofLevel: level) }
    }
    return scale.maximum
  }

  /// The contiguous levels around the most likely one whose total probability comes nearest to `share`, added in the
  /// order of their probabilities; returned as the lowest and the highest of them.
  ///
  /// Nearest, and not at least: levels are few, and intervals that always reach four in five would contain nine in ten.
  public func interval(holding share: Double = 0.8) -> (low: Float, high: Float) {
    let levels = levels(holding: share)
    return (scale.value(ofLevel: levels.low), scale.value(ofLevel: levels.high))
  }

  /// The levels of `interval`, and their total probability.
  func levels(holding share: Double) -> (low: Int, high: Int, probability: Double) {
    var low = 0
    for level in probabilities.indices where probabilities[level] > probabilities[low] { low = level }
    var high = low
    var sum = Double(probabilities[low])
    var best = (low: low, high: high, probability: sum)
    while low > 0 || high < probabilities.count - 1 {
      if high == probabilities.count - 1 || (low > 0 && probabilities[low - 1] >= probabilities[high + 1]) {
        low -= 1
        sum += Double(probabilities[low])
      } else {
        high += 1
        sum += Double(probabilities[high])
      }
      if abs(sum - share) < abs(best.probability - share) { best = (low, high, sum) }
    }
    return best
  }

  /// Natural logarithm of the probability of the level nearest to `value`; probabilities below a billionth count as a
  /// billionth, so that one surprise does not dominate.
  public func logLikelihood(of value: Float) -> Double {
    logarithm(max(1e-9, Double(probabilities[scale.level(of: value)])))
  }
}
