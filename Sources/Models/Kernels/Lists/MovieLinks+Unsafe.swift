// Unsafe: scores are scattered to through a pointer, without checking indices that were checked when the model was made.

import LinearAlgebra
import Ratings

extension MovieLinks {
  /// Scores of all movies for someone whose ratings weigh `weights`.
  ///
  /// - Complexity: O(movies + links of the rated movies).
  func score(_ weights: [ScoredMovie], into scores: UnsafeMutableBufferPointer<Float>) {
    scores.update(repeating: 0)
    bySource.columns.withUnsafeBufferPointer { targets in
      bySource.values.withUnsafeBufferPointer { values in
        for weight in weights {
          for position in bySource.range(ofRow: Int(weight.movie)) {
            scores[Int(targets[position])] += weight.score * values[position]
          }
        }
      }
    }
  }
}
