// Unsafe: hands rows of factors to the kernels.

import LinearAlgebra
import Ratings

extension ListFactors {
  /// x of someone whose ratings weigh `weights`: a dislike is a like of less than nothing. Empty where there is none.
  static func vector(of weights: [ScoredMovie], equations: ImplicitEquations) -> [Float] {
    guard !weights.isEmpty else { return [] }
    let stride = equations.stride
    let liked = weights.filter { $0.score > 0 }.map(\.movie)
    var push = [Float](repeating: 0, count: stride)
    var solution = push
    equations.others.withUnsafeBufferPointer { others in
      push.withUnsafeMutableBufferPointer { push in
        guard let others = others.baseAddress, let push = push.baseAddress else { return }
        for weight in weights where weight.score < 0 {
          FloatKernels.add(weight.score, times: others + Int(weight.movie) * stride, to: push, count: stride)
        }
      }
    }
    var solver = ImplicitRowSolver(equations)
    liked.withUnsafeBufferPointer { liked in
      push.withUnsafeBufferPointer { push in
        solution.withUnsafeMutableBufferPointer { solution in
          guard let solution = solution.baseAddress else { return }
          solver.descend(liked, push: push.baseAddress, solution: solution)
        }
      }
    }
    return solution
  }

  /// Scores of all movies, one row for each of `vectors`: one product of matrices.
  ///
  /// - Complexity: O(vectors x movies x factors).
  func score(_ vectors: [[Float]], into scores: UnsafeMutableBufferPointer<Float>) {
    guard movieCount > 0, !vectors.isEmpty, let scores = scores.baseAddress else { return }
    for row in vectors.indices {
      for movie in 0..<movieCount { scores[row * movieCount + movie] = biases[movie] }
    }
    let rows = vectors.flatMap { $0 }
    rows.withUnsafeBufferPointer { rows in
      movies.withUnsafeBufferPointer { movies in
        guard let rows = rows.baseAddress, let movies = movies.baseAddress else { return }
        BLAS.multiply(
          BLAS.Operand(rows, stride: stride), by: BLAS.Operand(movies, stride: stride, transposed: true), into: scores,
          stride: movieCount, rows: vectors.count, columns: movieCount, depth: stride, beta: 1)
      }
    }
  }

  /// y_i' v.
  func product(of movie: Int, with v: [Float]) -> Float {
    movies.withUnsafeBufferPointer { movies in
      v.withUnsafeBufferPointer { v in
        guard let movies = movies.baseAddress, let v = v.baseAddress else { return 0 }
        return FloatKernels.dot(movies + movie * stride, v, count: stride)
      }
    }
  }

  /// For each of `targets` w_j y_j' A⁻¹ y_i of each rated movie *j*: they sum to x'y_i exactly, as x = A⁻¹ Σ_j w_j y_j (Hu
  /// et al. 2008, section 5).
  ///
  /// - Complexity: O(weights x factors² + factors³ + targets x factors x (factors + weights)).
  func contributions(toEach targets: [Int], of weights: [ScoredMovie]) -> [[ScoredMovie]] {
    guard !targets.isEmpty, !weights.isEmpty else { return targets.map { _ in [] } }
    var solver = ImplicitRowSolver(equations)
    let liked = weights.filter { $0.score > 0 }.map(\.movie)
    let vectors = liked.withUnsafeBufferPointer { liked in
      solver.inverse(liked, times: targets.map { movies[row: $0] })
    }.flatMap { $0 }
    let rated = weights.flatMap { movies[row: Int($0.movie)] }
    var products = [Float](repeating: 0, count: targets.count * weights.count)
    products.withUnsafeMutableBufferPointer { products in
      vectors.withUnsafeBufferPointer { vectors in
        rated.withUnsafeBufferPointer { rated in
          guard let products = products.baseAddress, let vectors = vectors.baseAddress, let rated = rated.baseAddress
          else { return }
          BLAS.multiply(
            BLAS.Operand(vectors, stride: stride), by: BLAS.Operand(rated, stride: stride, transposed: true),
            into: products, stride: weights.count, rows: targets.count, columns: weights.count, depth: stride)
        }
      }
    }
    return targets.indices.map { target in
      zip(weights, products[target * weights.count..<(target + 1) * weights.count]).map {
        ScoredMovie(movie: $0.movie, score: $0.score * $1)
      }
    }
  }
}
