// Unsafe: scores are scattered to, and ratings searched, through pointers.

import Ratings

extension ItemNeighboursModel {
  /// What the rated neighbours of one movie add to the baseline.
  ///
  /// - Complexity: O(neighbours x log ratings).
  func contribution(for movie: Int, profile: UserProfile) -> Float {
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

  func addContributions(of movie: Int, residual: Float, to sums: UnsafeMutableBufferPointer<SIMD2<Float>>) {
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
