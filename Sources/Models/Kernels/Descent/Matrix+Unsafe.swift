// Unsafe: hands rows of matrices to the kernels.

import LinearAlgebra

extension Matrix {
  /// Σ over columns of row `first` times row `second`.
  func product(_ first: Int, _ second: Int) -> Float {
    values.withUnsafeBufferPointer { values in
      guard let base = values.baseAddress else { return 0 }
      return FloatKernels.dot(base + first * columns, base + second * columns, count: columns)
    }
  }

  /// Overwrites the upper triangle of a symmetric matrix A, of `rows` unknowns, by U with U'U = A.
  mutating func factorizeSymmetric() {
    let count = rows
    let stride = columns
    guard count > 0 else { return }
    values.withUnsafeMutableBufferPointer {
      SmallCholesky.factorize($0.baseAddress.unsafelyUnwrapped, count: count, stride: stride)
    }
  }
}

extension Matrix {
  /// sum += scale Σ of the chosen rows, over as many columns as `sum` has.
  func addRows(_ chosen: some Collection<Int32>, to sum: inout [Float], scale: Float) {
    let count = sum.count
    values.withUnsafeBufferPointer { values in
      sum.withUnsafeMutableBufferPointer { sum in
        guard let base = values.baseAddress, let target = sum.baseAddress else { return }
        for row in chosen { FloatKernels.add(base + Int(row) * columns, to: target, count: count) }
        for column in 0..<count { target[column] *= scale }
      }
    }
  }
}
