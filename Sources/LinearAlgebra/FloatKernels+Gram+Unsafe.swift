// Unsafe: sums products of rows behind pointers.

extension FloatKernels {
  /// C += A'A for A of `rows` x `stride` and C of `stride` x `stride`, row-major; `stride` is a multiple of 8.
  ///
  /// Only the upper triangle of C is whole. For the few dozen columns of a factorization this beats a call of BLAS,
  /// whose set-up takes a lock; and its bits are the same on every processor.
  ///
  /// - Complexity: O(rows x stride²).
  public static func addGram(
    of a: UnsafePointer<Float>, rows: Int, stride: Int, to c: UnsafeMutablePointer<Float>
  ) {
    precondition(stride % 8 == 0, "rows must be padded to whole lanes")
    for top in Swift.stride(from: 0, to: stride, by: 4) {
      for left in Swift.stride(from: top & ~7, to: stride, by: 8) {
        let target = c + top * stride + left
        var sum0 = lanes(target)
        var sum1 = lanes(target + stride)
        var sum2 = lanes(target + 2 * stride)
        var sum3 = lanes(target + 3 * stride)
        var row = a
        for _ in 0..<rows {
          let values = lanes(row + left)
          sum0 += row[top] * values
          sum1 += row[top + 1] * values
          sum2 += row[top + 2] * values
          sum3 += row[top + 3] * values
          row += stride
        }
        store(sum0, to: target)
        store(sum1, to: target + stride)
        store(sum2, to: target + 2 * stride)
        store(sum3, to: target + 3 * stride)
      }
    }
  }
}
