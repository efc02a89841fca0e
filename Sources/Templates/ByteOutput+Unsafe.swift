// Unsafe: owns `capacity` bytes, of which `count` are written. Room is made before each writing; what was lent is read within the call.

/// Bytes that grow at their end, written through a pointer.
struct ByteOutput: ~Copyable {
  private(set) var base: UnsafeMutablePointer<UInt8>
  private(set) var count = 0
  private var capacity: Int

  init(capacity: Int) {
    self.capacity = capacity
    base = .allocate(capacity: capacity)
  }

  deinit { base.deallocate() }

  /// Makes room for `extra` more bytes.
  @inline(__always)
  mutating func reserve(_ extra: Int) {
    if count + extra > capacity { grow(extra) }
  }

  @inline(never)
  private mutating func grow(_ extra: Int) {
    let wider = max(capacity * 2, count + extra)
    let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: wider)
    moved.update(from: base, count: count)
    base.deallocate()
    base = moved
    capacity = wider
  }

  @inline(__always)
  mutating func append(_ bytes: UnsafePointer<UInt8>, _ length: Int) {
    reserve(length)
    (base + count).update(from: bytes, count: length)
    count += length
  }

  mutating func removeLast(_ length: Int) { count -= length }

  mutating func append(_ text: String, isEscaped: Bool) {
    let isDone: Void? = text.utf8.withContiguousStorageIfAvailable { utf8 in
      guard let start = utf8.baseAddress else { return }
      if isEscaped { appendEscaped(start, utf8.count) } else { append(start, utf8.count) }
    }
    guard isDone == nil else { return }
    for byte in text.utf8 {
      withUnsafePointer(to: byte) { if isEscaped { appendEscaped($0, 1) } else { append($0, 1) } }
    }
  }

  /// Appends with `& < > " '` as HTML entities: eight bytes at a time where there is none.
  mutating func appendEscaped(_ bytes: UnsafePointer<UInt8>, _ length: Int) {
    var done = 0
    while done < length {
      // No byte becomes more than six.
      let stretch = min(length - done, 1024)
      reserve(6 * stretch)
      let end = done + stretch
      while end - done >= 8 {
        let word = UnsafeRawPointer(bytes + done).loadUnaligned(as: UInt64.self)
        if Self.hasSpecial(word) {
          for offset in 0..<8 { appendEscapedUnchecked(bytes[done + offset]) }
        } else {
          UnsafeMutableRawPointer(base + count).storeBytes(of: word, as: UInt64.self)
          count += 8
        }
        done += 8
      }
      while done < end {
        appendEscapedUnchecked(bytes[done])
        done += 1
      }
    }
  }

  /// Whether one of the eight bytes is special: `&` and `'` differ in one bit, `<` and `>` too.
  @inline(__always)
  private static func hasSpecial(_ word: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let ampersand = (word & (ones &* 0xFE)) ^ (ones &* 0x26)
    let angle = (word & (ones &* 0xFD)) ^ (ones &* 0x3C)
    let quote = word ^ (ones &* 0x22)
    // The high bit of a byte, if the byte is zero; above a zero byte there may be wrong ones, which do no harm.
    let zero = ((ampersand &- ones) & ~ampersand) | ((angle &- ones) & ~angle) | ((quote &- ones) & ~quote)
    return zero & (ones &* 0x80) != 0
  }

  @inline(__always)
  private mutating func appendEscapedUnchecked(_ byte: UInt8) {
    switch byte {
    case 0x26: entity("&amp;")
    case 0x3C: entity("&lt;")
    case 0x3E: entity("&gt;")
    case 0x22: entity("&quot;")
    case 0x27: entity("&#39;")
    default:
      base[count] = byte
      count += 1
    }
  }

  @inline(__always)
  private mutating func entity(_ text: StaticString) {
    (base + count).update(from: text.utf8Start, count: text.utf8CodeUnitCount)
    count += text.utf8CodeUnitCount
  }

  mutating func append(_ integer: Int) {
    reserve(20)
    var rest = integer.magnitude
    if integer < 0 {
      base[count] = UInt8(ascii: "-")
      count += 1
    }
    var digits = 1
    var limit: UInt = 10
    while rest >= limit {
      digits += 1
      let (next, overflow) = limit.multipliedReportingOverflow(by: 10)
      if overflow { break }
      limit = next
    }
    for place in stride(from: count + digits - 1, through: count, by: -1) {
      base[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
    count += digits
  }
}
