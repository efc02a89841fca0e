// Unsafe: reads and writes files through raw buffers.

import Platform

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Files that are read and written in chunks.
enum FileBytes {
  /// Calls `body` with the chunks of the file in order.
  static func forEachPiece(of path: String, _ body: (UnsafeRawBufferPointer) -> Void) throws(WebError) {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .unreadable(path: path) }
    defer { close(file) }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let count = SystemCalls.read(file, into: buffer)
      guard count >= 0 else { throw .unreadable(path: path) }
      if count == 0 { return }
      body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }

  /// The size of a file in bytes; nil if there is none.
  static func size(of path: String) -> Int? {
    var facts = stat()
    return stat(path, &facts) == 0 ? Int(facts.st_size) : nil
  }

  /// Replaces the file at `target` with the one at `path`.
  static func move(_ path: String, to target: String) throws(WebError) {
    if rename(path, target) != 0 {
      throw .notWritable(path: target, reason: String(cString: strerror(errno)))
    }
  }

  static func remove(_ path: String) { unlink(path) }
}

/// An append-only file.
final class GrowingFile {
  private let file: Int32
  private let path: String
  private(set) var size: Int
  private var failure: WebError?

  init(_ path: String) throws(WebError) {
    self.path = path
    file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw .notWritable(path: path, reason: String(cString: strerror(errno))) }
    size = Int(lseek(file, 0, SEEK_END))
  }

  deinit { close(file) }

  /// Starts again from the beginning.
  func clear() {
    if ftruncate(file, 0) == 0, lseek(file, 0, SEEK_SET) == 0 { size = 0 }
  }

  /// Whether all of `bytes` could be written.
  func append(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard SystemCalls.write(bytes, to: file) else {
      failure = .notWritable(path: path, reason: String(cString: strerror(errno)))
      // Some of them may have been written.
      size = Int(lseek(file, 0, SEEK_CUR))
      return false
    }
    size += bytes.count
    return true
  }

  /// Flushes everything to disk.
  func finish() throws(WebError) {
    if let failure { throw failure }
    if fsync(file) != 0 { throw .notWritable(path: path, reason: String(cString: strerror(errno))) }
  }
}
