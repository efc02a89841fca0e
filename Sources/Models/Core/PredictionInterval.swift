public import Ratings

/// The 80 % prediction interval of a predicted rating.
///
/// Residuals on a validation set are divided by a spread that falls with the ratings of the user and of the movie,
/// √(a + b / (1 + user's) + c / (1 + movie's)), fitted by least squares; the tenth and ninetieth percentile of the
/// quotients give the interval (split conformal prediction with a normalized score, Papadopoulos et al. 2002).
public struct PredictionInterval: Sendable, Equatable {
  /// a, b and c of the spread, none below zero.
  package let coefficients: [Double]
  /// Tenth and ninetieth percentile of residual / spread.
  package let quantiles: (low: Double, high: Double)
  package let scale: RatingScale

  package init(coefficients: [Double], quantiles: (low: Double, high: Double), scale: RatingScale) {
    self.coefficients = coefficients
    self.quantiles = quantiles
    self.scale = scale
  }

  /// With fewer residuals than this: the spread of the ratings themselves is used.
  static let fewestResiduals = 50

  /// A validation rating: actual and predicted, with the numbers of training ratings.
  public struct Observation: Sendable {
    /// The rating, in stars.
    public let actual: Float
    /// The prediction, in stars.
    public let predicted: Float
    /// Ratings of the user and of the movie in the training set.
    public let userCount: Int
    public let movieCount: Int

    /// An observation; the numbers are those of the training set that predicted it.
    public init(actual: Float, predicted: Float, userCount: Int, movieCount: Int) {
      self.actual = actual
      self.predicted = predicted
      self.userCount = userCount
      self.movieCount = movieCount
    }
  }

  /// Learns the interval from a validation set. Complexity: O(observations log observations).
  public init(_ observations: [Observation], scale: RatingScale) {
    self.scale = scale
    guard observations.count >= Self.fewestResiduals else {
      // Too few residuals: a normal distribution with a deviation of a quarter of the scale.
      coefficients = [Double((scale.maximum - scale.minimum) * (scale.maximum - scale.minimum)) / 16, 0, 0]
      quantiles = (-1.2816, 1.2816)
      return
    }
    let fitted = Self.fitSpread(observations)
    coefficients = fitted
    let scores = observations.map {
      Double($0.actual - $0.predicted) / Self.spread(fitted, userCount: $0.userCount, movieCount: $0.movieCount)
    }.sorted()
    let rank = { (share: Double) in scores[min(scores.count - 1, Int(Double(scores.count) * share))] }
    quantiles = (min(0, rank(0.1)), max(0, rank(0.9)))
  }

  /// The interval around `stars`, clamped to the scale; it always contains `stars`.
  public func range(around stars: Float, userCount: Int, movieCount: Int) -> (low: Float, high: Float) {
    let spread = Self.spread(coefficients, userCount: userCount, movieCount: movieCount)
    return (
      min(stars, scale.clamp(stars + Float(quantiles.low * spread))),
      max(stars, scale.clamp(stars + Float(quantiles.high * spread)))
    )
  }

  public static func == (left: PredictionInterval, right: PredictionInterval) -> Bool {
    left.coefficients == right.coefficients && left.quantiles == right.quantiles && left.scale == right.scale
  }

  private static func spread(_ coefficients: [Double], userCount: Int, movieCount: Int) -> Double {
    let features = features(userCount: userCount, movieCount: movieCount)
    return max(1e-3, zip(coefficients, features).reduce(0) { $0 + $1.0 * $1.1 }.squareRoot())
  }

  private static func features(userCount: Int, movieCount: Int) -> [Double] {
    [1, 1 / Double(1 + userCount), 1 / Double(1 + movieCount)]
  }

  /// Least squares of the squared residuals on the three features; negative coefficients are dropped.
  private static func fitSpread(_ observations: [Observation]) -> [Double] {
    var active = [0, 1, 2]
    while true {
      var normal = [[Double]](repeating: [Double](repeating: 0, count: active.count + 1), count: active.count)
      for observation in observations {
        let all = features(userCount: observation.userCount, movieCount: observation.movieCount)
        let residual = Double(observation.actual - observation.predicted)
        for (row, i) in active.enumerated() {
          for (column, j) in active.enumerated() { normal[row][column] += all[i] * all[j] }
          normal[row][active.count] += all[i] * residual * residual
        }
      }
      let solution = solve(normal)
      guard let worst = solution.indices.min(by: { solution[$0] < solution[$1] }), solution[worst] < 0,
        active.count > 1
      else {
        var result = [0.0, 0, 0]
        for (value, index) in zip(solution, active) { result[index] = max(0, value) }
        return result
      }
      active.remove(at: worst)
    }
  }

  /// Gauss elimination with pivots of an augmented matrix of at most three rows; a singular column gets zero.
  private static func solve(_ augmented: [[Double]]) -> [Double] {
    var rows = augmented
    let count = rows.count
    for pivot in 0..<count {
      guard let best = (pivot..<count).max(by: { abs(rows[$0][pivot]) < abs(rows[$1][pivot]) }) else { break }
      rows.swapAt(pivot, best)
      guard abs(rows[pivot][pivot]) > 1e-12 else { continue }
      for row in 0..<count where row != pivot {
        let factor = rows[row][pivot] / rows[pivot][pivot]
        for column in pivot...count { rows[row][column] -= factor * rows[pivot][column] }
      }
    }
    return (0..<count).map { abs(rows[$0][$0]) > 1e-12 ? rows[$0][count] / rows[$0][$0] : 0 }
  }
}
