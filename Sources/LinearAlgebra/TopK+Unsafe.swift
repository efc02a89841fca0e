// Unsafe: reads scores behind a pointer.

import CFloatKernels

extension TopK {
  /// Offers score *n* of `scores` as index `start` + *n*, for all of them. Scores of −infinity are skipped.
  ///
  /// Most scores are below the threshold, so whole vectors are compared at once. The list is the same as when offering one by one.
  ///
  /// - Complexity: O(scores + those above the threshold at that time x log capacity).
  public mutating func offer(_ scores: UnsafeBufferPointer<Float>, from start: Int32 = 0) {
    guard capacity > 0, let base = scores.baseAddress else { return }
    var next = 0
    while true {
      let index = marquee_first_above(base, next, scores.count, threshold)
      guard index < scores.count else { return }
      offer(start + Int32(truncatingIfNeeded: index), base[index])
      next = index + 1
    }
  }
}
