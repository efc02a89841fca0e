import Platform

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The right to write a folder, which one process has at a time; the system takes it back when the process ends.
final class WriteLock: Sendable {
  let inode: UInt64
  private let descriptor: Int32

  /// - Returns: nil where another process has it.
  /// - Throws: `RawFile.Failure` where the folder cannot be opened.
  init?(_ folder: String) throws {
    descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    inode = FileStamp(path: folder)?.inode ?? 0
    guard descriptor >= 0 else { throw RawFile.Failure.last }
    var status = stat()
    // The name must still lead to the folder that was opened: another process may have exchanged it in between.
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, fstat(descriptor, &status) == 0,
      UInt64(status.st_ino) == FileStamp(path: folder)?.inode
    else { return nil }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }
}
