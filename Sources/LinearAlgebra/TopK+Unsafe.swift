// Unsafe: reads scores behind a pointer, sixteen at a time.

extension TopK {
  /// Offers score *n* of `scores` as index `start` + *n*, for all of them. Those of −infinity are passed over.
  ///
  /// Most scores are below the threshold, which sixteen are held against at once. The same list as offering one by one.
  ///
  /// - Complexity: O(scores + those above the threshold when they come x log capacity).
  public mutating func offer(_ scores: UnsafeBufferPointer<Float>, from start: Int32 = 0) {
    guard capacity > 0, let base = scores.baseAddress else { return }
    let lanes = SIMD16<Float>.scalarCount
    let whole = scores.count - scores.count % lanes
    var limit = threshold
    var index = 0
    while index < whole {
      let next = UnsafeRawPointer(base + index).loadUnaligned(as: SIMD16<Float>.self)
      if any(next .> SIMD16(repeating: limit)) {
        for lane in index..<index + lanes where base[lane] > limit {
          offer(start + Int32(truncatingIfNeeded: lane), base[lane])
          limit = threshold
        }
      }
      index += lanes
    }
    for index in whole..<scores.count where base[index] > limit {
      offer(start + Int32(truncatingIfNeeded: index), base[index])
      limit = threshold
    }
  }
}
