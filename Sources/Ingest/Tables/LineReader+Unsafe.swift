// Unsafe: reads into one buffer of `capacity` bytes that it owns. 0 ≤ start ≤ scanned ≤ end ≤ capacity; a record that is passed out lies
// between start and end, and is used before the next reading moves it.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Splits a stream into lines, or into CSV records whose quoted fields may contain line breaks, in one buffer of fixed
/// size: memory does not grow with the file, nor with its longest line.
struct LineReader: ~Copyable {
  /// The longest line or record, in bytes.
  static let maximumLength = 1 << 16
  private static let capacity = 1 << 20

  private let stream: ByteStream
  private let buffer: UnsafeMutableRawPointer
  private var start = 0
  private var end = 0
  private var isAtEnd = false
  private var hasBegun = false

  init(_ stream: ByteStream) {
    self.stream = stream
    buffer = .allocate(byteCount: Self.capacity, alignment: 16)
  }

  deinit { buffer.deallocate() }

  /// Whether the last line of the file has a line end.
  private(set) var endsWithLineEnd = true

  /// Calls `body` with each line that is not blank, without its end (LF or CRLF), and its number from 1; a byte order
  /// mark at the start of the file is left out. A line that is too long is passed as a flaw without bytes.
  mutating func forEachLine(_ body: (_ line: Span<UInt8>, _ number: Int, _ flaw: LineFlaw?) throws -> Void) throws {
    try forEachRecord(quotes: { nil }) { line, number, flaw, _ in
      try body(line, number, flaw)
      return true
    }
  }

  /// The same, where a quoted field may span several lines. `quotes` returns the quoting rule, as soon as it is known.
  ///
  /// A field continues on the next line only if its closing mark follows and is before a delimiter or the end of a
  /// line; any other mark is a part of the text. `body` returns whether the record can be used. A record of several lines that
  /// cannot is passed again (`isRetried`) as its first line only, with its marks, and reading continues after that line.
  mutating func forEachRecord(
    quotes rule: () -> QuoteRule?,
    _ body: (_ line: Span<UInt8>, _ number: Int, _ flaw: LineFlaw?, _ isRetried: Bool) throws -> Bool
  ) throws {
    var number = 0
    // How much from `start` on has been searched for the end of the line.
    var searched = 0
    // How much of an unfinished record has been scanned for quotes, where its first line ends, how many line
    // ends it spans, and the state of its quotes.
    var scanned = 0
    var firstEnd: Int?
    var lineEnds = 0
    var quotes = QuoteState()
    var isDiscarding = false

    /// Continues after the first line of a record, or after the record.
    func restart(at position: Int) {
      start = position
      firstEnd = nil
      lineEnds = 0
      quotes = QuoteState()
      scanned = 0
      searched = 0
    }

    while true {
      let from = start + searched
      let found = memchr(buffer + from, 0x0a, end - from).map { UnsafeRawPointer($0) - UnsafeRawPointer(buffer) }
      guard let lineEnd = found ?? (isAtEnd ? end : nil) else {
        if end - start > Self.maximumLength {
          if let first = firstEnd {
            // The quote never closes: only the line that opened it is lost.
            _ = try body(Span(), number + 1, .openQuote, false)
            number += 1
            restart(at: first + 1)
          } else {
            if !isDiscarding { _ = try body(Span(), number + 1, .tooLong, false) }
            isDiscarding = true
            restart(at: end)
          }
        } else {
          searched = end - start
          firstEnd = try fill(shifting: firstEnd)
        }
        continue
      }
      let isLast = found == nil
      if isLast {
        if lineEnd == start, firstEnd == nil { return }
        endsWithLineEnd = false
      }
      if isDiscarding {
        isDiscarding = false
        number += 1
        restart(at: lineEnd + 1)
        if isLast { return }
        continue
      }
      if firstEnd != nil || memchr(buffer + start, 0x22, lineEnd - start) != nil, let rule = rule() {
        let rest = UnsafeRawBufferPointer(start: buffer + start + scanned, count: lineEnd - start - scanned)
        quotes.scan(rest, rule)
        if quotes.isBroken, let first = firstEnd {
          // The mark that would close the field is in the middle of a text: the first line is a separate line.
          let line = record(to: first)
          _ = try body(line.span, number + 1, nil, false)
          number += 1
          restart(at: first + 1)
          continue
        }
        if quotes.isOpen {
          if isLast || lineEnd - start > Self.maximumLength {
            _ = try body(Span(), number + 1, .openQuote, false)
            number += 1
            let next = min((firstEnd ?? lineEnd) + 1, end)
            restart(at: next)
            if isLast, next == end { return }
          } else {
            firstEnd = firstEnd ?? lineEnd
            lineEnds += 1
            searched = lineEnd + 1 - start
            scanned = searched
          }
          continue
        }
      }
      let bytes = record(to: lineEnd)
      let line = bytes.span
      var isUsed = true
      if line.count > Self.maximumLength {
        isUsed = try body(Span(), number + 1, .tooLong, false)
      } else if !Self.isBlank(line) {
        isUsed = try body(line, number + 1, nil, firstEnd != nil)
      }
      if !isUsed, let first = firstEnd {
        let alone = record(to: first)
        _ = try body(alone.span, number + 1, nil, false)
        number += 1
        restart(at: first + 1)
        continue
      }
      number += 1 + lineEnds
      restart(at: isLast ? end : lineEnd + 1)
      if isLast { return }
    }
  }

