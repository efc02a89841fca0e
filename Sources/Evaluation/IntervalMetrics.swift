/// How well a range around each prediction, meant to hold four ratings out of five, keeps its word.
public struct IntervalMetrics: Sendable, Equatable {
  /// Share of given ratings within low…high, both ends included. 0 for no ratings.
  public let coverage: Double
  /// Mean of high − low, in stars: of two ranges with the same coverage the narrower says more. 0 for no ratings.
  public let width: Double

  public init(low: [Float], high: [Float], given: [Float]) {
    precondition(low.count == given.count && high.count == given.count, "each given rating needs a range")
    var inside = 0
    var widths = 0.0
    for row in given.indices {
      if low[row] <= given[row], given[row] <= high[row] { inside += 1 }
      widths += Double(high[row]) - Double(low[row])
    }
    coverage = given.isEmpty ? 0 : Double(inside) / Double(given.count)
    width = given.isEmpty ? 0 : widths / Double(given.count)
  }
}

/// How right the chances of the levels are.
public struct ChanceMetrics: Sendable, Equatable {
  /// Mean absolute error of the medians.
  public let medianError: Double
  /// Mean natural logarithm of the chance that was given to what happened; 0 is certainty, −ln(levels) ignorance.
  public let logLikelihood: Double
  /// Ranges of levels that all together hold 80 % by the chances.
  public let intervals: IntervalMetrics

  /// - Parameter chances: for each given rating the chances of its levels. No ratings give zeros.
  public init(_ chances: [StarChances], given: [Float]) {
    precondition(chances.count == given.count, "each given rating needs chances")
    var errors = 0.0
    var logarithms = 0.0
    for (chances, given) in zip(chances, given) {
      errors += abs(Double(chances.median) - Double(given))
      logarithms += chances.logLikelihood(of: given)
    }
    medianError = given.isEmpty ? 0 : errors / Double(given.count)
    logLikelihood = given.isEmpty ? 0 : logarithms / Double(given.count)
    let aim = Self.aim(holding: 0.8, of: chances)
    let ranges = chances.map { $0.interval(holding: aim) }
    intervals = IntervalMetrics(low: ranges.map(\.low), high: ranges.map(\.high), given: given)
  }

  /// What the range of each prediction has to aim at so that the chances of all ranges are `share` in the mean.
  ///
  /// Levels are few, so a range that aims at four in five holds more or less than that, and where most miss to the same
  /// side so do they all together. Only the chances are looked at, never what was given.
  ///
  /// - Complexity: O(predictions x levels).
  static func aim(holding share: Double, of chances: [StarChances]) -> Double {
    let held = { (aim: Double) in
      chances.reduce(0.0) { $0 + $1.levels(holding: aim).chance } / Double(max(1, chances.count))
    }
    var (low, high) = (0.0, 1.0)
    for _ in 0..<16 {
      let middle = (low + high) / 2
      if held(middle) < share { low = middle } else { high = middle }
    }
    return abs(held(low) - share) < abs(held(high) - share) ? low : high
  }
}
