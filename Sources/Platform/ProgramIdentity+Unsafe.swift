// Unsafe: headers are read straight from the bytes of a file.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What identifies a version of the program.
package enum ProgramIdentity {
  /// The build id that the linker left in an ELF file, which is a hash of all that it linked; without one, the hash of the
  /// whole file. 0 where it cannot be read.
  package static func stamp(of path: String) -> UInt64 {
    if let id = buildID(of: path) { return ContentHash(id).value }
    return ContentHash(contentsOf: path)?.value ?? 0
  }

  private static let noteSegment: UInt32 = 4
  private static let buildIDNote: UInt32 = 3

  /// The note of type `NT_GNU_BUILD_ID` of a 64-bit little-endian ELF file (System V ABI, chapters 4 and 5).
  static func buildID(of path: String) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    // Headers and notes come first.
    let head = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, initialized in
      initialized = max(0, read(file, buffer.baseAddress, buffer.count))
    }
    return head.withUnsafeBytes { buildID(in: $0) }
  }

  private static func buildID(in bytes: UnsafeRawBufferPointer) -> [UInt8]? {
    func word<Word: FixedWidthInteger & BitwiseCopyable>(_ offset: Int, _: Word.Type) -> Word? {
      guard offset >= 0, offset <= bytes.count - MemoryLayout<Word>.size else { return nil }
      return Word(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Word.self))
    }
    func place(_ offset: Int) -> Int? { word(offset, UInt64.self).flatMap { Int(exactly: $0) } }
    // Magic number, 64 bits, little-endian.
    guard bytes.starts(with: [0x7f, 0x45, 0x4c, 0x46, 2, 1]), let table = place(32), table < bytes.count,
      let size = word(54, UInt16.self), let count = word(56, UInt16.self)
    else { return nil }
    for header in stride(from: table, to: table + Int(size) * Int(count), by: max(1, Int(size))) {
      guard word(header, UInt32.self) == noteSegment, let start = place(header + 8), let length = place(header + 32),
        start <= bytes.count, length <= bytes.count - start
      else { continue }
      var note = start
      while let name = word(note, UInt32.self), let description = word(note + 4, UInt32.self), note < start + length {
        let content = note + 12 + (Int(name) + 3) & ~3
        let end = content + Int(description)
        guard end <= start + length else { break }
        if word(note + 8, UInt32.self) == buildIDNote, name == 4, word(note + 12, UInt32.self) == 0x0055_4e47 {
          return [UInt8](bytes[content..<end])
        }
        note = (end + 3) & ~3
      }
    }
    return nil
  }
}
