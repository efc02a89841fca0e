// Unsafe: scores are scattered to through a pointer.

import Ratings

extension SlopeOneModel {
  /// - Complexity: O(ratings of the profiles x differences of each + profiles x movies).
  public func score(_ profiles: [UserProfile], into scores: UnsafeMutableBufferPointer<Float>) {
    // Σ w_ij (d_ij + e_uj) and λ + Σ w_ij for each movie i.
    withUnsafeTemporaryAllocation(of: SIMD2<Float>.self, capacity: movieCount) { sums in
      for (row, profile) in profiles.enumerated() {
        sums.initialize(repeating: SIMD2(0, weightDamping))
        for (position, rating) in profile.ratings.enumerated() {
          addVoice(of: Int(rating.movie), residual: profile.vector[position + 1], to: sums)
        }
        let start = baseline.mean + profile.vector[0]
        for movie in 0..<movieCount {
          let sum = sums[movie]
          scores[row * movieCount + movie] = start + baseline.movieBiases[movie] + (sum[1] > 0 ? sum[0] / sum[1] : 0)
        }
      }
    }
  }

  private func addVoice(of movie: Int, residual: Float, to sums: UnsafeMutableBufferPointer<SIMD2<Float>>) {
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
