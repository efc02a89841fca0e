// Unsafe: hands the memory of vectors and factors to kernels and to BLAS.

import LinearAlgebra
import Ratings

extension MovieFactors {
  /// The score of `movie` for a vector of which the first `stride` numbers count.
  func product(_ vector: [Float], with movie: Int) -> Float {
    vector.withUnsafeBufferPointer { vector in
      rows.values.withUnsafeBufferPointer { rows in
        FloatKernels.dot(
          vector.baseAddress.unsafelyUnwrapped, rows.baseAddress.unsafelyUnwrapped + movie * stride, count: stride)
      }
    }
  }

  /// One matrix product: profiles x stride by stride x movies.
  func score(_ profiles: [UserProfile], into scores: UnsafeMutableBufferPointer<Float>) {
    guard !profiles.isEmpty, movieCount > 0, let target = scores.baseAddress else { return }
    let vectors = profiles.flatMap { $0.vector.prefix(stride) }
    vectors.withUnsafeBufferPointer { vectors in
      rows.values.withUnsafeBufferPointer { rows in
        BLAS.multiply(
          BLAS.Operand(vectors.baseAddress.unsafelyUnwrapped, stride: stride),
          by: BLAS.Operand(rows.baseAddress.unsafelyUnwrapped, stride: stride, transposed: true),
          into: target, stride: movieCount, rows: profiles.count, columns: movieCount, depth: stride)
      }
    }
  }
}
