// Unsafe: sums products of rows behind pointers.

import CFloatKernels

extension FloatKernels {
  /// C += A'A for A of `rows` x `stride` and C of `stride` x `stride`, row-major; `stride` is a multiple of 8.
  ///
  /// Only the upper triangle of C is whole. For the few dozen columns of a factorization this beats a call of BLAS,
  /// whose set-up takes a lock; and its bits are the same on every processor, whose widest vector unit it uses.
  ///
  /// - Complexity: O(rows x stride²).
  public static func addGram(
    of a: UnsafePointer<Float>, rows: Int, stride: Int, to c: UnsafeMutablePointer<Float>
  ) {
    precondition(stride % 8 == 0, "rows must be padded to whole lanes")
    marquee_add_gram(a, rows, stride, c)
  }
}
