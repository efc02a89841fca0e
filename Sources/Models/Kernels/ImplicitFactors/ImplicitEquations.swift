import LinearAlgebra
import Ratings

/// The regressions of one side's rows on the other side's factors y_j. The factors x of a row with likes S minimize
///
///     Σ_{j ∈ S} (1 − x'y_j)² + α Σ_j (x'y_j)² + λ (|S| + α n)^ν |x|²     over all n rows of the other side
///
/// (Rendle et al. 2021, equations 2 and 4). Every row shares the Gram matrix α Σ_j y_j y_j'.
struct ImplicitEquations: Sendable {
  /// The other side's factors, padded with zeros to whole lanes.
  let others: StoredMatrix
  let factorCount: Int
  let weights: ImplicitWeights
  /// α Y'Y, both triangles.
  let gram: Matrix

  init(others: Matrix, factorCount: Int, weights: ImplicitWeights) {
    self.init(others: StoredMatrix(others), factorCount: factorCount, weights: weights)
  }

  init(others: StoredMatrix, factorCount: Int, weights: ImplicitWeights) {
    self.others = others
    self.factorCount = factorCount
    self.weights = weights
    gram = others.gram(scale: weights.unobserved)
  }

  var stride: Int { others.columns }

  static func stride(factorCount: Int) -> Int { (factorCount + 7) & ~7 }

  /// λ (|S| + α n)^ν, at least a hair so that every system has a solution.
  func ridge(likes: Int) -> Float {
    let size = Double(likes) + Double(weights.unobserved) * Double(others.rows)
    return max(1e-6, weights.lambda * Float(power(size, weights.exponent)))
  }
}

/// How much errors and factors weigh in `ImplicitEquations`.
struct ImplicitWeights: Sendable, Equatable {
  /// α, the weight of a movie without a like, against 1 for one with.
  let unobserved: Float
  let lambda: Float
  /// ν.
  let exponent: Double

  init(unobserved: Float, lambda: Float, exponent: Double) {
    self.unobserved = unobserved
    self.lambda = lambda
    self.exponent = exponent
  }

  /// α and λ from settings that hold for every size of data: the regularization is λ α n, that of a user with few likes,
  /// whose published and measured optima lie near 8 from a thousand movies to twenty thousand, while λ itself spans a
  /// decade. For fewer movies λ stays at what it is where α n is `usualUnobservedSum`.
  init(_ settings: ModelSettings, movieCount: Int) {
    let movies = Double(max(1, movieCount))
    let weight = settings["unobserved-weight"]
    let unobserved = weight > 0 ? weight : min(0.5, max(0.05, Self.usualUnobservedSum / movies))
    self.init(
      unobserved: Float(unobserved),
      lambda: Float(settings["regularization"] / max(Self.usualUnobservedSum, unobserved * movies)),
      exponent: settings["frequency-scaling"])
  }

  /// What α n is where the settings leave α open.
  private static let usualUnobservedSum = 340.0
}

extension ModelSetting {
  /// - Parameter isChosen: whether the model chooses the first two where nobody gives them.
  static func implicitWeights(
    unobserved: Double, regularization: Double, isChosen: Bool = false
  ) -> [ModelSetting] {
    [
      ModelSetting(
        "unobserved-weight", default: unobserved, in: 0...10, isChosen: isChosen,
        "weight of unobserved entries relative to likes; 0 takes 340 / movies, at least 0.05 and at most 0.5"
      ),
      ModelSetting(
        "regularization", default: regularization, in: 0.001...10_000, isChosen: isChosen,
        "L2 regularization of the factors of a user with few likes; the others in proportion"),
      ModelSetting(
        "frequency-scaling", default: 1, in: 0...1,
        "1 scales regularization with the number of likes, 0 regularizes all equally"),
    ]
  }
}

extension Matrix {
  /// Rows of `factorCount` random factors of deviation `spread`, padded with zeros to whole lanes.
  static func randomFactors(rows: Int, factorCount: Int, spread: Double, seed: UInt64, stream: UInt64) -> Matrix {
    var matrix = Matrix(rows: rows, columns: ImplicitEquations.stride(factorCount: factorCount))
    for row in 0..<rows {
      var random = CounterRandom(seed: seed, stream: stream, substream: UInt64(row))
      for factor in 0..<factorCount { matrix[row, factor] = Float(random.normalPair().0 * spread) }
    }
    return matrix
  }
}
