package import GRDB

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What a commit waits for.
public enum Durability: Sendable {
  /// For the system to have the bytes: a power cut may lose the last commits, and never half of one.
  case normal
  /// For the disk to have them.
  case full
}

/// The database: users, movies, ratings, tags, accounts and builds in one SQLite file.
///
/// Foreign keys are on and the journal is a write-ahead log. Every change is one transaction: after an error or a kill the
/// old state stands. Readers see one state from beginning to end while another process writes.
public final class RatingStore: Sendable {
  public let path: String
  let pool: DatabasePool

  /// Opens the database at `path`, creates it where there is none, and brings an older schema up to date.
  ///
  /// - Parameter busyTimeout: how many seconds to wait for another process that is writing.
  /// - Throws: `StoreError`.
  public convenience init(path: String, busyTimeout: Double = 5, durability: Durability = .normal) throws {
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
      var configuration = Configuration()
      configuration.busyMode = .timeout(busyTimeout)
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
          sql: "PRAGMA synchronous = \(synchronous); PRAGMA cache_size = -\(cache); PRAGMA temp_store = MEMORY")
        try prepare?(db)
      }
      return try DatabasePool(path: path, configuration: configuration)
    }
  }

  /// Reads in one snapshot.
  func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
    try StoreError.translating(path) { try pool.read(body) }
  }

  /// Writes in one transaction, which begins with the lock for writing.
  func write<Result>(_ body: (Database) throws -> Result) throws -> Result {
    try StoreError.translating(path) { try pool.write(body) }
  }
}

extension StoreError {
  /// Runs `body` and turns what SQLite reports into facts about the file at `path`.
  static func translating<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw StoreError(error, path: path)
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
