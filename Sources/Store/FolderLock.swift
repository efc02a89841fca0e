#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A lock that one process holds at a time, for work such as a whole build.
///
/// It is an advisory lock (`flock`) on a file, which the system lets go of when the process ends, however it ends. The
/// file stays, since removing it would let two processes lock two files of one name; it names the process that held
/// the lock last.
package final class FolderLock: Sendable {
  package let path: String
  private let descriptor: Int32

  /// Locks the file at `path`, which is made with the folders on its way.
  ///
  /// - Parameter timeout: how many seconds to wait for another holder; 0 refuses at once.
  /// - Throws: `StoreError.inUse` with the holder's process id; `StoreError.notWritable`.
  package init(path: String, timeout: Double = 0) throws {
    self.path = path
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    try? FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw StoreError.notWritable(path: path) }

    let clock = ContinuousClock()
    let deadline = clock.now + .seconds(timeout)
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      let reason = errno
      if reason == EINTR { continue }
      guard reason == EWOULDBLOCK else {
        close(descriptor)
        throw StoreError.notWritable(path: path)
      }
      guard clock.now < deadline else {
        close(descriptor)
        throw StoreError.inUse(path: path, holder: Self.holder(of: path))
      }
      usleep(20_000)
    }
    let name = Array("\(getpid())\n".utf8)
    _ = ftruncate(descriptor, 0)
    _ = pwrite(descriptor, name, name.count, 0)
  }

  deinit { close(descriptor) }

  private static func holder(of path: String) -> String {
    guard let bytes = try? Data(contentsOf: URL(fileURLWithPath: path)) else { return "" }
    return String(decoding: bytes.prefix(20), as: UTF8.self).filter(\.isNumber)
  }
}
