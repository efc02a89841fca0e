// Unsafe: adds up rows of the inverse behind a pointer.

import LinearAlgebra
import Ratings

extension MovieInverse {
  /// w_j b_ji for each *j* of `weights`, which does not hold *i* itself.
  func contributions(to movie: Int, of weights: [ScoredMovie]) -> [Float] {
    let place = Int(places[movie])
    guard place >= 0 else { return weights.map { _ in 0 } }
    return inverse.withUnsafeBufferPointer { inverse in
      let row = place * movies.count
      return weights.map { weight in
        let other = Int(places[Int(weight.movie)])
        return other < 0 ? 0 : -weight.score * inverse[row + other] / inverse[row + place]
      }
    }
  }

  /// Scores of all movies for someone whose ratings weigh `weights`.
  ///
  /// - Complexity: O(weights x movies).
  func score(_ weights: [ScoredMovie], into scores: UnsafeMutableBufferPointer<Float>) {
    let count = movies.count
    scores.update(repeating: 0)
    withUnsafeTemporaryAllocation(of: Float.self, capacity: count) { sums in
      guard count > 0, let target = sums.baseAddress else { return }
      sums.initialize(repeating: 0)
      inverse.withUnsafeBufferPointer { inverse in
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
        for place in 0..<count { scores[Int(movies[place])] = -target[place] / diagonal[place] }
      }
    }
  }

  /// The `count` movies *j* with the highest positive −P_ij / √(P_ii P_jj).
  ///
  /// - Complexity: O(movies).
  func strongestCorrelations(with movie: Int, count: Int) -> [TopK.Entry] {
    let place = Int(places[movie])
    guard place >= 0, count > 0 else { return [] }
    var best = TopK(count)
    var limit: Float = 0
    inverse.withUnsafeBufferPointer { inverse in
      let row = place * movies.count
      let own = diagonal[place]
      for other in 0..<movies.count where inverse[row + other] < 0 && other != place {
        let value = inverse[row + other]
        // Nearly all are far below; a hair lower than exact, since squares round differently.
        guard value * value > limit * limit * own * diagonal[other] * 0.999 else { continue }
        let similarity = -value / (own * diagonal[other]).squareRoot()
        guard similarity > limit else { continue }
        best.offer(movies[other], min(1, similarity))
        limit = max(0, best.threshold)
      }
    }
    return best.take()
  }
}
