/// The accuracy of prediction intervals that should contain four of five ratings.
public struct IntervalMetrics: Sendable, Equatable {
  /// Share of actual ratings within low…high, both ends included. 0 for no ratings.
  public let coverage: Double
  /// Mean of high − low, in stars: of two intervals with the same coverage, the narrower is better. 0 for no ratings.
  public let width: Double

  /// Measures intervals, one for each actual rating. Complexity: O(ratings).
  public init(low: [Float], high: [Float], actual: [Float]) {
    precondition(low.count == actual.count && high.count == actual.count, "each actual rating needs an interval")
    var inside = 0
    var widths = 0.0
    for row in actual.indices {
      if low[row] <= actual[row], actual[row] <= high[row] { inside += 1 }
      widths += Double(high[row]) - Double(low[row])
    }
    coverage = actual.isEmpty ? 0 : Double(inside) / Double(actual.count)
    width = actual.isEmpty ? 0 : widths / Double(actual.count)
  }
}

/// The accuracy of the probabilities of the levels.
public struct ProbabilityMetrics: Sendable, Equatable {
  /// Mean absolute error of the medians.
  public let medianError: Double
  /// Mean natural logarithm of the probability of the actual rating; 0 is certainty, −ln(levels) ignorance.
  public let logLikelihood: Double
  /// Intervals of levels that contain 80 % in total according to the probabilities.
  public let intervals: IntervalMetrics

  /// - Parameter probabilities: for each actual rating the probabilities of its levels. No ratings give zeros.
  public init(_ probabilities: [RatingDistribution], actual: [Float]) {
    precondition(probabilities.count == actual.count, "each actual rating needs probabilities")
    var errors = 0.0
    var logarithms = 0.0
    for (probabilities, actual) in zip(probabilities, actual) {
      errors += abs(Double(probabilities.median) - Double(actual))
      logarithms += probabilities.logLikelihood(of: actual)
    }
    medianError = actual.isEmpty ? 0 : errors / Double(actual.count)
    logLikelihood = actual.isEmpty ? 0 : logarithms / Double(actual.count)
    let aim = Self.aim(holding: 0.8, of: probabilities)
    let ranges = probabilities.map { $0.interval(holding: aim) }
    intervals = IntervalMetrics(low: ranges.map(\.low), high: ranges.map(\.high), actual: actual)
  }

  /// The nominal probability of each interval for which the intervals have probability `share` on average.
  ///
  /// Levels are few, so an interval with a target of four in five contains more or less than that, and if most are off in the same
  /// direction, so is the total. Only the probabilities are used, never the actual ratings.
  ///
  /// - Complexity: O(predictions x levels).
  static func aim(holding share: Double, of probabilities: [RatingDistribution]) -> Double {
    let held = { (aim: Double) in
      probabilities.reduce(0.0) { $0 + $1.levels(holding: aim).probability } / Double(max(1, probabilities.count))
    }
    var (low, high) = (0.0, 1.0)
    for _ in 0..<16 {
      let middle = (low + high) / 2
      if held(middle) < share { low = middle } else { high = middle }
    }
    return abs(held(low) - share) < abs(held(high) - share) ? low : high
  }
}
