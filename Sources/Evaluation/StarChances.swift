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

  /// The value that the rating stays below with chance `share`, where the chance of each level is spread evenly over
  /// half a step on either side of it; within the scale.
  ///
  /// The spread makes a range of two quantiles hold the levels whose middle it holds: on average the chance that was
  /// asked for, and not more, as the next whole level would.
  public func quantile(_ share: Double) -> Float {
    var sum = 0.0
    for (level, chance) in chances.enumerated() {
      let chance = Double(chance)
      if chance > 0, sum + chance >= share {
        let part = max(0, (share - sum) / chance) - 0.5
        return scale.clamp(scale.value(ofLevel: level) + Float(part) * scale.step)
      }
      sum += chance
    }
    return scale.maximum
  }

  /// The range that holds four ratings out of five: from the tenth to the ninetieth percentile.
  public var interval: (low: Float, high: Float) { (quantile(0.1), quantile(0.9)) }

  /// Natural logarithm of the chance of the level nearest to `value`; of chances below a billionth, that of a
  /// billionth, so that one surprise does not outweigh everything.
  public func logLikelihood(of value: Float) -> Double {
    logarithm(max(1e-9, Double(chances[scale.level(of: value)])))
  }
}
