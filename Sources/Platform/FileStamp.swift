#if canImport(Glibc)
  package import Glibc
#elseif canImport(Musl)
  package import Musl
#else
  package import Darwin
#endif

/// What the file system says of a file: as long as nothing of it differs, nobody wrote to the file.
package struct FileStamp: Codable, Equatable, Sendable {
  package let size: Int
  /// Nanoseconds since 1970 of the last change of the content, and of content, name or rights. The second cannot be
  /// set by `touch` or an unpacked archive.
  package let modified: Int
  package let changed: Int
  package let inode: UInt64

  /// Nil if there is no file.
  package init?(path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.init(status)
  }

  /// Of the link itself, where there is one; nil if there is nothing.
  package init?(linkAt path: String) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return nil }
    self.init(status)
  }

  package init(_ status: stat) {
    size = Int(status.st_size)
    inode = UInt64(status.st_ino)
    #if canImport(Darwin)
      modified = status.st_mtimespec.nanoseconds
      changed = status.st_ctimespec.nanoseconds
    #else
      modified = status.st_mtim.nanoseconds
      changed = status.st_ctim.nanoseconds
    #endif
  }

  /// Whether it is the same file with the same content; its names and rights may have changed.
  package func isSameVersion(as other: FileStamp) -> Bool {
    inode == other.inode && size == other.size && modified == other.modified
  }

  /// Whether that is at `path`, itself and not by a link.
  package func isSameVersion(at path: String) -> Bool { FileStamp(linkAt: path).map(isSameVersion) ?? false }

  /// Whether another change could no longer have the same times: clocks of file systems tick every few milliseconds,
  /// old ones every two seconds.
  package var isSettled: Bool {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    let hasFineClock = modified % 1_000_000_000 != 0
    return now.nanoseconds - max(modified, changed) > (hasFineClock ? Self.fineTick : 2_000_000_000)
  }

  /// Nanoseconds; the kernel's clock for files ticks at least a hundred times a second.
  package static let fineTick = 11_000_000
}

extension timespec {
  package var nanoseconds: Int { Int(tv_sec) * 1_000_000_000 + Int(tv_nsec) }
}
