// Unsafe: gathers rows into scratch memory for the kernels.

import LinearAlgebra
import Ratings

/// Finds the non-negative factors and the bias of one row, the other side's rows given.
///
/// Minimizes a strictly convex quadratic over factors ≥ 0 by cyclic coordinate descent on its normal equations, from 0
/// to convergence: the solution depends on the ratings alone, not on where it began.
struct NonNegativeSolver: Sendable {
  /// Rows of the other side: factors, 1, bias.
  var others: MovieFactors
  let ridge: Float
  let biasRidge: Float

  /// k factors, then the bias.
  ///
  /// - Parameter passes: at most so many over the coordinates.
  /// - Complexity: O(ratings x factors² + passes x factors²).
  func solved(movies: [Int32], values: [Float], passes: Int = 200) -> [Float] {
    movies.withUnsafeBufferPointer { movies in
      values.withUnsafeBufferPointer { values in solved(movies: movies, values: values, passes: passes) }
    }
  }

  func solved(
    movies: UnsafeBufferPointer<Int32>, values: UnsafeBufferPointer<Float>, passes: Int = 200
  ) -> [Float] {
    let stride = others.stride
    let count = others.factorCount + 1
    var solution = [Float](repeating: 0, count: count)
    guard !movies.isEmpty else { return solution }
    withUnsafeTemporaryAllocation(of: Float.self, capacity: stride * stride + 64 * stride) { scratch in
      scratch.initialize(repeating: 0)
      let matrix = scratch.baseAddress.unsafelyUnwrapped
      sumUp(movies: movies, values: values, gathered: matrix + stride * stride, to: matrix)
      let frequency = Float(movies.count).squareRoot()
      // The matrix in full, so that each coordinate's row lies in one piece.
      for row in 0..<count {
        for column in 0..<row { matrix[row * stride + column] = matrix[column * stride + row] }
      }
      for _ in 0..<passes {
        var change: Float = 0
        for unknown in 0..<count {
          let row = matrix + unknown * stride
          let isBias = unknown == others.factorCount
          let own = row[unknown]
          var target = row[others.biasPlace] + own * solution[unknown]
          for other in 0..<count { target -= row[other] * solution[other] }
          let best = target / (own + (isBias ? biasRidge : ridge) * frequency)
          let next = isBias ? best : max(0, best)
          change = max(change, abs(next - solution[unknown]))
          solution[unknown] = next
        }
        if !(change > 1e-5) { break }
      }
    }
    return solution.allSatisfy(\.isFinite) ? solution : [Float](repeating: 0, count: count)
  }

  private func sumUp(
    movies: UnsafeBufferPointer<Int32>, values: UnsafeBufferPointer<Float>, gathered: UnsafeMutablePointer<Float>,
    to matrix: UnsafeMutablePointer<Float>
  ) {
    let stride = others.stride
    others.rows.values.withUnsafeBufferPointer { rows in
      let rows = rows.baseAddress.unsafelyUnwrapped
      var start = 0
      while start < movies.count {
        let end = min(movies.count, start + 64)
        for index in start..<end {
          let place = gathered + (index - start) * stride
          place.update(from: rows + Int(movies[index]) * stride, count: stride)
          place[others.biasPlace] = values[index] - place[others.biasPlace]
        }
        FloatKernels.addGram(of: gathered, rows: end - start, stride: stride, to: matrix)
        start = end
      }
    }
  }

  /// The solution of every row of a sparse matrix, laid out like `others`' rows.
  func solved(_ ratings: SparseRows, threads: ThreadCount) -> Matrix {
    let stride = others.stride
    let blocks = threads.map((ratings.rowCount + 31) / 32) { block in
      (block * 32..<min(ratings.rowCount, block * 32 + 32)).flatMap { row in
        let range = ratings.range(ofRow: row)
        let solution = ratings.columns.withUnsafeBufferPointer { columns in
          ratings.values.withUnsafeBufferPointer { values in
            solved(
              movies: UnsafeBufferPointer(rebasing: columns[range]),
              values: UnsafeBufferPointer(rebasing: values[range]))
          }
        }
        var placed = [Float](repeating: 0, count: stride)
        for factor in 0..<others.factorCount { placed[factor] = solution[factor] }
        placed[others.onePlace] = 1
        placed[others.biasPlace] = solution[others.factorCount]
        return placed
      }
    }
    return Matrix(rows: ratings.rowCount, columns: stride, values: blocks.flatMap { $0 })
  }
}
