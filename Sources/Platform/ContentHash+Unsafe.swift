// Unsafe: words are read straight from the bytes of a buffer.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A 64-bit hash of a content: the same on every machine, fast enough for every byte of a build, not meant against an
/// adversary.
///
/// Sixteen bytes at a time are multiplied into one of four lanes (the 128-bit product folded, as wyhash does); contents
/// beyond a mebibyte are hashed in pieces of one, so that a file needs not be in memory.
package struct ContentHash: Hashable, Sendable {
  package private(set) var value: UInt64

  private static let pieceLength = 1 << 20

  package init(_ bytes: [UInt8]) { self = bytes.withUnsafeBytes { ContentHash($0) } }

  package init(value: UInt64) { self.value = value }

  package init(_ text: String) { self.init(Array(text.utf8)) }

  package init(_ bytes: UnsafeRawBufferPointer) {
    value = Self.seed
    var start = 0
    repeat {
      let end = min(bytes.count, start + Self.pieceLength)
      add(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
      start = end
    } while start < bytes.count
  }

  /// The hash of a file's content; nil where it cannot be read.
  package init?(contentsOf path: String) {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    value = Self.seed
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.pieceLength, alignment: 16)
    defer { buffer.deallocate() }
    var isFirst = true
    while true {
      let filled = SystemCalls.fill(buffer, from: file)
      guard filled >= 0 else { return nil }
      // An empty piece is hashed only where there is no other: as for bytes in memory.
      if filled > 0 || isFirst { add(UnsafeRawBufferPointer(rebasing: buffer[..<filled])) }
      isFirst = false
      if filled < buffer.count { return }
    }
  }

  private static let seed: UInt64 = 0xa076_1d64_78bd_642f
  private static let keys: (UInt64, UInt64, UInt64, UInt64) = (
    0xe703_7ed1_a0b4_28db, 0x8ebc_6af0_9c88_c6e3, 0x5899_65cc_7537_4cc3, 0x1d8e_4e27_c47d_124f
  )

  @inline(__always)
  private static func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let product = a.multipliedFullWidth(by: b)
    return product.high ^ product.low
  }

  private mutating func add(_ piece: UnsafeRawBufferPointer) {
    func word(_ offset: Int) -> UInt64 {
      UInt64(littleEndian: piece.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
    let keys = Self.keys
    var lanes = (value, value ^ keys.1, value ^ keys.2, value ^ keys.3)
    var offset = 0
    while offset + 64 <= piece.count {
      lanes.0 = Self.fold(word(offset) ^ keys.0, word(offset + 8) ^ lanes.0)
      lanes.1 = Self.fold(word(offset + 16) ^ keys.1, word(offset + 24) ^ lanes.1)
      lanes.2 = Self.fold(word(offset + 32) ^ keys.2, word(offset + 40) ^ lanes.2)
      lanes.3 = Self.fold(word(offset + 48) ^ keys.3, word(offset + 56) ^ lanes.3)
      offset += 64
    }
    var hash = lanes.0 ^ lanes.1.byteSwapped ^ (lanes.2 &* keys.0) ^ (lanes.3 &* keys.1)
    while offset + 8 <= piece.count {
      hash = Self.fold(word(offset) ^ keys.0, hash ^ keys.1)
      offset += 8
    }
    var last: UInt64 = 0
    while offset < piece.count {
      last = last << 8 | UInt64(piece[offset])
      offset += 1
    }
    hash = Self.fold(last ^ keys.2, hash ^ UInt64(piece.count) ^ keys.3)
    value = Self.fold(hash ^ keys.1, value ^ keys.0)
  }
}

extension ContentHash: CustomStringConvertible {
  /// 16 hexadecimal digits.
  package var description: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
