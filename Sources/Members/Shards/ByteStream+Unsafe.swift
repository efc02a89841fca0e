// Unsafe: reads columns of numbers straight into the memory of arrays.

import Platform

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
    SystemCalls.fill(memory, from: descriptor) == memory.count
  }

  /// - Throws: `ShardError.notWritable`.
  func write(_ bytes: [UInt8]) throws(ShardError) {
    guard bytes.withUnsafeBytes({ SystemCalls.write($0, to: descriptor) }) else {
      throw .notWritable(reason: String(cString: strerror(errno)))
    }
  }
}
