// Unsafe: owns memory, or a mapped file, until `deinit`. Readers check that they stay within `bytes`; truncating a file
// while it is mapped ends the program.

import Platform

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Immutable bytes in memory, read from a file or copied from an array.
///
/// `@unchecked Sendable`: the memory is written before `init` returns and never after.
final class ByteStorage: @unchecked Sendable {
  let bytes: UnsafeRawBufferPointer
  private let isMapped: Bool

  init(_ array: [UInt8]) {
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: array.count, alignment: 16)
    array.withUnsafeBytes { memory.copyMemory(from: $0) }
    bytes = UnsafeRawBufferPointer(memory)
    isMapped = false
  }

  /// The file at `path`, mapped so that pages are read on access; nil where that is not possible. The project's files are
  /// replaced and never written into, so the mapped content does not change.
  init?(mapping path: String) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > 0,
      let memory = mmap(nil, Int(status.st_size), PROT_READ, MAP_PRIVATE, descriptor, 0), memory != MAP_FAILED
    else { return nil }
    bytes = UnsafeRawBufferPointer(start: memory, count: Int(status.st_size))
    isMapped = true
  }

  /// The whole file at `path`; nil if it cannot be read.
  init?(contentsOf path: String) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: Int(status.st_size), alignment: 16)
    guard SystemCalls.fill(memory, from: descriptor) == memory.count else {
      memory.deallocate()
      return nil
    }
    bytes = UnsafeRawBufferPointer(memory)
    isMapped = false
  }

  deinit {
    if isMapped {
      munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
    } else {
      bytes.deallocate()
    }
  }

  func load<Number: FixedWidthInteger>(_ position: Int, as type: Number.Type) -> Number {
    bytes.loadUnaligned(fromByteOffset: position, as: type)
  }

  func part(_ range: Range<Int>) -> UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: bytes[range]) }
}

/// A file that is written sequentially.
struct OutputStream: ~Copyable {
  private let descriptor: Int32
  private let path: String

  /// - Throws: `BinaryFileError.notWritable`.
  init(path: String) throws(BinaryFileError) {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .notWritable(path: path) }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  func write(_ bytes: UnsafeRawBufferPointer) throws(BinaryFileError) {
    guard SystemCalls.write(bytes, to: descriptor) else { throw .notWritable(path: path) }
  }
}

/// FNV-1a over 8-byte words with a final avalanche: detects every single flipped bit and truncation. The bytes may be added in parts.
struct Checksum {
  private var hash: UInt64
  /// Bytes that do not fill a word yet, lowest first.
  private var rest: UInt64 = 0
  private var restCount: UInt64 = 0

  /// - Parameter total: how many bytes will be added.
  init(total: Int) { hash = 0xcbf2_9ce4_8422_2325 ^ UInt64(total) }

  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    var offset = 0
    while restCount > 0, offset < bytes.count {
      addByte(bytes[offset])
      offset += 1
    }
    var hash = hash
    while offset + 8 <= bytes.count {
      let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      hash = (hash ^ word) &* 0x100_0000_01b3
      hash ^= hash >> 29
      offset += 8
    }
    self.hash = hash
    while offset < bytes.count {
      addByte(bytes[offset])
      offset += 1
    }
  }

  private mutating func addByte(_ byte: UInt8) {
    rest |= UInt64(byte) << (8 * restCount)
    restCount += 1
    guard restCount == 8 else { return }
    hash = (hash ^ rest) &* 0x100_0000_01b3
    hash ^= hash >> 29
    (rest, restCount) = (0, 0)
  }

  /// The checksum of everything added.
  var value: UInt64 {
    var hash = hash
    for index in 0..<restCount { hash = (hash ^ (rest >> (8 * index) & 0xff)) &* 0x100_0000_01b3 }
    return hash ^ hash >> 32
  }
}
