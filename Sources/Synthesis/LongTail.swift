package import Ratings

/// Long-tailed weights, and integers with a given sum in proportion to them.
package enum LongTail {
  /// The spread of movie popularity, as the standard deviation of the logarithm, for a catalogue of this size.
  ///
  /// Estimated from the real sets (the ratio of mean to median ratings per movie): about 1.3 for 1,700 movies, 2 for
  /// 10,000, 2.2 for Netflix's 17,770, 2.7 and more for the 60,000 of MovieLens 25M.
  static func popularitySpread(movies: Int) -> Double {
    min(2.8, max(1, 1.3 + 0.4 * PlainMath.logarithm(Double(movies) / 1_682)))
  }

  /// The spread of user activity.
  static let activitySpread = 1.35

  /// Log-normal weights of median 1.
  package static func weights(_ count: Int, spread: Double, random: CounterRandom) -> [Float] {
    var random = random
    var result = [Float](repeating: 0, count: count)
    for index in stride(from: 0, to: count, by: 2) {
      let pair = random.normalPair()
      result[index] = Float(PlainMath.exponential(spread * pair.0))
      if index + 1 < count { result[index + 1] = Float(PlainMath.exponential(spread * pair.1)) }
    }
    return result
  }

  /// Integers in `minimum`...`maximum` that add up to `sum`, growing with the weights and saturating towards
  /// the maximum. The sum must be attainable.
  ///
  /// - Complexity: O(64 x count).
  package static func counts(_ weights: [Float], sum: Int, minimum: Int, maximum: Int) -> [Int] {
    let room = Double(maximum - minimum)
    let wanted = Double(sum - minimum * weights.count)
    func share(_ weight: Float, _ scale: Double) -> Double {
      let x = Double(weight) * scale
      return x * room / max(x + room, .leastNormalMagnitude)
    }
    // The scale at which the shares add up, by bisection on its logarithm.
    var low = -80.0
    var high = 80.0
    for _ in 0..<60 {
      let middle = (low + high) / 2
      let scale = PlainMath.exponential(middle)
      if weights.reduce(0.0, { $0 + share($1, scale) }) < wanted { low = middle } else { high = middle }
    }
    let scale = PlainMath.exponential(low)
    // Fractions are carried along, so that the rounded numbers add up to within one of the target.
    var carry = 0.0
    var result = weights.map { weight in
      let exact = share(weight, scale) + carry
      let whole = min(room, max(0, exact.rounded(.down)))
      carry = exact - whole
      return minimum + Int(whole)
    }
    settle(&result, sum: sum, minimum: minimum, maximum: maximum)
    return result
  }

  /// Adds or subtracts one here and there until the sum is exact.
  private static func settle(_ counts: inout [Int], sum: Int, minimum: Int, maximum: Int) {
    var missing = sum - counts.reduce(0, +)
    while missing != 0 {
      let before = missing
      for index in counts.indices where missing != 0 {
        if missing > 0, counts[index] < maximum {
          counts[index] += 1
          missing -= 1
        } else if missing < 0, counts[index] > minimum {
          counts[index] -= 1
          missing += 1
        }
      }
      precondition(missing != before, "the sum is out of reach")
    }
  }
}
