// Unsafe: rows are solved in parallel and written in place, each by one thread.

import LinearAlgebra
import Ratings

extension FactorRows {
  /// Solves all rows for their ratings in `rows`.
  ///
  /// - Returns: the expected sum of squared errors over all ratings.
  mutating func solve(_ rows: SparseRows, with equations: RowEquations, threads: ThreadCount) -> Double {
    let factorCount = factorCount
    let stride = stride
    var errors = [Double](repeating: 0, count: rows.rowCount)
    means.values.withUnsafeMutableBufferPointer { means in
      variances.values.withUnsafeMutableBufferPointer { variances in
        errors.withUnsafeMutableBufferPointer { errors in
          let means = SharedMutableBuffer(means)
          let variances = SharedMutableBuffer(variances)
          let errors = SharedMutableBuffer(errors)
          threads.forEachBlock(of: rows.rowCount, blockSize: 64) { block in
            var solver = RowSolver(equations)
            for row in block {
              errors[row] = solver.solve(row, of: rows)
              let start = row * stride
              for factor in 0..<factorCount {
                means[start + factor] = solver.solution[factor]
                variances[start + factor] = solver.solutionVariance[factor]
              }
              means[start + factorCount + 1] = solver.solution[factorCount]
              variances[start + factorCount + 1] = solver.solutionVariance[factorCount]
            }
          }
        }
      }
    }
    return errors.reduce(0, +)
  }

  /// Each row as a profile's vector.
  func profileVectors(mean: Float, deviation: Float) -> Matrix {
    var vectors = Matrix(rows: rowCount, columns: stride)
    for row in 0..<rowCount {
      for factor in 0..<factorCount { vectors[row, factor] = deviation * means[row, factor] }
      vectors[row, factorCount] = mean + deviation * means[row, biasPlace]
      vectors[row, factorCount + 1] = deviation
    }
    return vectors
  }
}

extension RowSolver {
  /// Solves one row of a sparse matrix.
  mutating func solve(_ row: Int, of rows: SparseRows) -> Double {
    let range = rows.range(ofRow: row)
    return rows.columns.withUnsafeBufferPointer { columns in
      rows.values.withUnsafeBufferPointer { values in
        solve(
          columns: UnsafeBufferPointer(rebasing: columns[range]), values: UnsafeBufferPointer(rebasing: values[range]),
          following: columns.count - range.upperBound)
      }
    }
  }
}
