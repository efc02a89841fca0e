#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Cuts a stream into lines, or into CSV records whose quoted fields may hold line breaks, in one buffer of fixed
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

  /// Calls `body` with each line that is not blank, without its end (LF or CRLF), and its number from 1; a byte order
  /// mark at the start of the file is left out.
  ///
  /// With `quoting`, which names the delimiter of fields as soon as it is known, a line that ends within a quoted field goes on in the next ones. A line without an end in sight
  /// comes as a flaw with no bytes.
  mutating func forEachLine(
    quoting delimiter: (() -> UInt8?)? = nil,
    _ body: (_ line: Span<UInt8>, _ number: Int, _ flaw: LineFlaw?) throws -> Void
  ) throws {
    var number = 0
    // How much from `start` on has been searched for the end of the line.
    var searched = 0
    // How much of an unfinished record has been looked through for quotes, where its first line ends, how many line
    // ends it spans, and the state of its quotes.
    var scanned = 0
    var firstEnd: Int?
    var lineEnds = 0
    var quotes = QuoteState()
    var isDiscarding = false

    while true {
      let from = start + searched
      let found = memchr(buffer + from, 0x0a, end - from).map { UnsafeRawPointer($0) - UnsafeRawPointer(buffer) }
      guard let lineEnd = found ?? (isAtEnd ? end : nil) else {
        if end - start > Self.maximumLength {
          if let first = firstEnd {
            // The quote never closes: only the line that opened it is lost.
            try body(Span(), number + 1, .openQuote)
            number += 1
            start = first + 1
          } else {
            if !isDiscarding { try body(Span(), number + 1, .tooLong) }
            isDiscarding = true
            start = end
          }
          firstEnd = nil
          lineEnds = 0
          quotes = QuoteState()
          scanned = 0
          searched = 0
        } else {
          searched = end - start
          firstEnd = try fill(shifting: firstEnd)
        }
        continue
      }
      let isLast = found == nil
      if isLast, lineEnd == start, firstEnd == nil { return }
      if isDiscarding {
        isDiscarding = false
        number += 1
        start = lineEnd + 1
        searched = 0
        if isLast { return }
        continue
      }
      if let delimiter, firstEnd != nil || memchr(buffer + start, 0x22, lineEnd - start) != nil,
        let delimiter = delimiter()
      {
        let rest = UnsafeRawBufferPointer(start: buffer + start + scanned, count: lineEnd - start - scanned)
        quotes.scan(rest, delimiter: delimiter)
        if quotes.isOpen {
          if isLast || lineEnd - start > Self.maximumLength {
            try body(Span(), number + 1, .openQuote)
            number += 1
            start = min((firstEnd ?? lineEnd) + 1, end)
            firstEnd = nil
            lineEnds = 0
            quotes = QuoteState()
            scanned = 0
            searched = 0
            if isLast, start == end { return }
          } else {
            firstEnd = firstEnd ?? lineEnd
            lineEnds += 1
            searched = lineEnd + 1 - start
            scanned = searched
          }
          continue
        }
      }
      var count = lineEnd - start
      if count > 0, buffer.load(fromByteOffset: start + count - 1, as: UInt8.self) == 0x0d { count -= 1 }
      if count > Self.maximumLength {
        try body(Span(), number + 1, .tooLong)
      } else {
        let line = UnsafeBufferPointer(start: (buffer + start).assumingMemoryBound(to: UInt8.self), count: count).span
        if !Self.isBlank(line) { try body(line, number + 1, nil) }
      }
      number += 1 + lineEnds
      start = isLast ? end : lineEnd + 1
      firstEnd = nil
      lineEnds = 0
      quotes = QuoteState()
      scanned = 0
      searched = 0
      if isLast { return }
    }
  }

  /// Moves what is left to the front of the buffer and reads more behind it.
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
      // Enough for a byte order mark.
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
    for index in line.indices where !Bytes.isSpace(line[index]) { return false }
    return true
  }
}

/// Whether a text so far ends within a quoted field.
private struct QuoteState {
  private enum State { case fieldStart, plain, quoted, quoteInQuoted }
  private var state = State.fieldStart

  var isOpen: Bool { state == .quoted }

  mutating func scan(_ bytes: UnsafeRawBufferPointer, delimiter: UInt8) {
    if state == .quoteInQuoted { state = .plain }
    for byte in bytes {
      switch (state, byte) {
      case (.quoted, 0x22): state = .quoteInQuoted
      case (.quoted, _): break
      case (.quoteInQuoted, 0x22): state = .quoted
      case (_, delimiter): state = .fieldStart
      case (.fieldStart, 0x22): state = .quoted
      default: state = .plain
      }
    }
    // At the end of a line the quote before it closes the field.
    if state == .quoteInQuoted { state = .plain }
  }
}
