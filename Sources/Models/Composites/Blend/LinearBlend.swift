import BinaryFiles
import LinearAlgebra

/// A weighted sum of predictions whose weights depend on the numbers of ratings of user and movie: feature-weighted linear
/// stacking (Sill, Takács, Mackey, Lin 2009).
///
/// With d_m the prediction of member *m* minus the baseline, and f = (1, log count of the user, log count of the movie, less
/// their means), the sum is Σ_m Σ_j v_mj f_j d_m + Σ_j v_0j f_j. v minimizes the squared error over out-of-fold predictions
/// plus λ |v|²; λ is chosen by cross-validation. Ratings with a known date have separate weights.
struct LinearBlend: Sendable, Equatable {
  /// The dimension of f.
  static let contextCount = 3
  private static let penalties = [0.3, 3, 30, 300, 3000]

  /// Members, the constant included.
  let inputCount: Int
  /// Means of the two logarithms.
  let center: [Float]
  /// v for pairs without date, then v for pairs with one: `inputCount` x `contextCount` each.
  let weights: [Float]

  var weightCount: Int { inputCount * Self.contextCount }

  /// Adds up one pair.
  func value(_ inputs: [Float], userCount: Float, movieCount: Float, isDated: Bool) -> Float {
    let context = [1, userCount - center[0], movieCount - center[1]]
    var sum: Float = 0
    var place = isDated ? weightCount : 0
    for input in inputs {
      for part in context {
        sum += weights[place] * part * input
        place += 1
      }
    }
    return sum
  }
}

extension LinearBlend {
  /// One pair with its target.
  struct Example {
    /// Each member's prediction minus the baseline, and 1.
    var inputs: [Float]
    var userCount: Float
    var movieCount: Float
    var isDated: Bool
    var target: Float
    var fold: Int
  }

  /// - Complexity: O(examples x (inputs x contexts)²).
  init(fitting examples: [Example], inputCount: Int, foldCount: Int) {
    let count = Double(max(1, examples.count))
    let userMean = examples.reduce(0.0) { $0 + Double($1.userCount) } / count
    let movieMean = examples.reduce(0.0) { $0 + Double($1.movieCount) } / count
    let center = [Float(userMean), Float(movieMean)]
    self.inputCount = inputCount
    self.center = center
    weights = [false, true].flatMap { isDated in
      Self.weights(
        examples.filter { $0.isDated == isDated }, width: inputCount * Self.contextCount, center: center,
        foldCount: foldCount)
    }
  }

  private static func weights(_ examples: [Example], width: Int, center: [Float], foldCount: Int) -> [Float] {
    var folds = [NormalEquations](repeating: NormalEquations(width: width), count: foldCount)
    for example in examples {
      let context = [1, Double(example.userCount - center[0]), Double(example.movieCount - center[1])]
      folds[example.fold].add(
        example.inputs.flatMap { input in context.map { $0 * Double(input) } }, target: Double(example.target))
    }
    let all = folds.reduce(NormalEquations(width: width)) { $0.adding($1, sign: 1) }
    var best = (penalty: penalties[penalties.count - 1], error: Double.infinity)
    for penalty in penalties {
      let error = folds.reduce(0.0) { $0 + $1.error(of: all.adding($1, sign: -1).solution(penalty: penalty)) }
      if error < best.error { best = (penalty, error) }
    }
    return all.solution(penalty: best.penalty).map { Float($0) }
  }
}

extension LinearBlend {
  func save(to writer: inout BinaryWriter) {
    writer.write(center)
    writer.write(weights)
  }

  init(from reader: inout BinaryReader, inputCount: Int) throws(BinaryFileError) {
    self.inputCount = inputCount
    center = try reader.readFiniteArray(count: 2)
    weights = try reader.readFiniteArray(count: 2 * inputCount * Self.contextCount)
  }
}

/// Sums of a least-squares problem.
struct NormalEquations {
  let width: Int
  /// `width` x `width`, the upper triangle.
  private var gram: [Double]
  private var products: [Double]
  private var squares = 0.0

  init(width: Int) {
    self.width = width
    gram = [Double](repeating: 0, count: width * width)
    products = [Double](repeating: 0, count: width)
  }

  mutating func add(_ row: [Double], target: Double) {
    for i in 0..<width {
      products[i] += row[i] * target
      for j in i..<width { gram[i * width + j] += row[i] * row[j] }
    }
    squares += target * target
  }

  func adding(_ other: NormalEquations, sign: Double) -> NormalEquations {
    var result = self
    for i in gram.indices { result.gram[i] += sign * other.gram[i] }
    for i in products.indices { result.products[i] += sign * other.products[i] }
    result.squares += sign * other.squares
    return result
  }

  /// The sum of squared errors that `weights` make here.
  func error(of weights: [Double]) -> Double {
    var error = squares
    for i in 0..<width {
      error += weights[i] * (gram[i * width + i] * weights[i] - 2 * products[i])
      for j in i + 1..<max(i + 1, width) { error += 2 * weights[i] * weights[j] * gram[i * width + j] }
    }
    return error
  }

  /// Minimizes the squared error plus `penalty` > 0 times the squared weights, by Cholesky factorization.
  func solution(penalty: Double) -> [Double] {
    var factor = gram
    for i in 0..<width { factor[i * width + i] += penalty }
    for i in 0..<width {
      for above in 0..<i {
        let multiple = factor[above * width + i]
        for j in i..<width { factor[i * width + j] -= multiple * factor[above * width + j] }
      }
      // The rest of a direction explained by others: rounding must not make it negative.
      let root = max(factor[i * width + i], penalty * 1e-9).squareRoot()
      for j in i..<width { factor[i * width + j] /= root }
      factor[i * width + i] = root
    }
    var x = products
    for i in 0..<width {
      x[i] /= factor[i * width + i]
      for j in i + 1..<max(i + 1, width) { x[j] -= factor[i * width + j] * x[i] }
    }
    for i in (0..<width).reversed() {
      for j in i + 1..<max(i + 1, width) { x[i] -= factor[i * width + j] * x[j] }
      x[i] /= factor[i * width + i]
    }
    return x
  }
}
