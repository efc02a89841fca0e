// Unsafe: passes the memory of three matrices to BLAS for one call; their sizes are those of the matrices.

import LinearAlgebra

extension Matrix {
  /// The matrix product.
  func times(_ other: Matrix) -> Matrix {
    var result = Matrix(rows: rows, columns: other.columns)
    values.withUnsafeBufferPointer { left in
      other.values.withUnsafeBufferPointer { right in
        result.values.withUnsafeMutableBufferPointer { product in
          guard let left = left.baseAddress, let right = right.baseAddress, let product = product.baseAddress else {
            return
          }
          BLAS.multiply(
            BLAS.Operand(left, stride: columns), by: BLAS.Operand(right, stride: other.columns), into: product,
            stride: other.columns, rows: rows, columns: other.columns, depth: columns)
        }
      }
    }
    return result
  }
}
