// Unsafe: factorizes and solves in the caller's memory.

import CFloatKernels

/// Cholesky factorization and solves for matrices of up to a hundred rows or so, where the calls into LAPACK would
/// cost more than the arithmetic.
///
/// Matrices are row-major with `stride` floats a row, a multiple of 8 and at least `count`. Only the upper triangle
/// is used; the rest must be finite and is overwritten.
public enum SmallCholesky {
  /// Overwrites a symmetric positive definite matrix A by U with U'U = A.
  ///
  /// A pivot that is not positive, which rounding can cause for a singular matrix, is replaced by a huge one: the solution then
  /// leaves that direction at about 0.
  ///
  /// - Complexity: O(count³ / 3).
  public static func factorize(_ matrix: UnsafeMutablePointer<Float>, count: Int, stride: Int) {
    var largest: Float = 0
    for row in 0..<count { largest = max(largest, matrix[row * stride + row]) }
    let smallest = max(largest * 1e-7, .leastNormalMagnitude)
    for pivot in 0..<count {
      let row = matrix + pivot * stride
      // From the multiple of 8 at or before the diagonal: elements to the left are no longer used.
      let first = pivot & ~7
      marquee_eliminate(matrix, stride, pivot, first, ((count + 7) & ~7) - first, row)
      let root: Float
      if row[pivot] > smallest {
        root = row[pivot].squareRoot()
      } else {
        root = largest > 0 ? largest.squareRoot() * 1e6 : 1
      }
      row[pivot] = root
      let inverse = 1 / root
      for column in pivot + 1..<max(pivot + 1, count) { row[column] *= inverse }
    }
  }

  /// Overwrites b by the solution of U'U x = b.
  ///
  /// - Complexity: O(count²).
  public static func solve(
    _ factor: UnsafePointer<Float>, count: Int, stride: Int, _ b: UnsafeMutablePointer<Float>
  ) {
    for index in 0..<count {
      let row = factor + index * stride
      b[index] /= row[index]
      let next = index + 1
      FloatKernels.add(-b[index], times: row + next, to: b + next, count: count - next)
    }
    for index in (0..<count).reversed() {
      let row = factor + index * stride
      let next = index + 1
      b[index] = (b[index] - FloatKernels.dot(row + next, b + next, count: count - next)) / row[index]
    }
  }
  /// Overwrites `count` rows of eight numbers with the solutions of U'U x = b for eight b, one per column.
  ///
  /// - Complexity: O(count²).
  public static func solveEight(
    _ factor: UnsafePointer<Float>, count: Int, stride: Int, _ b: UnsafeMutablePointer<Float>
  ) {
    marquee_solve_eight(factor, stride, count, b)
  }
}
