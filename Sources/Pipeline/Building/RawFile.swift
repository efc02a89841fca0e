#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Files by their paths and bytes, straight through the system's calls: a build writes hundreds of thousands.
enum RawFile {
  /// What the system says of a call that failed.
  struct Failure: Error, CustomStringConvertible {
    let code: Int32

    static var last: Failure { Failure(code: errno) }

    var description: String { String(cString: strerror(code)) }
  }

  /// Whether the file at `path` holds exactly `bytes`.
  static func holds(_ bytes: [UInt8], at path: String) -> Bool {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return false }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, Int(status.st_size) == bytes.count else { return false }
    return withUnsafeTemporaryAllocation(byteCount: max(1, bytes.count), alignment: 16) { buffer in
      var count = 0
      while count < bytes.count {
        let step = read(file, buffer.baseAddress?.advanced(by: count), bytes.count - count)
        guard step > 0 else { return false }
        count += step
      }
      return bytes.withUnsafeBytes { memcmp($0.baseAddress, buffer.baseAddress, bytes.count) == 0 } || bytes.isEmpty
    }
  }

  /// Writes a file anew.
  static func write(_ bytes: [UInt8], to path: String) throws {
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw Failure.last }
    defer { close(file) }
    try bytes.withUnsafeBytes { buffer in
      var written = 0
      while written < buffer.count {
        let step = systemWrite(file, buffer.baseAddress?.advanced(by: written), buffer.count - written)
        if step < 0, errno == EINTR { continue }
        guard step > 0 else { throw Failure.last }
        written += step
      }
    }
  }

  /// Runs `body`; where a folder of `path` is missing, makes it and runs `body` again.
  static func creatingFolders(for path: String, _ body: () throws -> Void) throws {
    do {
      try body()
    } catch let failure as Failure where failure.code == ENOENT {
      var folder = ""
      for part in path.split(separator: "/", omittingEmptySubsequences: false).dropLast() {
        folder += part + "/"
        if folder != "/", mkdir(folder, 0o755) != 0, errno != EEXIST { throw Failure.last }
      }
      try body()
    }
  }

  /// Gives a file a second name; false where that cannot be done.
  static func link(_ path: String, to other: String) -> Bool { systemLink(path, other) == 0 }

  static func isFile(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFDIR
  }

  static func move(_ path: String, to other: String) throws {
    guard rename(path, other) == 0 else { throw Failure.last }
  }

  /// Exchanges two folders in one step. File systems that cannot do that get two steps.
  static func exchange(_ first: String, _ second: String) throws {
    #if canImport(Darwin)
      if renamex_np(first, second, UInt32(RENAME_SWAP)) == 0 { return }
    #else
      if renameat2(AT_FDCWD, first, AT_FDCWD, second, 1 << 1) == 0 { return }
    #endif
    guard errno == EINVAL || errno == ENOSYS || errno == ENOTSUP else { throw Failure.last }
    let aside = first + ".old"
    try move(second, to: aside)
    try move(first, to: second)
    try move(aside, to: first)
  }
}

private func systemWrite(_ file: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int { write(file, bytes, count) }

private func systemLink(_ path: String, _ other: String) -> Int32 { link(path, other) }
