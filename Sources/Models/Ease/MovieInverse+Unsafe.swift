// Unsafe: adds up rows of the inverse behind a pointer.

import LinearAlgebra

extension MovieInverse {
  /// Scores of all movies for someone whose ratings weigh `weights`.
  ///
  /// - Complexity: O(weights x movies).
  func score(_ weights: [ScoredMovie], into scores: UnsafeMutableBufferPointer<Float>) {
    let count = movies.count
    scores.update(repeating: 0)
    withUnsafeTemporaryAllocation(of: Float.self, capacity: count) { sums in
      guard count > 0, let target = sums.baseAddress else { return }
      sums.initialize(repeating: 0)
      inverse.values.withUnsafeBufferPointer { inverse in
        let rows = inverse.baseAddress.unsafelyUnwrapped
        for weight in weights where places[Int(weight.movie)] >= 0 {
          FloatKernels.add(
            weight.score, times: rows + Int(places[Int(weight.movie)]) * count, to: target, count: count)
        }
        // The diagonal is not part of the model.
        for weight in weights where places[Int(weight.movie)] >= 0 {
          let place = Int(places[Int(weight.movie)])
          target[place] -= weight.score * inverse[place * count + place]
        }
        for place in 0..<count { scores[Int(movies[place])] = -target[place] / inverse[place * count + place] }
      }
    }
  }
}
