import GRDB
import Ratings

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension RatingStore {
  /// Rewrites the database at `path` with `dataset` and with all that is not imported: accounts, what members submitted,
  /// builds. After a kill or a power cut there is the old state or the new one.
  ///
  /// - Returns: nil where another connection has the database open, or where so little differs that single rows are less
  ///   work: nothing was changed then.
  static func rewrite(_ path: String, with dataset: Dataset, fingerprint: String) throws -> StoreChange? {
    try StoreError.translating(path) {
      guard let old = try LockedDatabase.locking(path) else { return nil }
      guard let counts = try old.largeDifference(to: dataset, fingerprint: fingerprint) else { return nil }
      let aside = placeAside(of: path)
      defer { unlink(aside) }
      try create(aside)
      let submitted = try old.copyRest(to: aside)
      var change = try write(dataset, fingerprint: fingerprint, submitted: submitted, to: aside)
      change.ratings = counts
      guard rename(aside, path) == 0 else { throw StoreError.notWritable(path: path) }
      // Whoever opened the old file and waits for it must not take it for the database.
      old.spoil()
      synchronizeFolder(of: path)
      return change
    }
  }
}

/// A database that nobody else can read or write, for as long as this lives.
private struct LockedDatabase: ~Copyable {
  private let queue: DatabaseQueue
  private let descriptor: Int32

  private init(_ path: String) throws {
    var configuration = Configuration()
    configuration.busyMode = .immediateError
    configuration.foreignKeysEnabled = false
    queue = try DatabaseQueue(path: path, configuration: configuration)
    // Before the lock: closing any descriptor of a file gives up all locks that the process has on it.
    descriptor = open(path, O_RDWR | O_CLOEXEC)
  }

  /// Nil where another connection is open.
  static func locking(_ path: String) throws -> LockedDatabase? {
    let database = try LockedDatabase(path)
    guard database.descriptor >= 0, try database.takeLock(path) else { return nil }
    return database
  }

  private func takeLock(_ path: String) throws -> Bool {
    do {
      return try queue.writeWithoutTransaction { db in
        try Schema.migrate(db, path: path, to: Schema.steps.count)
        // Leaving the write-ahead log needs everybody else gone. Only then the lock: a journal that is written under it stays
        // until the end, next to the new database.
        _ = try String.fetchOne(db, sql: "PRAGMA main.journal_mode = DELETE")
        try db.execute(sql: "PRAGMA main.locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT")
        return try String.fetchOne(db, sql: "PRAGMA main.journal_mode") == "delete"
      }
    } catch let error as DatabaseError where [.SQLITE_BUSY, .SQLITE_LOCKED].contains(error.resultCode) {
      return false
    }
  }

  deinit {
    try? queue.close()
    if descriptor >= 0 { close(descriptor) }
  }

  /// How the stored ratings differ from those of `dataset`; nil where it is less than a quarter.
  func largeDifference(to dataset: Dataset, fingerprint: String) throws -> StoreChange.Counts? {
    try queue.writeWithoutTransaction { db in
      guard try ImportedFingerprint.stored(in: db) != fingerprint else { return nil }
      let users = try Catalogue(usersOf: db).difference(to: dataset.users, mode: .replace)
      let movies = try Catalogue(moviesOf: db).difference(to: dataset.movies, mode: .replace)
      let incoming = [dataset.ratings, dataset.validation].map {
        KeyedRatings($0, userKeys: users.keys, movieKeys: movies.keys)
      }
      if users.removed.count < dataset.users.count / 8, try Self.mostAreStored(incoming[0], in: db) { return nil }
      let difference = try RatingDifference(to: incoming, mode: .replace, limit: 0, in: db)
      return difference.size >= (dataset.ratings.count + dataset.validation.count) / 4 ? difference.counts : nil
    }
  }

  /// Whether a sample of the ratings is in the database already: then a walk along all of them would find that few differ.
  private static func mostAreStored(_ ratings: KeyedRatings, in db: Database) throws -> Bool {
    let sampled = 64
    let stored = try RawStatement(
      "SELECT 1 FROM ratings WHERE user = ? AND movie = ? AND origin = 0 AND stars = ? AND time = ?", in: db)
    var found = 0
    for sample in 0..<sampled where ratings.table.count >= sampled {
      let row = sample * ratings.table.count / sampled
      let key = ratings.key(row)
      stored.bind(key.user, at: 0)
      stored.bind(key.movie, at: 1)
      stored.bind(ratings.table.values[row], at: 2)
      stored.bind(Int64(ratings.table.times[row]), at: 3)
      if try stored.hasRow() { found += 1 }
    }
    return found >= sampled * 7 / 8
  }

  /// Copies everything but the ratings into the database at `path`.
  ///
  /// - Returns: what members submitted.
  func copyRest(to path: String) throws -> SubmittedRatings {
    try queue.writeWithoutTransaction { db in
      try db.execute(sql: "ATTACH ? AS fresh", arguments: [path])
      try db.execute(sql: "PRAGMA fresh.journal_mode = OFF; PRAGMA fresh.synchronous = OFF")
      let tables = try String.fetchAll(
        db, sql: "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")
      let parts = RatingPart.allCases.map(\.table)
      try db.inTransaction {
        for table in tables where !parts.contains(table) {
          try db.execute(sql: "DELETE FROM fresh.\(table); INSERT INTO fresh.\(table) SELECT * FROM main.\(table)")
        }
        return .commit
      }
      try db.execute(sql: "DETACH fresh")
      return try SubmittedRatings(storedIn: db)
    }
  }

  /// Makes the file no database.
  func spoil() {
    let nothing = [UInt8](repeating: 0, count: 100)
    _ = pwrite(descriptor, nothing, nothing.count, 0)
  }
}
