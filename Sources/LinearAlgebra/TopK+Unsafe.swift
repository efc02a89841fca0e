// Unsafe: reads scores behind a pointer.

import CFloatKernels

extension TopK {
  /// Offers score *n* of `scores` as index `start` + *n*, for all of them. Those of −infinity are passed over.
  ///
  /// Most scores are below the threshold, which whole vectors are held against at once. The same list as offering one by one.
  ///
  /// - Complexity: O(scores + those above the threshold when they come x log capacity).
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
