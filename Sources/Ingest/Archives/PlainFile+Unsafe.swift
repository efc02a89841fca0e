// Unsafe: fills memory that the caller lends for one call; the descriptor is closed once.

import Platform

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// File system attributes of a file.
struct FileFacts: Equatable {
  enum Kind { case file, folder, other }
  let kind: Kind
  let size: Int

  /// - Throws: `IngestError.missing` or `.unreadable`.
  init(path: String) throws {
    var status = stat()
    guard stat(path, &status) == 0 else { throw Self.error(path: path) }
    self.init(status)
  }

  fileprivate init(_ status: stat) {
    switch status.st_mode & S_IFMT {
    case S_IFREG: kind = .file
    case S_IFDIR: kind = .folder
    default: kind = .other
    }
    size = Int(status.st_size)
  }

  fileprivate static func error(path: String) -> IngestError {
    let code = errno
    return code == ENOENT || code == ENOTDIR ? .missing(path: path) : .unreadable(path: path, reason: word(code))
  }

  fileprivate static func word(_ code: Int32) -> String { String(cString: strerror(code)) }
}

/// An open file, read from start to end.
struct PlainFile: ~Copyable {
  private let descriptor: Int32
  private let path: String

  /// - Throws: `IngestError.missing` or `.unreadable`.
  init(path: String) throws {
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    self.path = path
    if descriptor < 0 { throw FileFacts.error(path: path) }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Fills `buffer` with the next bytes; 0 is the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let count = SystemCalls.read(descriptor, into: buffer)
    guard count >= 0 else { throw IngestError.unreadable(path: path, reason: FileFacts.word(errno)) }
    return count
  }

  /// Checks, at the end, that the file still has the `expected` size and that all of it was read.
  func checkUnchanged(expected: Int, read: Int) throws {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileFacts.error(path: path) }
    if status.st_nlink == 0 { throw IngestError.changed(path: path, expected: expected, found: nil) }
    let found = read == expected ? Int(status.st_size) : read
    if found != expected { throw IngestError.changed(path: path, expected: expected, found: found) }
  }

  /// The first bytes of a file, at most `count`.
  static func head(path: String, count: Int) throws -> [UInt8] {
    let file = try PlainFile(path: path)
    return try ByteStream(read: { try file.read(into: $0) }).head(count)
  }

  /// The last bytes of a file, at most `count`.
  static func tail(path: String, count: Int) throws -> [UInt8] {
    let file = try PlainFile(path: path)
    let size = lseek(file.descriptor, 0, SEEK_END)
    lseek(file.descriptor, max(0, size - off_t(count)), SEEK_SET)
    return try ByteStream(read: { try file.read(into: $0) }).head(count)
  }
}

extension ByteStream {
  /// The next bytes, at most `count`.
  func head(_ count: Int) throws -> [UInt8] {
    var filled = 0
    var bytes = [UInt8](repeating: 0, count: count)
    try bytes.withUnsafeMutableBytes { buffer in
      while filled < count {
        let more = try read(UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
        if more == 0 { break }
        filled += more
      }
    }
    bytes.removeLast(count - filled)
    return bytes
  }
}
