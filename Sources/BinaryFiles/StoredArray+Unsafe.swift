// Unsafe: hands out elements where they lie, which readers have checked to be within the file.

extension StoredArray {
  var bytes: UnsafeRawBufferPointer { storage.part(start..<start + count * MemoryLayout<Element>.stride) }

  /// Whether elements lie where the processor wants them: those of `BinaryReader.readAligned` do.
  var isAligned: Bool {
    UInt(bitPattern: bytes.baseAddress).isMultiple(of: UInt(MemoryLayout<Element>.alignment))
  }

  /// The elements where they lie, of an array that was read by `BinaryReader.readAligned`.
  public func withUnsafeBufferPointer<Result>(
    _ body: (UnsafeBufferPointer<Element>) throws -> Result
  ) rethrows -> Result {
    precondition(isAligned, "read it with readAligned")
    return try withExtendedLifetime(storage) { try bytes.withMemoryRebound(to: Element.self, body) }
  }
}