  /// The bytes from `start` to a line's end, without the end.
  private func record(to lineEnd: Int) -> UnsafeBufferPointer<UInt8> {
    var count = lineEnd - start
    if count > 0, buffer.load(fromByteOffset: start + count - 1, as: UInt8.self) == 0x0d { count -= 1 }
    return UnsafeBufferPointer(start: (buffer + start).assumingMemoryBound(to: UInt8.self), count: count)
  }

  /// Moves the rest to the front of the buffer and reads more after it.
  private mutating func fill(shifting position: Int?) throws -> Int? {
    let moved = start
    memmove(buffer, buffer + start, end - start)
    end -= start
    start = 0
    let space = UnsafeMutableRawBufferPointer(start: buffer + end, count: Self.capacity - end)
    if hasBegun {
      let count = try stream.read(space)
      end += count
      isAtEnd = count == 0
    } else {
      hasBegun = true
      // Large enough for a byte order mark.
      while end < 3, !isAtEnd {
        let count = try stream.read(UnsafeMutableRawBufferPointer(rebasing: space[end...]))
        end += count
        isAtEnd = count == 0
      }
      if end >= 3, memcmp(buffer, [0xef, 0xbb, 0xbf] as [UInt8], 3) == 0 { start = 3 }
    }
    return position.map { $0 - moved }
  }

  private static func isBlank(_ line: Span<UInt8>) -> Bool {
    // DOS texts end with Ctrl-Z.
    for index in line.indices where !Bytes.isSpace(line[index]) && line[index] != 0x1a { return false }
    return true
  }
}

/// Whether a text so far ends within a quoted field.
private struct QuoteState {
  private enum State { case fieldStart, plain, quoted, quoteInQuoted, escapeInQuoted }
  private var state = State.fieldStart
  private var isOpenedHere = false
  /// Whether a field that an earlier line opened ends in the middle of a text.
  private(set) var isBroken = false

  var isOpen: Bool { state == .quoted }

  /// Scans the next line.
  mutating func scan(_ bytes: UnsafeRawBufferPointer, _ rule: QuoteRule) {
    isOpenedHere = false
    for byte in bytes {
      switch (state, byte) {
      case (.quoted, 0x22): state = .quoteInQuoted
      case (.quoted, 0x5c) where rule.isEscaped: state = .escapeInQuoted
      case (.quoted, _): break
      case (.escapeInQuoted, _): state = .quoted
      case (.quoteInQuoted, 0x22) where !rule.isEscaped: state = .quoted
      case (_, rule.delimiter): state = .fieldStart
      case (.fieldStart, 0x22):
        state = .quoted
        isOpenedHere = true
      case (.fieldStart, 0x20): break
      case (.quoteInQuoted, 0x20), (.quoteInQuoted, 0x0d): break
      case (.quoteInQuoted, _) where !isOpenedHere:
        isBroken = true
        return
      default: state = .plain
      }
    }
    // At the end of a line the quote before it closes the field.
    if state == .quoteInQuoted { state = .plain }
    if state == .escapeInQuoted { state = .quoted }
  }
}
