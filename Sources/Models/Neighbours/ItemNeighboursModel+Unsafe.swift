// Unsafe: scores are scattered to, and ratings searched, through pointers.

import Ratings

extension ItemNeighboursModel {
  /// - Complexity: O(ratings of the profiles x movies that list them + profiles x movies).
  public func score(_ profiles: [UserProfile], into scores: UnsafeMutableBufferPointer<Float>) {
    // Σ s_ij e_uj and Σ s_ij for each movie i.
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

  /// What the rated neighbours of one movie add to the baseline.
  ///
  /// - Complexity: O(neighbours x log ratings).
  func voice(for movie: Int, profile: UserProfile) -> Float {
    var sum: Float = 0
    var weight = weightDamping
    profile.ratings.withUnsafeBufferPointer { ratings in
      lists.withNeighbours(of: movie) { neighbours, similarities in
        for index in neighbours.indices {
          guard let rating = ratings.position(ofMovie: neighbours[index]) else { continue }
          sum += similarities[index] * profile.vector[rating + 1]
          weight += similarities[index]
        }
      }
    }
    return weight > 0 ? sum / weight : 0
  }

  private func addVoice(of movie: Int, residual: Float, to sums: UnsafeMutableBufferPointer<SIMD2<Float>>) {
    let terms = SIMD2<Float>(residual, 1)
    listedBy.columns.withUnsafeBufferPointer { movies in
      listedBy.values.withUnsafeBufferPointer { similarities in
        for position in listedBy.range(ofRow: movie) {
          sums[Int(movies[position])] += terms * similarities[position]
        }
      }
    }
  }
}
