#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Files with accounts and ratings in them: for their owner alone.
enum PrivateFile {
  /// Makes an empty file for its owner alone, where there is none, and takes the rights of others away where there is one.
  ///
  /// Whoever cannot do that cannot open the file for writing either, and gets that error. The file is not opened where it is
  /// there: to close it would give up the locks that this process has on it.
  static func make(_ path: String) {
    let file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    if file >= 0 {
      close(file)
      return
    }
    for suffix in ["", "-wal", "-shm", "-journal"] { restrict(path + suffix) }
  }

  private static func restrict(_ path: String) {
    var facts = stat()
    guard stat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG, facts.st_mode & 0o077 != 0 else { return }
    chmod(path, facts.st_mode & 0o700)
  }
}
