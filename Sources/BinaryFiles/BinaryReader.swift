/// Reads what `BinaryWriter` wrote, in the same order; damage is an error, never a trap.
public struct BinaryReader: Sendable {
  private let storage: ByteStorage
  private var position: Int
  private let end: Int

  public init(_ bytes: [UInt8]) { self.init(ByteStorage(bytes), from: 0, to: bytes.count) }

  /// The bytes from `start` up to `end`.
  init(_ storage: ByteStorage, from start: Int, to end: Int) {
    self.storage = storage
    position = start
    self.end = end
  }

  /// How many bytes have not been read yet.
  public var remaining: Int { end - position }

  public mutating func read<Number: FixedWidthInteger>(_ type: Number.Type = Number.self) throws(BinaryFileError)
    -> Number
  {
    let start = try advance(MemoryLayout<Number>.size)
    return Number(littleEndian: storage.load(start, as: Number.self))
  }

  public mutating func read(_ type: Float.Type = Float.self) throws(BinaryFileError) -> Float {
    Float(bitPattern: try read(UInt32.self))
  }

  public mutating func read(_ type: Double.Type = Double.self) throws(BinaryFileError) -> Double {
    Double(bitPattern: try read(UInt64.self))
  }

  public mutating func read(_ type: Bool.Type = Bool.self) throws(BinaryFileError) -> Bool {
    try read(UInt8.self) != 0
  }

  public mutating func read(_ type: String.Type = String.self) throws(BinaryFileError) -> String {
    let count = try readCount(stride: 1)
    let start = try advance(count)
    return String(decoding: storage.part(start..<start + count), as: UTF8.self)
  }

  public mutating func read<Element: BitwiseCopyable>(_ type: [Element].Type = [Element].self) throws(BinaryFileError)
    -> [Element]
  {
    let stride = MemoryLayout<Element>.stride
    let count = try readCount(stride: stride)
    let start = try advance(count * stride)
    return [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
      UnsafeMutableRawBufferPointer(buffer).copyMemory(from: storage.part(start..<start + count * stride))
      initialized = count
    }
  }

  public mutating func read(_ type: [String].Type = [String].self) throws(BinaryFileError) -> [String] {
    let count = try readCount(stride: 8)
    var texts: [String] = []
    texts.reserveCapacity(count)
    for _ in 0..<count { texts.append(try read(String.self)) }
    return texts
  }

  /// Skips an array and returns a reader of its single elements.
  public mutating func readStored<Element: BitwiseCopyable>(
    _ type: Element.Type = Element.self
  ) throws(BinaryFileError) -> StoredArray<Element> {
    let count = try readCount(stride: MemoryLayout<Element>.stride)
    return StoredArray(storage, start: try advance(count * MemoryLayout<Element>.stride), count: count)
  }

  /// The same for an array that `BinaryWriter.writeAligned` wrote, whose elements can be used where they lie.
  public mutating func readAligned<Element: BitwiseCopyable>(
    _ type: Element.Type = Element.self
  ) throws(BinaryFileError) -> StoredArray<Element> {
    let count = try readCount(stride: MemoryLayout<Element>.stride)
    try skip(Int(try read(UInt8.self)))
    let size = count * MemoryLayout<Element>.stride
    let start = try advance(size)
    let array = StoredArray<Element>(storage, start: start, count: count)
    // What was written for another place in a file.
    return array.isAligned
      ? array : StoredArray(ByteStorage([UInt8](storage.part(start..<start + size))), start: 0, count: count)
  }

  /// Reads a part of what has not been read yet.
  func part(start: Int, length: Int) throws(BinaryFileError) -> BinaryReader {
    guard start >= 0, length >= 0, start <= remaining, length <= remaining - start else { throw .damaged }
    return BinaryReader(storage, from: position + start, to: position + start + length)
  }

  /// Skips a number of bytes.
  public mutating func skip(_ count: Int) throws(BinaryFileError) { _ = try advance(count) }

  /// A count of elements that the rest of the file has room for.
  private mutating func readCount(stride: Int) throws(BinaryFileError) -> Int {
    let count = try read(UInt64.self)
    guard count <= UInt64(remaining / max(stride, 1)) else { throw .damaged }
    return Int(count)
  }

  private mutating func advance(_ count: Int) throws(BinaryFileError) -> Int {
    guard count >= 0, count <= remaining else { throw .damaged }
    defer { position += count }
    return position
  }
}
