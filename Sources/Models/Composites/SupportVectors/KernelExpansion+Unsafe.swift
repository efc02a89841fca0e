// Unsafe: walks the support vectors by pointer.

import LinearAlgebra

extension KernelExpansion {
  /// Σ_s c_s exp(−γ |x − s|²) for one scaled row x. The same bits in any batch.
  ///
  /// - Complexity: O(support vectors x features).
  func sum(_ row: [Float]) -> Float {
    let width = row.count
    return row.withUnsafeBufferPointer { row in
      vectors.withUnsafeBufferPointer { vectors in
        guard let x = row.baseAddress, let s = vectors.baseAddress else { return 0 }
        let norm = FloatKernels.dot(x, x, count: width)
        var sum = NormalMath.Lanes.zero
        for place in stride(from: 0, to: coefficients.count, by: Self.lanes) {
          var distances = NormalMath.Lanes.zero
          var weights = NormalMath.Lanes.zero
          for lane in 0..<Self.lanes {
            let vector = s + (place + lane) * width
            distances[lane] = norm + norms[place + lane] - 2 * FloatKernels.dot(x, vector, count: width)
            weights[lane] = coefficients[place + lane]
          }
          sum += weights * NormalMath.exponential(-gamma * distances)
        }
        return sum.sum()
      }
    }
  }
}
