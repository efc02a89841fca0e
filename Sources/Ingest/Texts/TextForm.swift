/// How the characters and line ends of a text are written.
struct TextForm: Equatable {
  enum Encoding { case bytes, utf16LittleEndian, utf16BigEndian }

  var encoding = Encoding.bytes
  /// Whether lines end with carriage returns alone, as old Macs wrote them.
  var hasCarriageReturns = false

  /// Whether the bytes need no change to be read.
  var isPlain: Bool { self == TextForm() }

  /// The form of a text that begins with `head`.
  init(head: [UInt8]) {
    if head.starts(with: [0xff, 0xfe]) {
      encoding = .utf16LittleEndian
    } else if head.starts(with: [0xfe, 0xff]) {
      encoding = .utf16BigEndian
    } else if let found = Self.withoutMark(head) {
      encoding = found
    }
    let text = encoding == .bytes ? head : TextConverter(self).convert(head, isLast: true)
    hasCarriageReturns = text.contains(0x0d) && !text.contains(0x0a)
  }

  private init() {}

  /// UTF-16 without its mark: in tables most characters are ASCII, so nearly every second byte is 0.
  private static func withoutMark(_ head: [UInt8]) -> Encoding? {
    guard head.count >= 8 else { return nil }
    let pairs = head.count / 2
    var zeros = (even: 0, odd: 0)
    for pair in 0..<pairs {
      if head[2 * pair] == 0 { zeros.even += 1 }
      if head[2 * pair + 1] == 0 { zeros.odd += 1 }
    }
    if zeros.odd * 10 > pairs * 6, zeros.even * 20 < pairs { return .utf16LittleEndian }
    if zeros.even * 10 > pairs * 6, zeros.odd * 20 < pairs { return .utf16BigEndian }
    return nil
  }

  /// The beginning of a text as lines of UTF-8 (or of one byte a character).
  func decoded(_ head: [UInt8]) -> [UInt8] {
    isPlain ? head : TextConverter(self).convert(head, isLast: false)
  }
}

/// Turns a text into UTF-8 with line feeds, piece by piece.
final class TextConverter {
  private let form: TextForm
  /// A byte whose partner is in the next piece.
  private var half: UInt8?
  /// The first of two units that make one character.
  private var surrogate: UInt16?

  init(_ form: TextForm) { self.form = form }

  func convert(_ bytes: some Sequence<UInt8>, isLast: Bool) -> [UInt8] {
    var result: [UInt8] = []
    if form.encoding == .bytes {
      result += bytes
    } else {
      for byte in bytes {
        guard let first = half else {
          half = byte
          continue
        }
        half = nil
        let (low, high) = form.encoding == .utf16LittleEndian ? (first, byte) : (byte, first)
        append(UInt16(high) << 8 | UInt16(low), to: &result)
      }
      if isLast, surrogate != nil || half != nil { result += "\u{fffd}".utf8 }
    }
    if form.hasCarriageReturns {
      for index in result.indices where result[index] == 0x0d { result[index] = 0x0a }
    }
    return result
  }

  private func append(_ unit: UInt16, to result: inout [UInt8]) {
    var scalar = Unicode.Scalar(UInt32(unit))
    if let first = surrogate {
      surrogate = nil
      if 0xdc00..<0xe000 ~= unit {
        scalar = Unicode.Scalar(0x1_0000 + (UInt32(first) - 0xd800) << 10 + (UInt32(unit) - 0xdc00))
      } else {
        result += "\u{fffd}".utf8
      }
    }
    if 0xd800..<0xdc00 ~= unit {
      surrogate = unit
      return
    }
    if scalar == "\u{feff}" { return }
    result += String(scalar ?? "\u{fffd}").utf8
  }
}
