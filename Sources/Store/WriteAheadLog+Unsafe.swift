// Unsafe: reads bytes into an array that begins uninitialized; it is as long as what was read, never longer than was asked for.

import GRDB
import Platform
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The write-ahead log next to a database that nobody has open, and whether it belongs to it.
///
/// SQLite takes a log over without asking: one that was left next to a database that somebody copied over
/// another damages it. A log that fits was written into the database since, in part at least, or is younger than it; and the two
/// together are whole.
enum WriteAheadLog {
  /// Databases that this process has looked at: once it has one open itself, the log is its own.
  private static let known = Mutex<Set<String>>([])

  /// Checks the log of the database at `path`, the first time that this process opens it.
  ///
  /// - Throws: `StoreError.foreignLog`.
  static func check(beside path: String) throws {
    guard known.withLock({ $0.insert(path).inserted }) else { return }
    do {
      try checkNow(beside: path)
    } catch {
      // The next try is a first one again.
      known.withLock { _ = $0.remove(path) }
      throw error
    }
  }

  private static func checkNow(beside path: String) throws {
    let log = path + "-wal"
    guard let logStamp = FileStamp(path: log), let ownStamp = FileStamp(path: path), logStamp.size > headerSize,
      ownStamp.size >= 100,
      !isOpenElsewhere(path)
    else { return }
    guard let frames = Frames(log) else { return }
    guard let database = File(path) else { return }
    let size = database.bytes(at: 16, count: 2).reduce(0) { $0 << 8 | Int($1) }
    guard frames.pageSize == (size == 1 ? 65_536 : size) else { throw StoreError.foreignLog(path: log) }
    // Only what takes the log over writes into the database. Where it was written to since, pages of the log are there.
    if ownStamp.modified > logStamp.modified {
      guard
        frames.contains(where: {
          database.bytes(at: ($0.page - 1) * frames.pageSize, count: $0.bytes.count) == $0.bytes
        })
      else { throw StoreError.foreignLog(path: log) }
    }
    try checkWhole(path)
  }

  /// Reads both together, which changes neither.
  private static func checkWhole(_ path: String) throws {
    var configuration = Configuration()
    configuration.readonly = true
    var words = ""
    do {
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      words = try queue.read { try String.fetchOne($0, sql: "PRAGMA quick_check(1)") ?? "" }
      try queue.close()
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
      words = "damaged"
    } catch {
      // Whatever it is, opening the database says it better.
      return
    }
    if words != "ok" { throw StoreError.foreignLog(path: path + "-wal") }
  }

  private static let headerSize = 32

  /// Whether another process has the database open: it holds a lock in the file that such processes share.
  private static func isOpenElsewhere(_ path: String) -> Bool {
    let file = open(path + "-shm", O_RDWR | O_CLOEXEC)
    guard file >= 0 else { return false }
    defer { close(file) }
    // https://www.sqlite.org/walformat.html: the byte of "dead man's switch".
    var lock = flock()
    lock.l_type = Int16(F_WRLCK)
    lock.l_whence = Int16(SEEK_SET)
    lock.l_start = 128
    lock.l_len = 1
    return fcntl(file, F_GETLK, &lock) == 0 && lock.l_type != Int16(F_UNLCK)
  }

  /// A file that is read here and there.
  private final class File {
    private let descriptor: Int32

    init?(_ path: String) {
      descriptor = open(path, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { return nil }
    }

    deinit { close(descriptor) }

    /// Fewer where the file ends.
    func bytes(at place: Int, count: Int) -> [UInt8] {
      [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
        filled = max(0, pread(descriptor, buffer.baseAddress, count, off_t(place)))
      }
    }
  }

  /// The pages in a log that are of its last generation.
  private struct Frames: Sequence, IteratorProtocol {
    let pageSize: Int
    private let file: File
    private let salt: [UInt8]
    private var place = headerSize

    /// Nil for a file that is not a log, which SQLite ignores.
    init?(_ path: String) {
      guard let file = File(path) else { return nil }
      let header = file.bytes(at: 0, count: headerSize)
      guard header.count == headerSize, header.starts(with: [0x37, 0x7f, 0x06]) else { return nil }
      self.file = file
      pageSize = header[8..<12].reduce(0) { $0 << 8 | Int($1) }
      salt = Array(header[16..<24])
      guard (512...65_536).contains(pageSize) else { return nil }
      if next() == nil { return nil }
      place = headerSize
    }

    mutating func next() -> (page: Int, bytes: [UInt8])? {
      let head = file.bytes(at: place, count: 24)
      guard head.count == 24, Array(head[8..<16]) == salt else { return nil }
      let bytes = file.bytes(at: place + 24, count: pageSize)
      guard bytes.count == pageSize else { return nil }
      place += 24 + pageSize
      return (Swift.max(1, head[0..<4].reduce(0) { $0 << 8 | Int($1) }), bytes)
    }
  }
}
