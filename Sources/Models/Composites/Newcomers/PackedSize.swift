import Ratings

/// Estimates the compressed size of bytes without compressing: libraries differ, and models must not.
enum PackedSize {
  /// By the entropy of single bytes.
  static func estimate(_ bytes: ArraySlice<UInt8>) -> Int {
    var counts = [Int](repeating: 0, count: 256)
    for byte in bytes { counts[Int(byte)] += 1 }
    let bits = counts.reduce(0.0) { sum, count in
      count == 0 ? sum : sum - Double(count) * CompactNumber.log2(Double(count) / Double(bytes.count))
    }
    return Int(bits / 8)
  }
}
