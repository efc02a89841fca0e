package import Ratings

/// Moves the mean of a distribution over the levels of a rating scale.
package enum ExponentialTilting {
  /// The distribution nearest to `probabilities` in relative entropy with mean `mean`: level *l* gets its probability times t^l.
  ///
  /// A mean out of reach of t in 1/49...49 gets the nearest attainable one. Complexity: O(levels).
  package static func probabilities(_ probabilities: [Float], scale: RatingScale, mean: Float) -> [Float] {
    guard probabilities.count > 1, scale.step > 0 else { return probabilities }
    let wanted = Double((mean - scale.minimum) / scale.step)
    var (low, high) = (0.02, 0.98)
    for _ in 0..<30 {
      let middle = (low + high) / 2
      let tilted = tilted(probabilities, by: middle / (1 - middle))
      let mean = tilted.enumerated().reduce(0.0) { $0 + Double($1.offset) * $1.element }
      if mean < wanted { low = middle } else { high = middle }
    }
    let middle = (low + high) / 2
    return tilted(probabilities, by: middle / (1 - middle)).map { Float($0) }
  }

  private static func tilted(_ probabilities: [Float], by factor: Double) -> [Double] {
    // A floor under the probabilities lets the mean be anywhere between the lowest and the highest level.
    var power = 1.0
    let weights = probabilities.map { probability in
      defer { power *= factor }
      return (Double(probability) + 1e-9) * power
    }
    let sum = weights.reduce(0, +)
    return weights.map { $0 / sum }
  }
}
