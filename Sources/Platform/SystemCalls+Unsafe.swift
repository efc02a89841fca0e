// Unsafe: hands memory to the system. A pointer is used within the call alone, and never beyond the buffer's count.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Reading and writing by descriptors, begun again where a signal interrupted the system. What failed stands in `errno`.
package enum SystemCalls {
  /// One reading of at most `buffer.count` bytes. Returns how many came: 0 at the end, −1 where the system refused.
  package static func read(_ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer) -> Int {
    while true {
      #if canImport(Glibc)
        let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      #elseif canImport(Musl)
        let count = Musl.read(descriptor, buffer.baseAddress, buffer.count)
      #else
        let count = Darwin.read(descriptor, buffer.baseAddress, buffer.count)
      #endif
      if count >= 0 || errno != EINTR { return count }
    }
  }

  /// Reads until `buffer` is full or there is no more. Returns how many bytes came; −1 where the system refused.
  package static func fill(_ buffer: UnsafeMutableRawBufferPointer, from descriptor: Int32) -> Int {
    var filled = 0
    while filled < buffer.count {
      let count = read(descriptor, into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
      if count < 0 { return count }
      if count == 0 { break }
      filled += count
    }
    return filled
  }

  /// Writes all of `bytes`, however many calls it takes. False where the system refused.
  package static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
    var written = 0
    while written < bytes.count {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[written...])
      #if canImport(Glibc)
        let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
      #elseif canImport(Musl)
        let count = Musl.write(descriptor, rest.baseAddress, rest.count)
      #else
        let count = Darwin.write(descriptor, rest.baseAddress, rest.count)
      #endif
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      written += count
    }
    return true
  }
}
