// Unsafe: scores are scattered to through a pointer.

import Ratings

extension SlopeOneModel {
  func addContributions(of movie: Int, residual: Float, to sums: UnsafeMutableBufferPointer<SIMD2<Float>>) {
    differences.weights.columns.withUnsafeBufferPointer { movies in
      differences.weights.values.withUnsafeBufferPointer { weights in
        differences.means.withUnsafeBufferPointer { means in
          for position in differences.weights.range(ofRow: movie) {
            sums[Int(movies[position])] += SIMD2(means[position] + residual, 1) * weights[position]
          }
        }
      }
    }
  }
}
