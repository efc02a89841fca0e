/// Parses numbers and words in bytes without creating strings.
package enum Bytes {
  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0d }
  static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  /// `range` trimmed of white space.
  static func trimmed(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
    var low = range.lowerBound
    var high = range.upperBound
    while low < high, isSpace(bytes[low]) { low += 1 }
    while low < high, isSpace(bytes[high - 1]) { high -= 1 }
    return low..<high
  }

  static func areEqual(_ bytes: Span<UInt8>, _ other: [UInt8]) -> Bool {
    bytes.count == other.count && bytes.indices.allSatisfy { bytes[$0] == other[$0] }
  }

  /// 1 to 18 digits and nothing else.
  static func digits(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int64? {
    guard !range.isEmpty, range.count <= 18 else { return nil }
    var number: Int64 = 0
    for index in range {
      let digit = bytes[index] &- 0x30
      guard digit < 10 else { return nil }
      number = number &* 10 &+ Int64(digit)
    }
    return number
  }

  /// A decimal number with an optional sign, fraction and exponent; nil for anything else, infinity and NaN included.
  ///
  /// With `decimalComma` the decimal separator is a comma, as in tables separated by semicolons.
  package static func decimal(_ bytes: Span<UInt8>, _ range: Range<Int>, decimalComma: Bool = false) -> Double? {
    var index = range.lowerBound
    let end = range.upperBound
    guard index < end else { return nil }
    let isNegative = bytes[index] == 0x2d
    if isNegative || bytes[index] == 0x2b { index += 1 }
    var mantissa: UInt64 = 0
    var digitCount = 0
    var scale = 0
    var hasPoint = false
    loop: while index < end {
      let byte = bytes[index]
      switch byte {
      case 0x30...0x39:
        digitCount += 1
        // Digits beyond the 18th are below a float's precision; before the point they still count.
        if mantissa < 100_000_000_000_000_000 {
          mantissa = mantissa &* 10 &+ UInt64(byte &- 0x30)
          if hasPoint { scale -= 1 }
        } else if !hasPoint {
          scale += 1
        }
      case 0x2e where !hasPoint: hasPoint = true
      case 0x2c where decimalComma && !hasPoint: hasPoint = true
      default: break loop
      }
      index += 1
    }
    guard digitCount > 0 else { return nil }
    if index < end {
      guard bytes[index] | 0x20 == 0x65, index + 1 < end else { return nil }
      var first = index + 1
      let sign = bytes[first]
      if sign == 0x2d || sign == 0x2b { first += 1 }
      guard let exponent = digits(bytes, first..<end), exponent < 1_000 else { return nil }
      scale += sign == 0x2d ? -Int(exponent) : Int(exponent)
    }
    var value = Double(mantissa)
    // The table is exact and one division is correctly rounded, so "4.1" is the double that 4.1 is.
    if scale < 0, scale >= -22 {
      value /= powers[-scale]
    } else if scale > 0, scale <= 22 {
      value *= powers[scale]
    } else if scale != 0 {
      for _ in 0..<min(abs(scale), 400) { value = scale < 0 ? value / 10 : value * 10 }
    }
    return value.isFinite ? (isNegative ? -value : value) : nil
  }

  private static let powers: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
  ]
}
