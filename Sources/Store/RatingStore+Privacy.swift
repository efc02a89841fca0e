import GRDB
package import Ratings

/// Whom others may not see, at one moment.
package struct Privacy: Equatable, Sendable {
  /// Rises with every change of it.
  package var changed: Int
  /// What the last published build knew of `changed`.
  package var built: Int
  /// Members with accounts whose pages only they may see.
  package var unlisted: Set<SourceID>
  /// Users whose accounts are gone: until a build without them is published, or for good where they were unlisted and the
  /// data still have them.
  package var removed: Set<SourceID>

  /// Whether the published site may still show somebody who is hidden by now.
  package var isPending: Bool { changed > built }
  /// Whether somebody was removed whom no published build has forgotten.
  package var hasPendingRemovals: Bool

  package init(
    changed: Int = 0, built: Int = 0, unlisted: Set<SourceID> = [], removed: Set<SourceID> = [],
    hasPendingRemovals: Bool = false
  ) {
    self.changed = changed
    self.built = built
    self.unlisted = unlisted
    self.removed = removed
    self.hasPendingRemovals = hasPendingRemovals
  }
}

extension RatingStore {
  /// Whom others may not see, and whether the published site knows.
  package func privacy() throws -> Privacy { try read { try Self.privacy($0, path: path) } }

  /// The same of the database at `path`, which is left as it is: a store writes when it is opened, and builds detect by the
  /// file's stamps whether anything did.
  ///
  /// - Throws: `StoreError`.
  package static func privacy(at path: String, busyTimeout: Double = 5) throws -> Privacy {
    try WriteAheadLog.check(beside: path)
    let known: Privacy? = try StoreError.translating(path) {
      var configuration = Configuration()
      configuration.busyMode = .timeout(busyTimeout)
      // Not for reading alone: such a connection leaves its log behind.
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      let found = try queue.read { db -> Privacy? in
        try Schema.isCurrent(db, path: path) ? Self.privacy(db, path: path) : nil
      }
      try queue.close()
      return found
    }
    // An older schema knows nothing of it, and is brought up to date.
    return try known ?? RatingStore(path: path, busyTimeout: busyTimeout).privacy()
  }

  private static func privacy(_ db: Database, path: String) throws -> Privacy {
    let row = try Row.fetchOne(db, sql: "SELECT changed, built FROM privacy")
    // A table without its row is a database that cannot say who is hidden.
    guard let row else { throw StoreError.damaged(path: path) }
    var privacy = Privacy(changed: row[0], built: row[1])
    let unlisted = try RawStatement(
      "SELECT source_id FROM users JOIN accounts ON accounts.user = users.id WHERE listed = 0", in: db)
    while try unlisted.next() { privacy.unlisted.insert(unlisted.sourceID(0)) }
    let removed = try RawStatement(
      "SELECT source_id, change > ? FROM removed_members WHERE source_id IS NOT NULL", in: db)
    removed.bind(privacy.built, at: 0)
    while try removed.next() {
      privacy.removed.insert(removed.sourceID(0))
      if removed.int64(1) == 1 { privacy.hasPendingRemovals = true }
    }
    return privacy
  }

  /// Remembers that a build was published which knew what `changed` stood at when it began.
  ///
  /// What only served to keep members hidden until then is forgotten, and its traces are taken out of the file.
  package func recordPublished(privacy changed: Int) throws {
    try write { db in
      try db.execute(sql: "UPDATE privacy SET built = max(built, ?)", arguments: [changed])
      try db.execute(
        sql: "UPDATE removed_members SET source_id = NULL WHERE unlisted = 0 AND change <= ?", arguments: [changed])
    }
    try forgetLog()
  }

  /// Writes the log into the database and empties it, as far as nobody reads from it at this moment.
  package func forgetLog() throws {
    _ = try StoreError.translating(path) {
      try pool.writeWithoutTransaction { try Row.fetchOne($0, sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
    }
  }

  /// Counts a change of whom others may see; inside a transaction.
  ///
  /// - Returns: the new count.
  @discardableResult
  static func countPrivacyChange(in db: Database) throws -> Int {
    try db.execute(sql: "UPDATE privacy SET changed = changed + 1")
    return try Int.fetchOne(db, sql: "SELECT changed FROM privacy") ?? 0
  }
}
