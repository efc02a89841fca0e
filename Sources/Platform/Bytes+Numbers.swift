// What Marquee writes is bytes from the start: these append to them without a detour through locales or `Character`.

extension [UInt8] {
  @inlinable package mutating func append(_ text: String) { append(contentsOf: text.utf8) }

  package mutating func append(number: Int) {
    if number < 0 { append(UInt8(ascii: "-")) }
    var rest = number.magnitude
    let start = count
    repeat {
      append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    } while rest > 0
    self[start...].reverse()
  }

  /// `value` rounded to `places` decimals (0 to 6, halves away from zero), without trailing zeros unless `padded`.
  ///
  /// Nothing is appended for a value that is not finite; a value beyond 10^12 is written as Swift does.
  package mutating func append(decimal value: Double, places: Int, padded: Bool = false) {
    guard value.isFinite else { return }
    guard abs(value) < 1e12 else { return append("\(value)") }
    var scale = 1
    for _ in 0..<places { scale *= 10 }
    let scaled = Int((value * Double(scale)).rounded())
    if scaled < 0 { append(UInt8(ascii: "-")) }
    let magnitude = Int(scaled.magnitude)
    append(number: magnitude / scale)
    var fraction = magnitude % scale
    guard padded ? places > 0 : fraction > 0 else { return }
    append(UInt8(ascii: "."))
    while scale > 1, padded || fraction > 0 {
      scale /= 10
      append(UInt8(ascii: "0") + UInt8(fraction / scale))
      fraction %= scale
    }
  }
}

/// Numbers as people read them.
package enum Numerals {
  /// `value` with exactly `places` decimals: "4.1".
  package static func decimal(_ value: Double, places: Int) -> String {
    var bytes: [UInt8] = []
    bytes.append(decimal: value, places: places, padded: true)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// `value` with as many as `places` decimals: "0.5", "3".
  package static func short(_ value: Double, places: Int = 2) -> String {
    var bytes: [UInt8] = []
    bytes.append(decimal: value, places: places)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A count with its thousands set apart: "12,345".
  package static func count(_ value: Int) -> String {
    let digits = Array(String(value.magnitude).utf8)
    var bytes: [UInt8] = value < 0 ? [UInt8(ascii: "-")] : []
    for (position, digit) in digits.enumerated() {
      if position > 0, (digits.count - position) % 3 == 0 { bytes.append(UInt8(ascii: ",")) }
      bytes.append(digit)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A count and its noun: "1 rating", "83 ratings".
  package static func count(_ value: Int, _ one: String, _ many: String) -> String {
    count(value) + " " + (value == 1 ? one : many)
  }
}
