#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// One end of a pipe, closed with its last reference.
final class PipeEnd: Sendable {
  let descriptor: Int32

  private init(_ descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  struct Failure: Error, CustomStringConvertible {
    let code: Int32

    var description: String { "a pipe failed: \(String(cString: strerror(code)))" }
  }

  /// Both ends, which children do not inherit by default.
  static func pipe() throws(Failure) -> (reading: PipeEnd, writing: PipeEnd) {
    var ends: [Int32] = [-1, -1]
    #if canImport(Glibc)
      let isMade = Glibc.pipe(&ends) == 0
    #elseif canImport(Musl)
      let isMade = Musl.pipe(&ends) == 0
    #else
      let isMade = Darwin.pipe(&ends) == 0
    #endif
    guard isMade else { throw Failure(code: errno) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (PipeEnd(ends[0]), PipeEnd(ends[1]))
  }

  /// Waits for the next bytes; empty if the other end is closed.
  func read() -> [UInt8] {
    var block = [UInt8](repeating: 0, count: 65_536)
    while true {
      #if canImport(Glibc)
        let count = Glibc.read(descriptor, &block, block.count)
      #elseif canImport(Musl)
        let count = Musl.read(descriptor, &block, block.count)
      #else
        let count = Darwin.read(descriptor, &block, block.count)
      #endif
      if count < 0, errno == EINTR { continue }
      return Array(block.prefix(max(0, count)))
    }
  }

  /// Writes all of `bytes`.
  func write(_ bytes: [UInt8]) throws(Failure) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let part = Array(rest)
      #if canImport(Glibc)
        let count = Glibc.write(descriptor, part, part.count)
      #elseif canImport(Musl)
        let count = Musl.write(descriptor, part, part.count)
      #else
        let count = Darwin.write(descriptor, part, part.count)
      #endif
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Failure(code: errno) }
      rest = rest.dropFirst(count)
    }
  }
}
