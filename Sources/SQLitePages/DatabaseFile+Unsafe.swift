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
/// It is written as format 1 of https://www.sqlite.org/fileformat2.html has it, read and written by SQLite since 3.0 (2004). What must
/// hold, and is looked at where the file says it:
///
/// - Nobody else has the file open, and no journal or write-ahead log lies beside it.
/// - Pages have 4,096 bytes, none of them set aside for an extension.
/// - There are no pages that map pointers (`auto_vacuum`), which every new page would have to be entered in.
/// - The page at 1 GiB, where locks live, holds nothing.
/// - The number of pages in the head holds for the counter of changes beside it.
package struct DatabaseFile: ~Copyable {
  package let path: String
  /// In bytes.
  static let pageSize = 4096
  /// How many pages the file has, those that still wait in `buffer` included.
  private var pageCount: Int
  private let descriptor: Int32

  /// Appended pages that are not written yet; the first of them is page `bufferStart` (counted from 1).
  private let buffer: UnsafeMutableRawBufferPointer
  private var buffered = 0
  private var bufferStart: Int

  private static let bufferSize = 1 << 20

  private static let headSize = 100
  private static let magic = Array("SQLite format 3\0".utf8)

  package init(path: String) throws(PageFailure) {
    self.path = path
    descriptor = open(path, O_RDWR | O_CLOEXEC)
    buffer = .allocate(byteCount: Self.bufferSize, alignment: Self.pageSize)
    pageCount = 0
    bufferStart = 1
    guard descriptor >= 0 else { throw .last }
    let read = pread(descriptor, buffer.baseAddress, Self.headSize, 0)
    guard read == Self.headSize else { throw read < 0 ? .last : .otherFormat }
    let size = Int(buffer[16]) << 8 | Int(buffer[17])
    let (writeVersion, readVersion, reserved, largestRoot) = (buffer[18], buffer[19], buffer[20], number(at: 52))
    guard buffer.starts(with: Self.magic), size == Self.pageSize, writeVersion == 1, readVersion == 1, reserved == 0,
      largestRoot == 0
    else { throw .otherFormat }
    pageCount = number(at: 28)
    bufferStart = pageCount + 1
  }

  /// A number of four bytes in the head that `buffer` begins with.
  private func number(at place: Int) -> Int { (place..<place + 4).reduce(0) { $0 << 8 | Int(buffer[$1]) } }

  deinit {
    buffer.deallocate()
    if descriptor >= 0 { close(descriptor) }
  }

  /// The number of the page that locks live on, at 1 GiB: it holds no data.
  private var lockPage: Int { 0x4000_0000 / Self.pageSize + 1 }

  /// Appends a page and returns its number, counted from 1.
  mutating func append(_ page: UnsafeRawBufferPointer) throws(PageFailure) -> UInt32 {
    if pageCount + 1 == lockPage {
      try flush()
      pageCount += 1
      bufferStart = pageCount + 1
    }
    UnsafeMutableRawBufferPointer(rebasing: buffer[buffered..<buffered + Self.pageSize]).copyMemory(from: page)
    buffered += Self.pageSize
    pageCount += 1
    if buffered == buffer.count { try flush() }
    return UInt32(pageCount)
  }

  /// Replaces page `number` by `page`.
  func replace(_ number: UInt32, with page: UnsafeRawBufferPointer) throws(PageFailure) {
    try write(page, at: (Int(number) - 1) * Self.pageSize)
  }

  /// Writes what waits and the new number of pages, and brings all of it to the disk.
  package consuming func finish() throws(PageFailure) {
    try flush()
    // The counter of changes and the counter for which the number of pages holds must agree.
    guard pread(descriptor, buffer.baseAddress, Self.headSize, 0) == Self.headSize else { throw .last }
    for (index, byte) in buffer[24..<28].enumerated() { buffer[92 + index] = byte }
    for index in 0..<4 { buffer[28 + index] = UInt8(truncatingIfNeeded: pageCount >> (24 - 8 * index)) }
    try write(UnsafeRawBufferPointer(rebasing: buffer[..<Self.headSize]), at: 0)
    guard fsync(descriptor) == 0 else { throw .last }
  }

  private mutating func flush() throws(PageFailure) {
    try write(UnsafeRawBufferPointer(rebasing: buffer[..<buffered]), at: (bufferStart - 1) * Self.pageSize)
    bufferStart = pageCount + 1
    buffered = 0
  }

  private func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(PageFailure) {
    var written = 0
    while written < bytes.count {
      let count = pwrite(
        descriptor, bytes.baseAddress?.advanced(by: written), bytes.count - written, off_t(offset + written))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .last }
      written += count
    }
  }
}
