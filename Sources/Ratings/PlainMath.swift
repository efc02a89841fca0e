/// Logarithm and exponential in plain arithmetic.
///
/// The system's functions differ in the last bit between machines, which could change a generated file through rounding.
package enum PlainMath {
  private static let ln2 = 0.693_147_180_559_945_3

  /// The natural logarithm of a positive normal number, to within a few units in the last place.
  package static func logarithm(_ x: Double) -> Double {
    var mantissa = x.significand
    var exponent = Double(x.exponent)
    if mantissa > 1.414_213_562_373_095_1 {
      mantissa *= 0.5
      exponent += 1
    }
    // log(m) = 2 artanh((m - 1) / (m + 1))
    let s = (mantissa - 1) / (mantissa + 1)
    let square = s * s
    var sum = 0.0
    var term = 21.0
    while term >= 1 {
      sum = sum * square + 1 / term
      term -= 2
    }
    return 2 * s * sum + exponent * ln2
  }

  /// e to the power of `x`, clamped to ±700, to about 15 digits.
  package static func exponential(_ x: Double) -> Double {
    let x = min(700, max(-700, x))
    let power = (x / ln2).rounded()
    let rest = x - power * ln2
    var sum = 1.0
    var term = 16.0
    while term >= 1 {
      sum = 1 + sum * rest / term
      term -= 1
    }
    return Double(sign: .plus, exponent: Int(power), significand: sum)
  }
}
