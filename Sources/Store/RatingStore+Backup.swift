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

extension RatingStore {
  /// Copies the database to `path` as it is at one moment, while others read and write.
  ///
  /// The copy is one file that is whole or not there; it may take the place of another copy.
  public func backUp(to path: String) throws {
    let part = path + ".part"
    try StoreError.translating(path) {
      try? FileManager.default.removeItem(atPath: part)
      let copy = try DatabaseQueue(path: part)
      try pool.backup(to: copy)
      // A copy that is carried about must not need files beside it.
      try copy.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
      try copy.close()
    }
    try Self.moveWhole(part, to: path)
  }

  /// Puts a copy in the place of the database at `path`.
  ///
  /// Nobody may have the database open. What was there stays beside it as `….before-restore`.
  ///
  /// - Throws: `StoreError`, also where the copy is damaged or no Marquee database; nothing was changed then.
  public static func restore(_ copy: String, to path: String) throws {
    guard isDatabase(copy) else { throw StoreError.notADatabase(path: copy) }
    let part = path + ".part"
    try StoreError.translating(copy) {
      try? FileManager.default.removeItem(atPath: part)
      var configuration = Configuration()
      configuration.readonly = true
      let source = try DatabaseQueue(path: copy, configuration: configuration)
      let target = try DatabaseQueue(path: part)
      try source.backup(to: target)
      let answer = try target.read { try String.fetchOne($0, sql: "PRAGMA integrity_check") }
      try target.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
      try target.close()
      try source.close()
      guard answer == "ok" else {
        try? FileManager.default.removeItem(atPath: part)
        throw StoreError.damaged(path: copy)
      }
    }
    let manager = FileManager.default
    if manager.fileExists(atPath: path) {
      // Opening it takes over what its log still holds.
      _ = try RatingStore(path: path).submittedCount()
      try? manager.removeItem(atPath: path + ".before-restore")
      try? manager.moveItem(atPath: path, toPath: path + ".before-restore")
      for suffix in ["-wal", "-shm"] {
        try? manager.removeItem(atPath: path + ".before-restore" + suffix)
        try? manager.moveItem(atPath: path + suffix, toPath: path + ".before-restore" + suffix)
      }
    }
    try moveWhole(part, to: path)
    _ = try RatingStore(path: path)
  }

  /// What `PRAGMA integrity_check` and the foreign keys say: empty where all is well.
  public func faults() throws -> [String] {
    try read { db in
      let lines = try String.fetchAll(db, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
      let keys = try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").map { row in
        "a row of \(row[0] as String? ?? "a table") refers to a row of \(row[2] as String? ?? "a table") that is not there"
      }
      return lines + keys
    }
  }

  /// Renames when the bytes have reached the disk.
  private static func moveWhole(_ part: String, to path: String) throws {
    let file = open(part, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw StoreError.notWritable(path: path) }
    let isSynced = fsync(file) == 0
    close(file)
    guard isSynced, rename(part, path) == 0 else { throw StoreError.notWritable(path: path) }
    let folder = open(URL(fileURLWithPath: path).deletingLastPathComponent().path, O_RDONLY | O_CLOEXEC)
    if folder >= 0 {
      _ = fsync(folder)
      close(folder)
    }
  }
}
