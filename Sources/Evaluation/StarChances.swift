public import Ratings

/// What follows from the chances of a rating's levels.
public struct StarChances: Sendable, Equatable {
  public let scale: RatingScale
  /// One for each level, lowest first, summing to 1.
  public let chances: [Float]

  /// - Parameter chances: as many as the scale has levels.
  public init(_ chances: [Float], scale: RatingScale) {
    precondition(chances.count == scale.levelCount, "each level of the scale needs a chance")
    self.chances = chances
    self.scale = scale
  }

  /// The lowest level that the rating does not exceed with a chance of one half: the guess with the least mean
  /// absolute error.
  public var median: Float {
    var sum = 0.0
    for (level, chance) in chances.enumerated() {
      sum += Double(chance)
      if sum >= 0.5 - 1e-6 { return scale.value(ofLevel: level) }
    }
    return scale.maximum
  }

  /// The neighbouring levels around the most likely one whose chance together comes nearest to `share`, taken in the
  /// order of their chances; from the lowest to the highest of them.
  ///
  /// Nearest, and not at least: levels are few, and a range that always has to reach four in five would hold nine in ten.
  public func interval(holding share: Double = 0.8) -> (low: Float, high: Float) {
    let levels = levels(holding: share)
    return (scale.value(ofLevel: levels.low), scale.value(ofLevel: levels.high))
  }

  /// The levels of `interval`, and their chance together.
  func levels(holding share: Double) -> (low: Int, high: Int, chance: Double) {
    var low = 0
    for level in chances.indices where chances[level] > chances[low] { low = level }
    var high = low
    var sum = Double(chances[low])
    var best = (low: low, high: high, chance: sum)
    while low > 0 || high < chances.count - 1 {
      if high == chances.count - 1 || (low > 0 && chances[low - 1] >= chances[high + 1]) {
        low -= 1
        sum += Double(chances[low])
      } else {
        high += 1
        sum += Double(chances[high])
      }
      if abs(sum - share) < abs(best.chance - share) { best = (low, high, sum) }
    }
    return best
  }

  /// Natural logarithm of the chance of the level nearest to `value`; of chances below a billionth, that of a
  /// billionth, so that one surprise does not outweigh everything.
  public func logLikelihood(of value: Float) -> Double {
    logarithm(max(1e-9, Double(chances[scale.level(of: value)])))
  }
}
