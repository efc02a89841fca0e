import GRDB

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

/// What restoring a copy did.
package struct Restoration: Equatable, Sendable {
  /// Where the previous database is now; nil if there was none.
  package var former: String?
  /// How many accounts of the copy went again because they were removed after it was made.
  package var removedAgain = 0
  /// How many members of the copy were hidden from others again because they chose that after it was made.
  package var hiddenAgain = 0
  /// Whether the previous database could not be read for removed and hidden accounts.
  package var removalsAreUnknown = false
}

extension RatingStore {
  /// Replaces the database at `path` by a copy.
  ///
  /// The copy is checked whole before anything is moved. The previous database may be damaged in any way: it is moved aside
  /// and read there. Nobody is logged in afterwards, invitations are void, and accounts that were removed or hidden since the
  /// copy was made stay so.
  ///
  /// - Throws: `StoreError`; nothing was changed then.
  @discardableResult
  package static func restore(_ copy: String, to path: String) throws -> Restoration {
    guard identity(copy) != identity(path) || identity(copy) == nil else { throw StoreError.sameFile(path: copy) }
    guard isDatabase(copy) else { throw StoreError.notADatabase(path: copy) }
    if let log = modified(copy + "-wal"), let own = modified(copy), log.size > 0, log.time < own.time {
      throw StoreError.foreignLog(path: copy + "-wal")
    }
    let part = path + ".part"
    let manager = FileManager.default
    defer { for suffix in ["", "-journal", "-wal", "-shm"] { unlink(part + suffix) } }
    try prepare(copy, at: part)

    var result = Restoration()
    if manager.fileExists(atPath: path) {
      let former = freeName(beside: path)
      do { try manager.moveItem(atPath: path, toPath: former) } catch { throw StoreError.notWritable(path: path) }
      for suffix in ["-wal", "-shm", "-journal"] {
        try? manager.moveItem(atPath: path + suffix, toPath: former + suffix)
      }
      result.former = former
      if let changes = try? changes(in: former) {
        (result.removedAgain, result.hiddenAgain) = try apply(changes, to: part)
      } else {
        result.removalsAreUnknown = true
      }
    }
    try moveWhole(part, to: path)
    return result
  }

  /// Makes `part` the copy, brought up to date, checked, and without sessions and invitations.
  private static func prepare(_ copy: String, at part: String) throws {
    for suffix in ["", "-journal", "-wal", "-shm"] { unlink(part + suffix) }
    PrivateFile.make(part)
    try StoreError.translating(copy) {
      var configuration = Configuration()
      configuration.readonly = true
      let source = try DatabaseQueue(path: copy, configuration: configuration)
      let target = try DatabaseQueue(path: part)
      try source.backup(to: target)
      try source.close()
      try target.writeWithoutTransaction { db in
        try db.execute(sql: "PRAGMA journal_mode = DELETE")
        let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        guard version <= Schema.steps.count else {
          throw StoreError.newerSchema(path: copy, found: version, known: Schema.steps.count)
        }
        guard try String.fetchOne(db, sql: "PRAGMA integrity_check") == "ok",
          try Row.fetchOne(db, sql: "PRAGMA foreign_key_check") == nil
        else { throw StoreError.damaged(path: copy) }
        // What a table is missing shows here, before anything relies on it.
        guard version > 0, try tables(of: db) == tables(ofVersion: version) else {
          throw StoreError.damaged(path: copy)
        }
        try Schema.migrate(db, path: copy, to: Schema.steps.count)
        try db.inTransaction {
          try db.execute(sql: "DELETE FROM sessions; DELETE FROM invitations")
          // The published site is of another state.
          try db.execute(sql: "UPDATE privacy SET changed = changed + 1, built = 0")
          return .commit
        }
      }
      try target.close()
    }
  }

  /// Tables and their columns.
  private static func tables(of db: Database) throws -> Set<String> {
    let tables = try String.fetchAll(
      db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")
    var found: Set<String> = []
    for table in tables {
      for row in try Row.fetchAll(db, sql: "PRAGMA table_info(\(table))") {
        found.insert("\(table).\(row["name"] as String)")
      }
    }
    return found
  }

  private static func tables(ofVersion version: Int) throws -> Set<String> {
    let memory = try DatabaseQueue()
    return try memory.writeWithoutTransaction { db in
      try Schema.migrate(db, path: "", to: version)
      return try tables(of: db)
    }
  }

  /// What members chose since a copy, which no copy may undo.
  private struct Changes {
    /// Removed accounts, and when.
    var removals: [(hash: String, time: Int64)]
    /// Accounts whose pages are for nobody else, and since when there have been such accounts.
    var hidden: [(name: String, created: Int64)]
  }

  /// What a database knows of removed and hidden accounts.
  private static func changes(in former: String) throws -> Changes {
    // A copy of the files: reading takes the log over, and what was there must stay as it is.
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("marquee-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let look = folder + "/look.sqlite"
    try FileManager.default.copyItem(atPath: former, toPath: look)
    try? FileManager.default.copyItem(atPath: former + "-wal", toPath: look + "-wal")
    return try DatabaseQueue(path: look).read { db in
      Changes(
        removals: try Row.fetchAll(db, sql: "SELECT name_hash, removed FROM removed_members").map { ($0[0], $0[1]) },
        hidden: try Row.fetchAll(db, sql: "SELECT name, created FROM accounts WHERE listed = 0").map { ($0[0], $0[1]) })
    }
  }

  /// - Returns: how many accounts were removed and hidden.
  private static func apply(_ changes: Changes, to part: String) throws -> (removed: Int, hidden: Int) {
    guard !changes.removals.isEmpty || !changes.hidden.isEmpty else { return (0, 0) }
    let store = try RatingStore(path: part)
    let known = Dictionary(changes.removals.map { ($0.hash, $0.time) }) { max($0, $1) }
    let hidden = Dictionary(changes.hidden.map { ($0.name, $0.created) }) { $1 }
    var (removed, hiddenAgain) = (0, 0)
    for account in try store.accounts() {
      // Whoever took the name afterwards is somebody else.
      if let time = known[nameHash(account.name)], account.created <= time {
        try store.removeAccount(account.id)
        removed += 1
      } else if account.isListed, hidden[account.name] == Int64(account.created) {
        try store.setListed(false, ofAccount: account.id)
        hiddenAgain += 1
      }
    }
    try store.forgetLog()
    try store.pool.close()
    return (removed, hiddenAgain)
  }

  /// Every previous database is kept.
  private static func freeName(beside path: String) -> String {
    let first = path + ".before-restore"
    var number = 2
    var name = first
    while FileManager.default.fileExists(atPath: name) {
      name = "\(first)-\(number)"
      number += 1
    }
    return name
  }

  private static func identity(_ path: String) -> [UInt64]? {
    var facts = stat()
    guard stat(path, &facts) == 0 else { return nil }
    return [UInt64(truncatingIfNeeded: facts.st_dev), UInt64(truncatingIfNeeded: facts.st_ino)]
  }

  private static func modified(_ path: String) -> (time: Double, size: Int)? {
    guard let facts = try? FileManager.default.attributesOfItem(atPath: path),
      let time = facts[.modificationDate] as? Date, let size = facts[.size] as? Int
    else { return nil }
    return (time.timeIntervalSince1970, size)
  }
}
