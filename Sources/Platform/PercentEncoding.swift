/// Text in which bytes are written as “%” and two hexadecimal digits.
package enum PercentEncoding {
  /// The decoded bytes; a “%” without two digits is kept.
  ///
  /// - Parameter isForm: “+” is decoded as a space, as in form data.
  package static func bytes(of text: some StringProtocol, isForm: Bool = false) -> [UInt8] {
    decoded(text.utf8, isForm: isForm).bytes
  }

  /// The same as a string; invalid UTF-8 becomes U+FFFD.
  package static func text(of text: some StringProtocol, isForm: Bool = false) -> String {
    String(decoding: bytes(of: text, isForm: isForm), as: UTF8.self)
  }

  /// The decoded text of bytes that must be right; nil where a “%” has no two digits behind it, or for invalid UTF-8.
  @inlinable package static func validText(of bytes: some Collection<UInt8>, isForm: Bool = false) -> String? {
    let (decoded, isValid) = decoded(bytes, isForm: isForm)
    return isValid ? String(validating: decoded, as: UTF8.self) : nil
  }

  /// - Returns: the bytes, and whether every “%” had its two digits.
  @inlinable static func decoded(
    _ source: some Collection<UInt8>, isForm: Bool
  ) -> (bytes: [UInt8], isValid: Bool) {
    guard source.contains(where: { $0 == UInt8(ascii: "%") || isForm && $0 == UInt8(ascii: "+") }) else {
      return (Array(source), true)
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(source.count)
    var isValid = true
    var rest = source[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(isForm && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
        continue
      }
      let digits = rest.prefix(2)
      if digits.count == 2, let high = digit(digits[digits.startIndex]),
        let low = digit(digits[digits.index(after: digits.startIndex)])
      {
        bytes.append(high << 4 | low)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
        isValid = false
      }
    }
    return (bytes, isValid)
  }

  /// Encodes every byte except ASCII letters, digits and `marks`; the default is RFC 3986's
  /// unreserved characters.
  package static func encoded(_ text: String, keeping marks: String = "-._~") -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    let kept = Array(marks.utf8)
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        bytes.append(byte)
      case _ where kept.contains(byte): bytes.append(byte)
      default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  @usableFromInline static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
