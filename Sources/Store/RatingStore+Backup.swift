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
  package func backUp(to path: String) throws {
    let part = path + ".part"
    do {
      try StoreError.translating(path) {
        try? FileManager.default.removeItem(atPath: part)
        PrivateFile.make(part)
        let copy = try DatabaseQueue(path: part)
        try pool.backup(to: copy)
        // A copy that is moved elsewhere must not need other files.
        try copy.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
        try copy.close()
      }
      try Self.moveWhole(part, to: path)
    } catch {
      // A disk that is full should not stay so.
      for suffix in ["", "-journal", "-wal", "-shm"] { unlink(part + suffix) }
      throw error
    }
  }

  /// What `PRAGMA integrity_check` and the foreign keys say: empty where all is well.
  package func faults() throws -> [String] {
    try read { db in
      let lines = try String.fetchAll(db, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
      let keys = try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").map { row in
        "a row of \(row[0] as String? ?? "a table") refers to a row of \(row[2] as String? ?? "a table") that is not there"
      }
      return lines + keys
    }
  }

  /// Renames when the bytes have reached the disk.
  static func moveWhole(_ part: String, to path: String) throws {
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
