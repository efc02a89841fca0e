// Unsafe: gathers rows into scratch memory for the kernels and solves in place.

import LinearAlgebra
import Ratings

/// Finds the taste of one user after another from their ratings, the movies' factors given.
///
/// The unknowns are k factors t and a bias b; they minimize
///
///     Σ_j (z_j − b_j − b − q_j · t)² + ridge √n |t − prior|² + biasRidge √n b²
///
/// over the n ratings z_j: the same sum that stochastic gradient descent with frequency-scaled regularization descends,
/// at its exact minimum.
struct TasteSolver: ~Copyable {
  /// Rows gathered before each product: few enough to stay in the first-level cache.
  private static let chunk = 128

  private let factors: MovieFactors
  private let ridge: Float
  private let biasRidge: Float
  private let gathered: UnsafeMutablePointer<Float>
  private let matrix: UnsafeMutablePointer<Float>
  private let target: UnsafeMutablePointer<Float>

  init(_ factors: MovieFactors, ridge: Float, biasRidge: Float) {
    self.factors = factors
    // Without any ridge, a user with fewer ratings than factors would have no solution of their own.
    self.ridge = max(ridge, 1e-5)
    self.biasRidge = max(biasRidge, 1e-5)
    let stride = factors.stride
    let count = Self.chunk * stride + stride * stride + stride
    gathered = .allocate(capacity: count)
    gathered.initialize(repeating: 0, count: count)
    matrix = gathered + Self.chunk * stride
    target = matrix + stride * stride
  }

  deinit { gathered.deallocate() }

  /// The k factors and the bias of a user who rated `movies` with `values` (standardized).
  ///
  /// - Parameters:
  ///   - prior: k numbers, or none for 0.
  ///   - weights: what each rating's row is multiplied with; none for 1.
  /// - Complexity: O(ratings x factors² + factors³).
  mutating func solve(
    movies: UnsafeBufferPointer<Int32>, values: UnsafeBufferPointer<Float>, prior: [Float] = [], weights: [Float] = []
  ) -> [Float] {
    let stride = factors.stride
    let count = factors.factorCount + 1
    guard !movies.isEmpty else {
      return prior.isEmpty ? [Float](repeating: 0, count: count) : Array(prior.prefix(count - 1)) + [0]
    }
    sumUp(movies: movies, values: values, weights: weights)
    let frequency = Float(movies.count).squareRoot()
    for unknown in 0..<count {
      let ridge = (unknown == factors.factorCount ? biasRidge : ridge) * frequency
      target[unknown] = matrix[unknown * stride + factors.biasPlace]
      if unknown < factors.factorCount, !prior.isEmpty { target[unknown] += ridge * prior[unknown] }
      matrix[unknown * stride + unknown] += ridge
    }
    SmallCholesky.factorize(matrix, count: count, stride: stride)
    SmallCholesky.solve(matrix, count: count, stride: stride, target)
    return (0..<count).map { target[$0].isFinite ? target[$0] : 0 }
  }

  /// The products of the rated movies' rows, with the errors in the place of the biases.
  private mutating func sumUp(
    movies: UnsafeBufferPointer<Int32>, values: UnsafeBufferPointer<Float>, weights: [Float]
  ) {
    let stride = factors.stride
    let bias = factors.biasPlace
    matrix.update(repeating: 0, count: stride * stride)
    factors.rows.values.withUnsafeBufferPointer { rows in
      let rows = rows.baseAddress.unsafelyUnwrapped
      var start = 0
      while start < movies.count {
        let end = min(movies.count, start + Self.chunk)
        for index in start..<end {
          let place = gathered + (index - start) * stride
          place.update(from: rows + Int(movies[index]) * stride, count: stride)
          let target = values[index] - place[bias]
          if !weights.isEmpty {
            for unknown in 0...factors.factorCount { place[unknown] *= weights[index] }
          }
          place[bias] = target
        }
        FloatKernels.addGram(of: gathered, rows: end - start, stride: stride, to: matrix)
        start = end
      }
    }
  }
}

extension TasteSolver {
  /// The taste of one row of a sparse matrix of standardized ratings.
  mutating func solve(row: Int, of ratings: SparseRows, prior: [Float] = []) -> [Float] {
    let range = ratings.range(ofRow: row)
    return ratings.columns.withUnsafeBufferPointer { movies in
      ratings.values.withUnsafeBufferPointer { values in
        solve(
          movies: UnsafeBufferPointer(rebasing: movies[range]), values: UnsafeBufferPointer(rebasing: values[range]),
          prior: prior)
      }
    }
  }

  /// The taste of someone with these ratings, in stars.
  mutating func solve(_ ratings: [MovieRating], mean: Float, deviation: Float, prior: [Float] = []) -> [Float] {
    let movies = ratings.map(\.movie)
    let values = ratings.map { ($0.value - mean) / deviation }
    return movies.withUnsafeBufferPointer { movies in
      values.withUnsafeBufferPointer { values in solve(movies: movies, values: values, prior: prior) }
    }
  }
}
