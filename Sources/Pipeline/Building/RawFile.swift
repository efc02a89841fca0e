import CFileSystem

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif
#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
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
    let held = [UInt8](unsafeUninitializedCapacity: bytes.count) { buffer, initialized in
      while initialized < bytes.count {
        let step = read(file, buffer.baseAddress?.advanced(by: initialized), bytes.count - initialized)
        guard step > 0 else { return }
        initialized += step
      }
    }
    return held == bytes
  }

  /// Writes a file anew.
  static func write(_ bytes: [UInt8], to path: String) throws {
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw Failure.last }
    defer { close(file) }
    try bytes.withUnsafeBytes { buffer in
      var written = 0
      while written < buffer.count {
        guard let start = buffer.baseAddress else { return }
        let step = systemWrite(file, start + written, buffer.count - written)
        if step < 0, errno == EINTR { continue }
        guard step > 0 else { throw Failure.last }
        written += step
      }
    }
  }

  /// Puts a file in the place of another in one step, with the folders on its way: whoever reads sees one or the other,
  /// and other names of the old file keep the old bytes.
  static func replace(_ bytes: [UInt8], at path: String) throws {
    let place = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    let aside = "\(path[..<place]).\(path[place...]).next"
    try creatingFolders(for: aside) { try write(bytes, to: aside) }
    try move(aside, to: path)
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

  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  static func isFile(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFDIR
  }

  /// Bytes of a file, or of all files below a folder.
  static func size(of path: String) -> Int {
    var status = stat()
    guard stat(path, &status) == 0 else { return 0 }
    guard status.st_mode & S_IFMT == S_IFDIR else { return Int(status.st_size) }
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return entries.reduce(0) { $0 + size(of: path + "/" + $1) }
  }

  static func move(_ path: String, to other: String) throws {
    guard rename(path, other) == 0 else { throw Failure.last }
  }

  /// Exchanges two folders in one step. File systems that cannot do that get two steps.
  static func exchange(_ first: String, _ second: String) throws {
    if marquee_exchange(first, second) == 0 { return }
    guard errno == EINVAL || errno == ENOSYS || errno == ENOTSUP else { throw Failure.last }
    let aside = first + ".old"
    try move(second, to: aside)
    try move(first, to: second)
    try move(aside, to: first)
  }
}

private func systemWrite(_ file: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int { write(file, bytes, count) }

private func systemLink(_ path: String, _ other: String) -> Int32 { link(path, other) }
