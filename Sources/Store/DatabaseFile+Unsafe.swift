// Unsafe: keeps pages in a buffer that it owns from `init` to `deinit`; every write is of whole pages within it, or of the 100 bytes of the head.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A closed SQLite file to which whole pages are appended.
///
/// Nobody else may have the file open. Its format is described by https://www.sqlite.org/fileformat2.html.
struct DatabaseFile: ~Copyable {
  let path: String
  let pageSize: Int
  /// How many pages the file has, those that still wait in `buffer` included.
  private var pageCount: Int
  private let descriptor: Int32

  /// Appended pages that are not written yet; the first of them is page `bufferStart` (counted from 1).
  private let buffer: UnsafeMutableRawBufferPointer
  private var buffered = 0
  private var bufferStart: Int

  private static let bufferSize = 1 << 20

  /// - Throws: `StoreError`.
  init(path: String) throws {
    self.path = path
    descriptor = open(path, O_RDWR | O_CLOEXEC)
    buffer = .allocate(byteCount: Self.bufferSize, alignment: 4096)
    pageSize = 4096
    pageCount = 0
    bufferStart = 1
    guard descriptor >= 0 else { throw Self.error(path) }
    guard pread(descriptor, buffer.baseAddress, 100, 0) == 100 else { throw Self.error(path) }
    // Pages of the usual size without bytes set aside for extensions: SQLite's default.
    let (size, reserved) = (Int(buffer[16]) << 8 | Int(buffer[17]), buffer[20])
    guard size == pageSize, reserved == 0 else { throw StoreError.damaged(path: path) }
    pageCount = (28..<32).reduce(0) { $0 << 8 | Int(buffer[$1]) }
    bufferStart = pageCount + 1
  }

  deinit {
    buffer.deallocate()
    if descriptor >= 0 { close(descriptor) }
  }

  /// The number of the page that locks live on, at 1 GiB: it holds no data.
  private var lockPage: Int { 0x4000_0000 / pageSize + 1 }

  /// Appends a page and returns its number, counted from 1.
  mutating func append(_ page: UnsafeRawBufferPointer) throws -> UInt32 {
    if pageCount + 1 == lockPage {
      try flush()
      pageCount += 1
      bufferStart = pageCount + 1
    }
    UnsafeMutableRawBufferPointer(rebasing: buffer[buffered..<buffered + pageSize]).copyMemory(from: page)
    buffered += pageSize
    pageCount += 1
    if buffered == buffer.count { try flush() }
    return UInt32(pageCount)
  }

  /// Replaces page `number` by `page`.
  func replace(_ number: UInt32, with page: UnsafeRawBufferPointer) throws {
    try write(page, at: (Int(number) - 1) * pageSize)
  }

  /// Writes what waits and the new number of pages, and brings all of it to the disk.
  consuming func finish() throws {
    try flush()
    // The counter of changes and the counter for which the number of pages holds must agree.
    guard pread(descriptor, buffer.baseAddress, 100, 0) == 100 else { throw Self.error(path) }
    for (index, byte) in buffer[24..<28].enumerated() { buffer[92 + index] = byte }
    for index in 0..<4 { buffer[28 + index] = UInt8(truncatingIfNeeded: pageCount >> (24 - 8 * index)) }
    try write(UnsafeRawBufferPointer(rebasing: buffer[..<100]), at: 0)
    guard fsync(descriptor) == 0 else { throw Self.error(path) }
  }

  private mutating func flush() throws {
    try write(UnsafeRawBufferPointer(rebasing: buffer[..<buffered]), at: (bufferStart - 1) * pageSize)
    bufferStart = pageCount + 1
    buffered = 0
  }

  private func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws {
    var written = 0
    while written < bytes.count {
      let count = pwrite(
        descriptor, bytes.baseAddress?.advanced(by: written), bytes.count - written, off_t(offset + written))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Self.error(path) }
      written += count
    }
  }

  private static func error(_ path: String) -> StoreError {
    let code = errno
    return code == ENOSPC || code == EDQUOT
      ? .diskFull(path: path)
      : code == EIO
        ? .failed(path: path, code: Int(code), reason: String(cString: strerror(code)))
        : .notWritable(path: path)
  }
}
