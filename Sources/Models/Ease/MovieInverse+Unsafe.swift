// Unsafe: adds up rows of the inverse behind a pointer.

import LinearAlgebra

extension MovieInverse {
  /// Scores of all movies for a user who likes `liked`.
  ///
  /// - Complexity: O(liked x movies).
  func score(_ liked: [Int32], into scores: UnsafeMutableBufferPointer<Float>) {
    let count = movies.count
    scores.update(repeating: 0)
    withUnsafeTemporaryAllocation(of: Float.self, capacity: count) { sums in
      guard count > 0, let target = sums.baseAddress else { return }
      sums.initialize(repeating: 0)
      inverse.values.withUnsafeBufferPointer { inverse in
        let rows = inverse.baseAddress.unsafelyUnwrapped
        for movie in liked where places[Int(movie)] >= 0 {
          FloatKernels.add(rows + Int(places[Int(movie)]) * count, to: target, count: count)
        }
        // The diagonal is not part of the model.
        for movie in liked where places[Int(movie)] >= 0 {
          let place = Int(places[Int(movie)])
          target[place] -= inverse[place * count + place]
        }
        for place in 0..<count { scores[Int(movies[place])] = -target[place] / inverse[place * count + place] }
      }
    }
  }
}
