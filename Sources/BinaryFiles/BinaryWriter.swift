/// Collects the contents of a binary file: little-endian numbers, texts and arrays, in the order a reader expects.
///
/// Large arrays are referenced, not copied: writing a model does not need its size in memory again.
public struct BinaryWriter: Sendable {
  private var parts: [any BinaryPart] = []
  /// The bytes after the last of `parts`.
  @usableFromInline var tail: [UInt8] = []

  /// Arrays of at least this many bytes become a part of their own.
  private static let largeArray = 1 << 16
  /// What aligned arrays begin at a multiple of, in bytes: as memory that is allocated, and pages of files.
  private static let alignment = 16

  /// How far behind a multiple of `alignment` the first byte will lie.
  private let start: Int

  public init() { start = 0 }

  /// The payload of a file of that kind.
  public init(kind: String) { start = BinaryFile.payloadStart(kind: kind) % Self.alignment }

  @inlinable public mutating func write<Number: FixedWidthInteger>(_ number: Number) {
    withUnsafeBytes(of: number.littleEndian) { tail.append(contentsOf: $0) }
  }

  @inlinable public mutating func write(_ number: Float) { write(number.bitPattern) }

  @inlinable public mutating func write(_ number: Double) { write(number.bitPattern) }

  public mutating func write(_ flag: Bool) { write(flag ? 1 as UInt8 : 0) }

  /// The length in bytes and the UTF-8 of `text`.
  public mutating func write(_ text: String) {
    write(UInt64(text.utf8.count))
    tail.append(contentsOf: text.utf8)
  }

  /// The count and the memory of `array`. Elements must have the same layout wherever the file is read: numbers,
  /// or structs of numbers without padding.
  public mutating func write<Element: BitwiseCopyable & Sendable>(_ array: [Element]) {
    write(UInt64(array.count))
    append(ArrayPart(array: array))
  }

  /// An array whose elements can be used where they lie in the file.
  public mutating func writeAligned<Element: BitwiseCopyable & Sendable>(_ array: [Element]) {
    align(count: array.count)
    append(ArrayPart(array: array))
  }

  /// The same of one that lies in a file.
  public mutating func writeAligned<Element: BitwiseCopyable & Sendable>(_ array: StoredArray<Element>) {
    align(count: array.count)
    append(StoredPart(array: array))
  }

  private mutating func align(count: Int) {
    write(UInt64(count))
    let behind = (start + byteCount + 1) % Self.alignment
    let gap = behind == 0 ? 0 : Self.alignment - behind
    write(UInt8(gap))
    for _ in 0..<gap { write(0 as UInt8) }
  }

  private mutating func append(_ part: some BinaryPart) {
    if part.byteCount < Self.largeArray {
      part.withBytes { tail.append(contentsOf: $0) }
    } else {
      if !tail.isEmpty { parts.append(ArrayPart(array: tail)) }
      tail = []
      parts.append(part)
    }
  }

  /// All that another writer has.
  public mutating func append(_ other: BinaryWriter) {
    for part in other.parts { append(part) }
    append(ArrayPart(array: other.tail))
  }

  /// The first place from `place` on where aligned arrays may begin.
  func aligned(_ place: Int) -> Int {
    let behind = (start + place) % Self.alignment
    return behind == 0 ? place : place + Self.alignment - behind
  }

  /// Zeros up to the next place where aligned arrays may begin.
  mutating func alignToNext() {
    tail.append(contentsOf: repeatElement(0, count: aligned(byteCount) - byteCount))
  }

  public mutating func write(_ texts: [String]) {
    write(UInt64(texts.count))
    for text in texts { write(text) }
  }

  /// Everything that was written so far. Complexity: O(bytes).
  public var bytes: [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(byteCount)
    forEachPart { result.append(contentsOf: $0) }
    return result
  }

  /// How many bytes were written so far.
  var byteCount: Int { parts.reduce(tail.count) { $0 + $1.byteCount } }

  /// Calls `body` with the bytes in order, in chunks.
  func forEachPart(_ body: (UnsafeRawBufferPointer) throws -> Void) rethrows {
    for part in parts { try part.withBytes(body) }
    try ArrayPart(array: tail).withBytes(body)
  }
}

private protocol BinaryPart: Sendable {
  var byteCount: Int { get }
  func withBytes(_ body: (UnsafeRawBufferPointer) throws -> Void) rethrows
}

private struct ArrayPart<Element: BitwiseCopyable & Sendable>: BinaryPart {
  let array: [Element]

  var byteCount: Int { array.count * MemoryLayout<Element>.stride }

  func withBytes(_ body: (UnsafeRawBufferPointer) throws -> Void) rethrows { try array.withUnsafeBytes(body) }
}

private struct StoredPart<Element: BitwiseCopyable & Sendable>: BinaryPart {
  let array: StoredArray<Element>

  var byteCount: Int { array.bytes.count }

  func withBytes(_ body: (UnsafeRawBufferPointer) throws -> Void) rethrows { try body(array.bytes) }
}
