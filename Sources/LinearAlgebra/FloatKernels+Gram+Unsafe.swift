// Unsafe: sums products of rows behind pointers.

import CFloatKernels

extension FloatKernels {
  /// C += A'A for A of `rows` x `stride` and C of `stride` x `stride`, row-major; `stride` is a multiple of 8.
  ///
  /// Only the upper triangle is complete. For the few dozen columns of a factorization this is faster than BLAS,
  /// whose set-up takes a lock; its bits are the same on every processor, and it uses the widest vector unit.
  ///
  /// - Complexity: O(rows x stride²).
  public static func addGram(
    of a: UnsafePointer<Float>, rows: Int, stride: Int, to c: UnsafeMutablePointer<Float>
  ) {
    precondition(stride % 8 == 0, "rows must be padded to whole lanes")
    marquee_add_gram(a, rows, stride, c)
  }
}
