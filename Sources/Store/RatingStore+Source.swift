import GRDB

extension RatingStore {
  /// The argument of `setImportedSource`, as long as the imported data have not changed since.
  package func importedSource() throws -> String? {
    try read { db in
      let stored = try String.fetchOne(db, sql: "SELECT value FROM settings WHERE name = 'imported_source'")
      guard let stored, let fingerprint = try ImportedFingerprint.stored(in: db), stored.hasPrefix(fingerprint + " ")
      else { return nil }
      return String(stored.dropFirst(fingerprint.count + 1))
    }
  }

  /// Keeps a word about where the imported data came from, such as a fingerprint of their files.
  package func setImportedSource(_ source: String) throws {
    try write { db in
      guard let fingerprint = try ImportedFingerprint.stored(in: db) else { return }
      try db.execute(
        sql: "INSERT OR REPLACE INTO settings (name, value) VALUES ('imported_source', ?)",
        arguments: [fingerprint + " " + source])
    }
  }
}
