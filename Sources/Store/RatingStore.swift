package import GRDB
import Platform
import SQLitePages

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What a commit waits for.
package enum Durability: Sendable {
  /// For the system to have the bytes: a power cut may lose the last commits, and never half of one.
  case normal
  /// For the disk to have them.
  case full
}

/// The database: users, movies, ratings, tags, accounts and builds in one SQLite file.
///
/// Foreign keys are on and the journal is a write-ahead log. Every change is one transaction: after an error or a kill the
/// old state stands. Readers see one state from beginning to end while another process writes.
package final class RatingStore: Sendable {
  package let path: String
  let pool: DatabasePool

  /// Opens the database at `path`, creates it where there is none, and brings an older schema up to date.
  ///
  /// - Parameter busyTimeout: how many seconds to wait for another process that is writing.
  /// - Throws: `StoreError`.
  package convenience init(path: String, busyTimeout: Double = 5, durability: Durability = .normal) throws {
    try self.init(
      path: path, busyTimeout: busyTimeout, durability: durability, schemaVersion: Schema.steps.count)
  }

  /// The same, with a schema of an earlier version and with `prepare` called on each new connection.
  package init(
    path: String, busyTimeout: Double = 5, durability: Durability = .normal, schemaVersion: Int,
    prepare: (@Sendable (Database) throws -> Void)? = nil
  ) throws {
    self.path = path
    pool = try StoreError.translating(path) {
      var isFolder: Bool = false
      if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder {
        throw StoreError.isFolder(path: path)
      }
      try WriteAheadLog.check(beside: path)
      // Another process may replace the database while it is being opened (`rewrite`).
      while true {
        let before = FileStamp(path: path)?.inode
        do {
          let pool = try Self.pool(
            path, busyTimeout: busyTimeout, durability: durability, schemaVersion: schemaVersion, prepare: prepare)
          if before == nil || before == FileStamp(path: path)?.inode { return pool }
          try pool.close()
        } catch {
          guard let before, let now = FileStamp(path: path)?.inode, before != now else { throw error }
        }
      }
    }
  }

  private static func pool(
    _ path: String, busyTimeout: Double, durability: Durability, schemaVersion: Int,
    prepare: (@Sendable (Database) throws -> Void)?
  ) throws -> DatabasePool {
    var configuration = Configuration()
    configuration.busyMode = .timeout(busyTimeout)
    PrivateFile.make(path)
    // Through a plain connection first: a database that is not ours stays as it is, its journal mode too.
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    try queue.writeWithoutTransaction { try Schema.migrate($0, path: path, to: schemaVersion) }
    try queue.close()

    configuration.prepareDatabase { db in
      // In a write-ahead log NORMAL loses no consistency, and no commit to anything but a power cut.
      let synchronous = durability == .full ? "FULL" : "NORMAL"
      // A server has several connections and little memory.
      let cache = durability == .full ? 2048 : 32_768
      try db.execute(
        sql: """
          PRAGMA synchronous = \(synchronous); PRAGMA cache_size = -\(cache); PRAGMA temp_store = MEMORY;
          PRAGMA secure_delete = ON
          """)
      try prepare?(db)
    }
    let pool = try DatabasePool(path: path, configuration: configuration)
    // From the first reading on the connection has a lock that `rewrite` respects.
    _ = try pool.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA user_version") }
    return pool
  }

  /// Reads in one snapshot.
  func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
    try StoreError.translating(path) { try pool.read(body) }
  }

  /// Writes in one transaction, which begins with the lock for writing.
  func write<Result>(_ body: (Database) throws -> Result) throws -> Result {
    try StoreError.translating(path) { try pool.write(body) }
  }

  /// The same without checks of foreign keys: each row of millions would look up its user and movie, and each removed movie
  /// would have all ratings searched. `body` sees to it that every reference holds.
  func writeInBulk<Result>(_ body: (Database) throws -> Result) throws -> Result {
    try StoreError.translating(path) {
      try pool.writeWithoutTransaction { db in
        try db.execute(sql: "PRAGMA foreign_keys = OFF")
        defer { try? db.execute(sql: "PRAGMA foreign_keys = ON") }
        var result: Result?
        try db.inTransaction(.immediate) {
          result = try body(db)
          return .commit
        }
        guard let result else { preconditionFailure("the transaction ran") }
        return result
      }
    }
  }
}

extension StoreError {
  /// Runs `body` and turns what SQLite reports into facts about the file at `path`.
  static func translating<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw StoreError(error, path: path)
    } catch let error as PageFailure {
      throw StoreError(error, path: path)
    }
  }

  private init(_ error: PageFailure, path: String) {
    switch error {
    case .otherFormat: self = .damaged(path: path)
    case .system(ENOSPC), .system(EDQUOT): self = .diskFull(path: path)
    case .system(let code) where code == EIO:
      self = .failed(path: path, code: Int(code), reason: String(cString: strerror(code)))
    case .system: self = .notWritable(path: path)
    }
  }

  private init(_ error: DatabaseError, path: String) {
    switch error.resultCode {
    case .SQLITE_NOTADB: self = .notADatabase(path: path)
    case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH: self = .notWritable(path: path)
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .locked(path: path)
    case .SQLITE_FULL: self = .diskFull(path: path)
    case .SQLITE_CORRUPT: self = .damaged(path: path)
    case .SQLITE_CONSTRAINT, .SQLITE_MISMATCH: self = .refused(path: path, reason: error.message ?? "unknown")
    default:
      self = .failed(path: path, code: Int(error.extendedResultCode.rawValue), reason: error.message ?? "unknown error")
    }
  }
}
