// Unsafe: steps update rows of factors behind pointers.

import LinearAlgebra
import Ratings

/// Asymmetric factors while stochastic gradient descent moves them; all ratings of a user are met in a row.
///
/// The rating to be predicted is left out of the user's own sum, otherwise each movie would learn to predict itself.
struct AsymmetricDescent: DescentState {
  /// Residuals over the baseline, in units of the ratings' deviation.
  let byUser: SparseRows
  let settings: DescentSettings
  let stride: Int
  /// Learning rate of x and y relative to that of q.
  let bagRate: Float
  let bagRegularization: Float
  /// q_i, then 0, then c_i: in the layout of `MovieFactors`.
  var movies: Matrix
  /// x_j and y_j in the same layout.
  var explicit: Matrix
  var implicit: Matrix
  let frequency: [Float]

  init(_ byUser: SparseRows, settings: DescentSettings, bagRate: Float, bagRegularization: Float) {
    self.byUser = byUser
    self.settings = settings
    self.bagRate = bagRate
    self.bagRegularization = bagRegularization
    stride = MovieFactors.stride(factorCount: settings.factorCount)
    movies = Matrix(rows: byUser.columnCount, columns: stride)
    implicit = movies
    explicit = movies
    // The ratings' part begins at random, the rest at 0: movies with the same ratings then stay alike.
    explicit.fillFactors(
      count: settings.factorCount, spread: 0.5 / Double(settings.factorCount).squareRoot(), seed: settings.seed,
      stream: 19)
    var counts = [Int](repeating: 0, count: byUser.columnCount)
    for movie in byUser.columns { counts[Int(movie)] += 1 }
    frequency = counts.map { 1 / Float(max(1, $0)).squareRoot() }
  }

  var ratingCount: Int { byUser.entryCount }

  var isSound: Bool {
    [movies, explicit, implicit].allSatisfy { $0.values.allSatisfy(\.isFinite) }
  }

  func squaredError(on validation: SparseRows) -> Double {
    var sum = 0.0
    for user in 0..<validation.rowCount where validation.count(ofRow: user) > 0 {
      let range = byUser.range(ofRow: user)
      let taste = AsymmetricBag(explicit: explicit, implicit: implicit, factorCount: settings.factorCount)
        .taste(movies: byUser.columns[range], residuals: byUser.values[range])
      var row = Matrix(rows: 1, columns: stride)
      for (factor, value) in taste.enumerated() { row[0, factor] = value }
      row[0, settings.factorCount + 1] = 1
      for position in validation.range(ofRow: user) {
        let error = validation.values[position] - row.product(0, movies, Int(validation.columns[position]))
        sum += Double(error * error)
      }
    }
    return sum
  }

  mutating func runEpoch(_ epoch: Int, rate: Float) -> Double {
    var order = Array(0..<byUser.rowCount)
    var random = CounterRandom(seed: settings.seed, stream: 20, substream: UInt64(epoch))
    order.shuffle(using: &random)
    let pass = AsymmetricPass(
      byUser: byUser, stride: stride, biasPlace: settings.factorCount + 1, frequency: frequency, rate: rate,
      pull: rate * settings.regularization, biasPull: rate * settings.biasRegularization, bagRate: rate * bagRate,
      bagPull: rate * bagRate * bagRegularization)
    var sum = 0.0
    movies.values.withUnsafeMutableBufferPointer { movies in
      explicit.values.withUnsafeMutableBufferPointer { explicit in
        implicit.values.withUnsafeMutableBufferPointer { implicit in
          guard let q = movies.baseAddress, let x = explicit.baseAddress, let y = implicit.baseAddress else { return }
          for user in order where byUser.count(ofRow: user) > 0 { sum += pass.learn(user, q: q, x: x, y: y) }
        }
      }
    }
    return sum
  }
}

/// Learns from all ratings of a user.
private struct AsymmetricPass {
  let byUser: SparseRows
  let stride: Int
  let biasPlace: Int
  let frequency: [Float]
  let rate: Float
  let pull: Float
  let biasPull: Float
  let bagRate: Float
  let bagPull: Float

  func learn(
    _ user: Int, q: UnsafeMutablePointer<Float>, x: UnsafeMutablePointer<Float>, y: UnsafeMutablePointer<Float>
  ) -> Double {
    let range = byUser.range(ofRow: user)
    return withUnsafeTemporaryAllocation(of: Float.self, capacity: 3 * stride + range.count) { scratch in
      scratch.initialize(repeating: 0)
      let taste = scratch.baseAddress.unsafelyUnwrapped
      let others = taste + stride
      let gathered = others + stride
      let errors = gathered + stride
      let scale = 1 / Float(range.count).squareRoot()
      for position in range {
        let row = Int(byUser.columns[position]) * stride
        FloatKernels.add(scale * byUser.values[position], times: x + row, to: taste, count: stride)
        FloatKernels.add(scale, times: y + row, to: taste, count: stride)
      }
      var sum = 0.0
      for (index, position) in range.enumerated() {
        let movie = Int(byUser.columns[position])
        let row = movie * stride
        let value = byUser.values[position]
        others.update(from: taste, count: stride)
        FloatKernels.add(-scale * value, times: x + row, to: others, count: stride)
        FloatKernels.add(-scale, times: y + row, to: others, count: stride)
        let bias = q[row + biasPlace]
        let error = value - bias - FloatKernels.dot(others, q + row, count: stride)
        errors[index] = error
        sum += Double(error * error)
        FloatKernels.add(error, times: q + row, to: gathered, count: stride)
        DescentKernels.blend(
          q + row, keep: max(0, 1 - pull * frequency[movie]), factor: rate * error, others, count: stride)
        q[row + biasPlace] = bias + rate * error - biasPull * frequency[movie] * bias
      }
      // Biases have no part in the bag.
      gathered[biasPlace] = 0
      for (index, position) in range.enumerated() {
        let movie = Int(byUser.columns[position])
        let row = movie * stride
        others.update(from: gathered, count: stride)
        FloatKernels.add(-errors[index], times: q + row, to: others, count: stride)
        others[biasPlace] = 0
        let keep = max(0, 1 - bagPull * frequency[movie])
        DescentKernels.blend(
          x + row, keep: keep, factor: bagRate * scale * byUser.values[position], others, count: stride)
        DescentKernels.blend(y + row, keep: keep, factor: bagRate * scale, others, count: stride)
      }
      return sum
    }
  }
}
