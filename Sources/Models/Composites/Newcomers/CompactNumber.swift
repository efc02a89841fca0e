import Ratings

/// Sizes as one byte: c is largest · 2^(−c / 16).
enum CompactNumber {
  static func code(_ value: Float, largest: Float) -> UInt8 {
    value <= 0 ? 255 : UInt8(max(0, min(255, (16 * log2(Double(largest) / Double(value))).rounded())))
  }

  static func value(_ code: UInt8, largest: Float) -> Float { largest * Float(exp2(-Double(code) / 16)) }

  static func log2(_ x: Double) -> Double { PlainMath.logarithm(x) / PlainMath.logarithm(2) }

  static func exp2(_ x: Double) -> Double { PlainMath.exponential(x * PlainMath.logarithm(2)) }
}
