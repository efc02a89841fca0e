import GRDBSQLite

extension RatingStore {
  /// The version of SQLite.
  package static var libraryVersion: String { String(cString: sqlite3_libversion()) }
}
