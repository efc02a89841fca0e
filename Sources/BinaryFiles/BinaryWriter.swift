/// Collects the bytes of a binary file: little-endian numbers, texts and arrays, in the order a reader expects.
public struct BinaryWriter: Sendable {
  public private(set) var bytes: [UInt8] = []

  public init() {}

  /// - Parameter capacity: bytes to make room for at once.
  init(capacity: Int) { bytes.reserveCapacity(capacity) }

  public mutating func write<Number: FixedWidthInteger>(_ number: Number) {
    withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
  }

  public mutating func write(_ number: Float) { write(number.bitPattern) }

  public mutating func write(_ number: Double) { write(number.bitPattern) }

  public mutating func write(_ flag: Bool) { write(flag ? 1 as UInt8 : 0) }

  /// The length in bytes and the UTF-8 of `text`.
  public mutating func write(_ text: String) {
    write(UInt64(text.utf8.count))
    bytes.append(contentsOf: text.utf8)
  }

  /// The count and the memory of `array`. Elements must have the same layout wherever the file is read: numbers,
  /// or structs of numbers without padding. Complexity: O(bytes).
  public mutating func write<Element: BitwiseCopyable>(_ array: [Element]) {
    write(UInt64(array.count))
    array.withUnsafeBytes { bytes.append(contentsOf: $0) }
  }

  public mutating func write(_ texts: [String]) {
    write(UInt64(texts.count))
    for text in texts { write(text) }
  }
}
