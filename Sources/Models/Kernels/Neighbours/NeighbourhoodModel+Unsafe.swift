// Unsafe: scores are scattered to through a pointer.

import Ratings

extension NeighbourhoodModel {
  /// - Complexity: O(ratings of the profiles x movies that each speaks to + profiles x movies).
  public func score(_ profiles: [UserProfile], into scores: UnsafeMutableBufferPointer<Float>) {
    // Σ weight x contribution and Σ weight for each movie.
    withUnsafeTemporaryAllocation(of: SIMD2<Float>.self, capacity: movieCount) { sums in
      for (row, profile) in profiles.enumerated() {
        sums.initialize(repeating: SIMD2(0, weightDamping))
        for (position, rating) in profile.ratings.enumerated() {
          addContributions(of: Int(rating.movie), residual: profile.vector[position + 1], to: sums)
        }
        let start = baseline.mean + profile.vector[0]
        for movie in 0..<movieCount {
          let sum = sums[movie]
          scores[row * movieCount + movie] = start + baseline.movieBiases[movie] + (sum[1] > 0 ? sum[0] / sum[1] : 0)
        }
      }
    }
  }
}
