// Unsafe: reads columns of numbers straight into the memory of arrays.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// One end of a pipe to another process. Numbers go as they lie in memory, which is little-endian wherever Marquee runs.
struct ByteStream: Sendable {
  let descriptor: Int32

  /// - Throws: `ShardError.cutOff` where it ends before.
  func read<Number: BitwiseCopyable>(_ count: Int) throws(ShardError) -> [Number] {
    var isWhole = true
    let numbers = [Number](unsafeUninitializedCapacity: count) { buffer, initialized in
      isWhole = fill(UnsafeMutableRawBufferPointer(buffer))
      initialized = isWhole ? count : 0
    }
    guard isWhole else { throw .cutOff }
    return numbers
  }

  func read<Number: FixedWidthInteger>(_ type: Number.Type) throws(ShardError) -> Number {
    var number: Number = 0
    let isWhole = withUnsafeMutableBytes(of: &number) { fill($0) }
    guard isWhole else { throw .cutOff }
    return number
  }

  private func fill(_ memory: UnsafeMutableRawBufferPointer) -> Bool {
    var filled = 0
    while filled < memory.count {
      let step = systemRead(memory.baseAddress?.advanced(by: filled), memory.count - filled)
      if step < 0, errno == EINTR { continue }
      guard step > 0 else { return false }
      filled += step
    }
    return true
  }

  /// - Throws: `ShardError.notWritable`.
  func write(_ bytes: [UInt8]) throws(ShardError) {
    var isWhole = true
    bytes.withUnsafeBytes { memory in
      var written = 0
      while written < memory.count {
        let step = systemWrite(memory.baseAddress?.advanced(by: written), memory.count - written)
        if step < 0, errno == EINTR { continue }
        guard step > 0 else {
          isWhole = false
          return
        }
        written += step
      }
    }
    guard isWhole else { throw .notWritable(reason: String(cString: strerror(errno))) }
  }

  private func systemRead(_ memory: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    #if canImport(Glibc)
      Glibc.read(descriptor, memory, count)
    #elseif canImport(Musl)
      Musl.read(descriptor, memory, count)
    #else
      Darwin.read(descriptor, memory, count)
    #endif
  }

  private func systemWrite(_ memory: UnsafeRawPointer?, _ count: Int) -> Int {
    #if canImport(Glibc)
      Glibc.write(descriptor, memory, count)
    #elseif canImport(Musl)
      Musl.write(descriptor, memory, count)
    #else
      Darwin.write(descriptor, memory, count)
    #endif
  }
}
