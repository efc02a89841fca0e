// Unsafe: hands a block of its own to the system, for the time of one call.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Files that the system makes while they are read, such as those in /proc: they have no length, and a read gives a page of
/// them at most. Foundation takes the first such page for the whole.
package enum SystemFile {
  /// The bytes of the file at `path`; nil if it cannot be read.
  package static func contents(_ path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 14)
    while true {
      let count = block.withUnsafeMutableBytes { SystemCalls.read(descriptor, into: $0) }
      guard count >= 0 else { return nil }
      guard count > 0 else { return bytes }
      bytes += block[..<count]
    }
  }

  /// The same as text.
  package static func text(_ path: String) -> String? { contents(path).map { String(decoding: $0, as: UTF8.self) } }
}
