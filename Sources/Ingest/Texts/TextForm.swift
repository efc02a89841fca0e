/// The encoding and line ends of a text.
struct TextForm: Equatable {
  enum Encoding: Equatable {
    case bytes, utf16LittleEndian, utf16BigEndian
    case page(CodePage)
  }

  var encoding = Encoding.bytes
  /// Whether lines end with only carriage returns, as on old Macs.
  var hasCarriageReturns = false
  /// Whether each whole line is quoted, as when a table was pasted into one column.
  var isWrapped = false

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
    } else if let page = CodePage.of(head) {
      encoding = .page(page)
    }
    let text = encoding == .bytes ? head : TextConverter(self).convert(head, isLast: true)
    hasCarriageReturns = Self.hasCarriageReturns(text)
    isWrapped = Self.isWrapped(text.split(whereSeparator: { $0 == 0x0a || $0 == 0x0d }))
  }

  /// Whether lines end with only carriage returns: there are no others, or the first line has some within it.
  private static func hasCarriageReturns(_ text: [UInt8]) -> Bool {
    guard text.contains(0x0d) else { return false }
    guard let end = text.firstIndex(of: 0x0a) else { return true }
    var first = text[..<end]
    while first.last == 0x0d { first.removeLast() }
    return first.contains(0x0d) && !first.contains(0x22)
  }

  private static func isWrapped(_ lines: [ArraySlice<UInt8>]) -> Bool {
    // The last line may be incomplete.
    let whole = (lines.count > 1 ? lines.dropLast() : lines[...]).prefix(20)
    guard !whole.isEmpty else { return false }
    return whole.allSatisfy { line in
      guard line.count > 2, line.first == 0x22, line.last == 0x22 else { return false }
      let inner = line.dropFirst().dropLast()
      guard inner.contains(where: { $0 == 0x2c || $0 == 0x3b || $0 == 0x09 }) else { return false }
      // A mark within is doubled.
      var marks = 0
      for byte in inner {
        if byte == 0x22 {
          marks += 1
        } else if !marks.isMultiple(of: 2) {
          return false
        }
      }
      return marks.isMultiple(of: 2)
    }
  }

  private init() {}

  /// Whether lines are converted as a whole.
  private var isByLines: Bool {
    if case .page = encoding { return true }
    return isWrapped
  }

  /// UTF-16 without a byte order mark: in tables most characters are ASCII, so nearly every second byte is 0.
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

  /// The beginning of a text as lines of UTF-8 (or a single-byte encoding).
  func decoded(_ head: [UInt8]) -> [UInt8] {
    isPlain ? head : TextConverter(self).convert(head, isLast: isByLines)
  }
}

/// Converts a text to UTF-8 with line feeds, chunk by chunk.
final class TextConverter {
  private let form: TextForm
  /// A byte whose second half is in the next chunk.
  private var half: UInt8?
  /// The first unit of a surrogate pair.
  private var surrogate: UInt16?
  /// The incomplete line so far, if lines are decoded as a whole, or unquoted.
  private var undecoded = Lines()
  private var wrapped = Lines()

  init(_ form: TextForm) { self.form = form }

  func convert(_ bytes: some Sequence<UInt8>, isLast: Bool) -> [UInt8] {
    var result: [UInt8] = []
    switch form.encoding {
    case .bytes: result += bytes
    case .page(let page): undecoded.add(bytes, isLast: isLast) { result += Self.decoded($0, page) }
    case .utf16LittleEndian, .utf16BigEndian:
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
    guard form.isWrapped else { return result }
    var unwrapped: [UInt8] = []
    wrapped.add(result, isLast: isLast) { unwrapped += Self.unwrapped($0) }
    return unwrapped
  }

  private struct Lines {
    private var line: [UInt8] = []

    /// Calls `body` with each line that is complete, including its end, and with the rest at the end.
    mutating func add(_ bytes: some Sequence<UInt8>, isLast: Bool, _ body: ([UInt8]) -> Void) {
      for byte in bytes {
        line.append(byte)
        if byte == 0x0a || line.count >= LineReader.maximumLength {
          body(line)
          line.removeAll(keepingCapacity: true)
        }
      }
      if isLast, !line.isEmpty {
        body(line)
        line = []
      }
    }
  }

  /// A line as UTF-8, which it may be already: files that were merged by hand have lines of both.
  private static func decoded(_ line: [UInt8], _ page: CodePage) -> [UInt8] {
    String(validating: line, as: UTF8.self) == nil ? Array(page.text(line).utf8) : line
  }

  /// A line without the marks around it, and with doubled marks resolved.
  private static func unwrapped(_ line: [UInt8]) -> [UInt8] {
    var end = line.count
    while end > 0, line[end - 1] == 0x0a || line[end - 1] == 0x0d { end -= 1 }
    guard end > 1, line[0] == 0x22, line[end - 1] == 0x22 else { return line }
    var result: [UInt8] = []
    var index = 1
    while index < end - 1 {
      result.append(line[index])
      index += line[index] == 0x22 ? 2 : 1
    }
    return result + line[end...]
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
