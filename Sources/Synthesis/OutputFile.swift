/// A file that is written sequentially through a buffer of a megabyte.
struct OutputFile: ~Copyable {
  let name: String
  private let path: String
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private var flushed = 0
  private static let capacity = 1 << 20

  init(_ name: String, in folder: String) throws {
    self.name = name
    path = "\(folder)/\(name)"
    descriptor = try Self.open(path)
    buffer.reserveCapacity(Self.capacity + 4096)
  }

  deinit { _ = Self.close(descriptor) }

  var bytes: Int { flushed + buffer.count }

  mutating func append(_ byte: UInt8) { buffer.append(byte) }

  mutating func append(_ bytes: some Collection<UInt8>) { buffer.append(contentsOf: bytes) }

  mutating func append(_ text: String) { buffer.append(contentsOf: text.utf8) }

  /// Appends a non-negative number in decimal digits.
  mutating func append(_ number: Int) {
    if number >= 10 { append(number / 10) }
    buffer.append(UInt8(truncatingIfNeeded: 48 + number % 10))
  }

  /// Ends a line; a full buffer is flushed here.
  mutating func endLine() throws {
    buffer.append(UInt8(ascii: "\n"))
    if buffer.count >= Self.capacity { try flush() }
  }

  private mutating func flush() throws {
    try Self.write(buffer, to: descriptor, path: path)
    flushed += buffer.count
    buffer.removeAll(keepingCapacity: true)
  }

  /// Writes the rest, and returns the size of the file.
  mutating func finish() throws -> SynthesisSummary.File {
    try flush()
    return SynthesisSummary.File(name: name, bytes: flushed)
  }
}
