// Unsafe: hands rows of a matrix to the kernels.

import LinearAlgebra

extension Matrix {
  /// The dot product of two rows.
  func dot(_ first: Int, _ second: Int) -> Float {
    values.withUnsafeBufferPointer { values in
      guard let base = values.baseAddress else { return 0 }
      return FloatKernels.dot(base + first * columns, base + second * columns, count: columns)
    }
  }
}
