#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The right to write a folder, which one process has at a time; the system takes it back when the process ends.
final class FolderTurn: Sendable {
  let inode: UInt64
  private let descriptor: Int32

  /// Nil where another process has it.
  init?(_ folder: String) {
    descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    inode = FileStamp(path: folder)?.inode ?? 0
    var status = stat()
    // The name must still lead to the folder that was opened: another process may have exchanged it in between.
    guard descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) == 0, fstat(descriptor, &status) == 0,
      UInt64(status.st_ino) == FileStamp(path: folder)?.inode
    else {
      if descriptor >= 0 { close(descriptor) }
      return nil
    }
  }

  deinit { close(descriptor) }
}
