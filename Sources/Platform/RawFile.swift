import CPlatform

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
package enum RawFile {
  /// What the system says of a call that failed.
  package struct Failure: Error, CustomStringConvertible {
    package let code: Int32

    package static var last: Failure { Failure(code: errno) }
    package static let missing = Failure(code: ENOENT)

    package var description: String { String(cString: strerror(code)) }
  }

  /// Whether the file at `path` holds exactly `bytes`.
  package static func holds(_ bytes: [UInt8], at path: String) -> Bool {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return false }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, Int(status.st_size) == bytes.count else { return false }
    return Self.bytes(of: file, count: bytes.count) == bytes
  }

  /// Whether the file at `path` begins with `bytes`.
  package static func begins(with bytes: [UInt8], at path: String) -> Bool {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return false }
    defer { close(file) }
    return Self.bytes(of: file, count: bytes.count) == bytes
  }

  /// The first `count` bytes of an open file, or all where it is shorter.
  private static func bytes(of file: Int32, count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      initialized = max(0, SystemCalls.fill(UnsafeMutableRawBufferPointer(buffer), from: file))
    }
  }

  /// Writes a file.
  ///
  /// - Parameters:
  ///   - anew: makes a new file, so that other names of the old one keep their content.
  ///   - isPrivate: a new file is for its owner alone.
  /// - Returns: the stamp of the written file.
  @discardableResult
  package static func write(
    _ bytes: [UInt8], to path: String, anew: Bool = false, isPrivate: Bool = false
  ) throws -> FileStamp {
    let mode: mode_t = isPrivate ? 0o600 : 0o644
    var file = open(path, O_WRONLY | O_CREAT | (anew ? O_EXCL : O_TRUNC) | O_CLOEXEC, mode)
    if file < 0, anew, errno == EEXIST {
      try remove(path)
      file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    }
    guard file >= 0 else { throw Failure.last }
    defer { close(file) }
    guard bytes.withUnsafeBytes({ SystemCalls.write($0, to: file) }) else { throw Failure.last }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw Failure.last }
    return FileStamp(status)
  }

  /// What the name of a file ends with while its bytes are written.
  package static let unfinishedSuffix = ".new"

  /// Replaces a file: readers see the old content or the new.
  package static func replace(_ bytes: [UInt8], at path: String, isPrivate: Bool = false) throws {
    let aside = path + unfinishedSuffix
    do {
      try write(bytes, to: aside, anew: true, isPrivate: isPrivate)
      try move(aside, to: path)
    } catch {
      try? remove(aside)
      throw error
    }
  }

  /// Copies a file, unless the copy is there already.
  package static func copy(_ path: String, to other: String) throws {
    guard let data = FileManager.default.contents(atPath: path) else { throw Failure.last }
    let bytes = [UInt8](data)
    if !holds(bytes, at: other) { try write(bytes, to: other, anew: true) }
  }

  /// Gives a file the present time; its stamp then, nil where that cannot be done.
  package static func touch(_ path: String) -> FileStamp? {
    guard utimensat(AT_FDCWD, path, nil, 0) == 0 else { return nil }
    return FileStamp(path: path)
  }

  /// Removes a file; a missing one is not an error.
  package static func remove(_ path: String) throws {
    guard unlink(path) == 0 || errno == ENOENT || errno == ENOTDIR else {
      // There is a folder instead of a file.
      guard errno == EISDIR || errno == EPERM else { throw Failure.last }
      return try FileManager.default.removeItem(atPath: path)
    }
  }

  /// The names in a folder, without order; nil where it cannot be read.
  package static func entries(of folder: String) -> [String]? {
    try? FileManager.default.contentsOfDirectory(atPath: folder)
  }

  /// Leaves a folder to its owner alone; one that belongs to somebody else stays as it is.
  package static func restrict(_ path: String) throws {
    guard chmod(path, 0o700) == 0 || errno == EPERM || errno == EROFS else { throw Failure.last }
  }

  package static func makeFolders(_ path: String) throws {
    try creatingFolders(for: path + "/x") { try makeFolder(path) }
  }

  private static func makeFolder(_ path: String) throws {
    guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw Failure.last }
  }

  /// Runs `body`; where a folder on the way to `path` is missing, makes it and runs `body` again.
  ///
  /// - Parameter root: below it a file in the way of a folder is removed; elsewhere it is an error.
  package static func creatingFolders<Result>(
    for path: String, replacingFilesBelow root: String? = nil, _ body: () throws -> Result
  ) throws -> Result {
    do {
      return try body()
    } catch let failure as Failure where failure.code == ENOENT || failure.code == ENOTDIR {
      guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { throw failure }
      let folder = String(path[..<slash])
      try creatingFolders(for: folder, replacingFilesBelow: root) {
        guard mkdir(folder, 0o755) != 0 else { return }
        let reason = Failure.last
        guard reason.code == EEXIST else { throw reason }
        guard isFile(folder) else { return }
        guard let root, folder.hasPrefix(root + "/") else { throw Failure(code: ENOTDIR) }
        try remove(folder)
        try makeFolder(folder)
      }
      return try body()
    }
  }

  /// Gives a file a second name; false where that cannot be done.
  package static func link(_ path: String, to other: String) -> Bool { systemLink(path, other) == 0 }

  /// Makes `path` another name of `other`, replacing what it named; false if that is impossible.
  package static func replaceByLink(_ path: String, to other: String) throws -> Bool {
    if link(other, to: path) { return true }
    let reason = Failure.last
    if reason.code == ENOENT { throw reason }
    guard reason.code == EEXIST else { return false }
    try remove(path)
    return link(other, to: path)
  }

  package static func isFile(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFDIR
  }

  /// Whether anything, be it a link to nothing, is at `path`.
  package static func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  /// Whether it is certain that nothing is at `path`: what may not be looked at may be there.
  package static func isMissing(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) != 0 && [ENOENT, ENOTDIR].contains(errno)
  }

  package static func isLink(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }

  /// Whether a folder, or a link to one, is at `path`.
  package static func isFolder(_ path: String, followsLinks: Bool = true) -> Bool {
    var status = stat()
    return (followsLinks ? stat(path, &status) : lstat(path, &status)) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Whether two paths name one file, or files with the same bytes.
  package static func isSame(_ path: String, _ other: String) -> Bool {
    var (first, second) = (stat(), stat())
    guard stat(path, &first) == 0, stat(other, &second) == 0, first.st_size == second.st_size else { return false }
    if first.st_dev == second.st_dev, first.st_ino == second.st_ino { return true }
    return FileManager.default.contentsEqual(atPath: path, andPath: other)
  }

  /// Bytes of a file, or of all files below a folder; a folder that links lead to twice counts once.
  package static func size(of path: String) -> Int {
    var seen: Set<[UInt64]> = []
    return size(of: path, &seen)
  }

  private static func size(of path: String, _ seen: inout Set<[UInt64]>) -> Int {
    var status = stat()
    guard stat(path, &status) == 0 else { return 0 }
    guard status.st_mode & S_IFMT == S_IFDIR else { return Int(status.st_size) }
    guard seen.insert([UInt64(status.st_dev), UInt64(status.st_ino)]).inserted else { return 0 }
    return (entries(of: path) ?? []).reduce(0) { $0 + size(of: path + "/" + $1, &seen) }
  }

  package static func move(_ path: String, to other: String) throws {
    guard rename(path, other) == 0 else { throw Failure.last }
  }

  /// Moves a file, onto another file system too: readers see the old content or the new.
  package static func moveAcross(_ path: String, to other: String) throws {
    do {
      try move(path, to: other)
    } catch let failure as Failure where failure.code == EXDEV {
      guard let data = FileManager.default.contents(atPath: path) else { throw Failure(code: EIO) }
      try replace([UInt8](data), at: other)
      try remove(path)
    }
  }

  /// Removes a folder that is empty; any other stays.
  package static func removeEmptyFolder(_ path: String) { _ = rmdir(path) }

  /// Adds bytes to the end of a file that is there.
  package static func append(_ bytes: [UInt8], to path: String) throws {
    let file = open(path, O_WRONLY | O_APPEND | O_CLOEXEC)
    guard file >= 0 else { throw Failure.last }
    defer { close(file) }
    guard bytes.withUnsafeBytes({ SystemCalls.write($0, to: file) }) else { throw Failure.last }
  }

  /// Exchanges two folders in one step. File systems that cannot do that get two steps.
  package static func exchange(_ first: String, _ second: String) throws {
    if marquee_exchange(first, second) == 0 { return }
    guard errno == EINVAL || errno == ENOSYS || errno == ENOTSUP else { throw Failure.last }
    let aside = first + ".old"
    try move(second, to: aside)
    try move(first, to: second)
    try move(aside, to: first)
  }
}

private func systemLink(_ path: String, _ other: String) -> Int32 { link(path, other) }
