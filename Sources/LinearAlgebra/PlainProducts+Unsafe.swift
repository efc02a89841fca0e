// Unsafe: reads and writes matrices at the places that their callers give, as the library does.

/// The products of `BLAS` where there is no library: for programs that use the models without asking for one (`BLAS.load()`).
///
/// Sums are taken in one order, so the bits are the same everywhere; they differ from the library's, and take many times as long.
package enum PlainProducts {
  /// C = alpha A B + beta C.
  ///
  /// - Complexity: O(rows x columns x depth).
  package static func multiply(
    _ a: BLAS.Operand, by b: BLAS.Operand, into c: UnsafeMutablePointer<Float>, stride: Int,
    rows: Int, columns: Int, depth: Int, alpha: Float, beta: Float
  ) {
    for row in 0..<rows {
      let sums = c + row * stride
      scale(sums, count: columns, by: beta)
      for place in 0..<depth {
        let value = alpha * a[row, place]
        for column in 0..<columns { sums[column] += value * b[place, column] }
      }
    }
  }

  /// The upper triangle of C = alpha A'A + beta C.
  ///
  /// - Complexity: O(rows x columns²).
  package static func gram(
    of a: UnsafePointer<Float>, rows: Int, columns: Int, stride strideA: Int,
    into c: UnsafeMutablePointer<Float>, stride strideC: Int, alpha: Float, beta: Float
  ) {
    for column in 0..<columns { scale(c + column * strideC + column, count: columns - column, by: beta) }
    for row in 0..<rows {
      let values = a + row * strideA
      for column in 0..<columns {
        let (sums, value) = (c + column * strideC, alpha * values[column])
        for other in column..<columns { sums[other] += value * values[other] }
      }
    }
  }

  /// What C held is not read where `beta` is 0, as it may be anything.
  private static func scale(_ values: UnsafeMutablePointer<Float>, count: Int, by beta: Float) {
    for place in 0..<count { values[place] = beta == 0 ? 0 : beta * values[place] }
  }
}
