import BinaryFiles
public import Ratings

/// A compact stars model for browsers, which folds in a new user's ratings by one small linear solve.
///
/// It is an `ALSModel` without its users, 38 bytes a movie with 22 factors before packing: factors and biases to 6 and 16 bits,
/// implicit factors to 4 bits times a scale of the movie, variances as a number of the movie times one of the factor.
/// The bytes are the format: `Precompute` keeps them, the site publishes them, `scripts/taste.js` reads them. All
/// numbers are little-endian:
///
///     "MQTASTE1" | films n, factors k: UInt32
///     minimum, maximum, step, mean, deviation, implicit weight w, bias step, largest implicit scale, largest variance,
///       spread a, b, c, low and high quantile of the range: Float32
///     ridge (k + 1) | w Γ, upper triangle by rows (k (k + 1) / 2) | factor steps (k) | variance of each factor (k): Float32
///     biases: n Int16 | factors: n k Int8, −31 to 31 | implicit factors: n ⌈k / 2⌉ bytes, two numbers each, 8 is zero, the low half first
///     implicit scale: n bytes | variance: n bytes, c is the largest · 2^(−c / 16) | ratings: n bytes, c is 2^(c / 12) − 1
public struct CompactModel: Sendable {
  /// The layout above.
  static let magic = Array("MQTASTE1".utf8)
  /// The most factors: those with the largest variance over films.
  public static let mostFactors = 22
  /// Fewer would not distinguish films.
  static let fewestFactors = 6
  /// The steps on each side of 0 of a factor: finer ones are not more accurate, and compress badly.
  static let levels: Float = 31

  /// The model as it is stored and sent to browsers.
  public let bytes: [UInt8]
  /// The scale of its predictions.
  public let scale: RatingScale
  /// The ranges around its predictions.
  public let interval: PredictionInterval
  /// The number of films.
  public let filmCount: Int
  let factorCount: Int
  let mean: Double
  let deviation: Double
  let implicitWeight: Double
  let ridge: [Double]
  /// k x k.
  let gram: [Double]
  /// n x k each.
  let factors: [Double]
  let implicit: [Double]
  let variances: [Double]
  let biases: [Double]
  package let ratingCounts: [Int]
}

/// A new user's profile in a compact model.
public struct CompactProfile: Sendable {
  /// The factors and, last, the bias.
  let solution: [Double]
  let ratingCount: Int
}

extension CompactModel {
  /// The profile of a new user: factors and bias that solve the equations of `RowEquations`.
  ///
  /// - Parameter ratings: film (0..<`filmCount`) and stars, each film once.
  /// - Complexity: O(ratings x factors² + factors³).
  public func foldIn(_ ratings: [(film: Int, stars: Float)]) -> CompactProfile {
    let count = factorCount + 1
    guard !ratings.isEmpty else {
      return CompactProfile(solution: [Double](repeating: 0, count: count), ratingCount: 0)
    }
    var matrix = [Double](repeating: 0, count: count * count)
    var target = [Double](repeating: 0, count: count)
    for i in 0..<factorCount {
      for j in 0..<factorCount { matrix[i * count + j] = gram[i * factorCount + j] }
    }
    for i in 0..<count { matrix[i * count + i] += ridge[i] }
    for (film, stars) in ratings {
      let start = film * factorCount
      let row = Array(factors[start..<start + factorCount]) + [1]
      let error = (Double(stars) - mean) / deviation - biases[film]
      for i in 0..<count {
        for j in 0..<count { matrix[i * count + j] += row[i] * row[j] }
        target[i] += row[i] * error
      }
      for i in 0..<factorCount {
        matrix[i * count + i] += variances[start + i]
        target[i] += implicitWeight * implicit[start + i]
      }
    }
    SmallSystem.factorize(&matrix, count: count)
    SmallSystem.solve(matrix, &target)
    return CompactProfile(solution: target, ratingCount: ratings.count)
  }

  /// The predicted rating within the scale and its 80 % interval.
  public func predict(_ profile: CompactProfile, film: Int) -> (stars: Float, low: Float, high: Float) {
    var sum = biases[film] + profile.solution[factorCount]
    for i in 0..<factorCount { sum += factors[film * factorCount + i] * profile.solution[i] }
    let stars = scale.clamp(Float(mean + deviation * sum))
    let range = interval.range(around: stars, userCount: profile.ratingCount, movieCount: ratingCounts[film])
    return (stars, range.low, range.high)
  }
}
