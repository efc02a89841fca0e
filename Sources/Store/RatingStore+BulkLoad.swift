import GRDB
package import Ratings
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

extension RatingStore {
  /// How data go into a database that may hold others.
  package enum LoadMode: Sendable {
    /// As `replaceImported(with:)`.
    case replacing
    /// As `add(_:)`.
    case adding
  }

  /// Opens the database at `path` with `dataset` in it. A missing database is made under another name,
  /// its ratings page by page, and then renamed: after a kill or a power cut there is all of it or none. So is
  /// one of which most is replaced, unless somebody has it open.
  ///
  /// - Throws: `StoreError`.
  /// - Complexity: O(stored + incoming); what differs little is changed row by row.
  package static func opening(_ path: String, _ mode: LoadMode, _ dataset: Dataset) throws
    -> (store: RatingStore, change: StoreChange)
  {
    try opening(path, mode, dataset, fewestRewritten: 200_000)
  }

  /// The same; fewer ratings than `fewestRewritten` are always changed row by row where there is a database.
  package static func opening(
    _ path: String, _ mode: LoadMode, _ dataset: Dataset, fewestRewritten: Int
  ) throws -> (store: RatingStore, change: StoreChange) {
    if let change = try load(dataset, to: path) { return (try RatingStore(path: path), change) }
    guard mode == .replacing else {
      let store = try RatingStore(path: path)
      return (store, try store.add(dataset))
    }
    let fingerprint = ImportedFingerprint.of(dataset)
    if dataset.ratings.count + dataset.validation.count >= fewestRewritten, isWritable(dataset),
      let change = try rewrite(path, with: dataset, fingerprint: fingerprint)
    {
      return (try RatingStore(path: path), change)
    }
    let store = try RatingStore(path: path)
    return (store, try store.replaceImported(with: dataset, fingerprint: fingerprint))
  }

  /// Whether SQLite would take all ratings.
  private static func isWritable(_ dataset: Dataset) -> Bool {
    [dataset.ratings, dataset.validation].allSatisfy { $0.values.allSatisfy(\.isFinite) }
  }

  /// Makes a new database; nil where there is one, or where SQLite should say what is wrong with the data.
  private static func load(_ dataset: Dataset, to path: String) throws -> StoreChange? {
    guard !FileManager.default.fileExists(atPath: path), isWritable(dataset) else { return nil }
    let aside = placeAside(of: path)
    defer { unlink(aside) }
    let change = try StoreError.translating(path) {
      try create(aside)
      return try write(dataset, fingerprint: ImportedFingerprint.of(dataset), to: aside)
    }
    // What a removed database left behind must not become the log of this one.
    for ending in ["-wal", "-shm", "-journal"] { unlink(path + ending) }
    // Fails where another process was first.
    guard link(aside, path) == 0 else {
      if errno == EEXIST { return nil }
      throw StoreError.notWritable(path: path)
    }
    synchronizeFolder(of: path)
    return change
  }

  /// The name of a database in the making.
  static func placeAside(of path: String) -> String {
    removeLeftovers(of: path)
    return "\(path).new-\(getpid())"
  }

  /// An empty database.
  static func create(_ path: String) throws {
    PrivateFile.make(path)
    let queue = try unobservedQueue(path)
    try queue.writeWithoutTransaction { try Schema.migrate($0, path: path, to: Schema.steps.count) }
    try queue.close()
  }

  private static func unobservedQueue(_ path: String) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    configuration.prepareDatabase { db in
      // Nobody sees the file before it is whole and on the disk.
      try db.execute(sql: "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 4096")
    }
    return try DatabaseQueue(path: path, configuration: configuration)
  }

  /// Brings `dataset` into a database that `create` made, in which there may be anything but ratings.
  ///
  /// - Returns: what changed, where all ratings are new.
  static func write(
    _ dataset: Dataset, fingerprint: String, submitted: SubmittedRatings = SubmittedRatings(), to path: String
  ) throws -> StoreChange {
    PrivateFile.make(path)
    let queue = try unobservedQueue(path)
    let (change, keys, roots) = try queue.writeWithoutTransaction { db in
      var work = DatasetImport(dataset, mode: .replace, in: db)
      var keys: (userKeys: [Int32], movieKeys: [Int32]) = ([], [])
      try db.inTransaction {
        keys = try work.runWithoutRatings(besides: submitted)
        try ImportedFingerprint.store(fingerprint, in: db)
        return .commit
      }
      work.change.ratings.added = dataset.ratings.count + dataset.validation.count
      let roots = try RatingPart.allCases.map { part in
        try UInt32.fetchOne(db, sql: "SELECT rootpage FROM sqlite_schema WHERE name = ?", arguments: [part.table])
      }
      return (work.change, keys, roots)
    }
    try queue.close()
    var file = try DatabaseFile(path: path)
    for (part, ratings) in zip(RatingPart.allCases, [dataset.ratings, dataset.validation]) {
      guard let root = roots[part.rawValue] else { throw StoreError.damaged(path: path) }
      let keyed = KeyedRatings(ratings, userKeys: keys.userKeys, movieKeys: keys.movieKeys)
      let pages = RatingPages(keyed, submitted: part == .training ? submitted : SubmittedRatings(), in: part)
      try pages.write(root: root, to: &file)
    }
    try file.finish()
    return change
  }

  /// Removes what processes left that were killed while they made this database.
  private static func removeLeftovers(of path: String) {
    let place = URL(fileURLWithPath: path)
    let prefix = place.lastPathComponent + ".new-"
    let folder = place.deletingLastPathComponent()
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [] where name.hasPrefix(prefix) {
      guard let process = pid_t(name.dropFirst(prefix.count)), process == getpid() || kill(process, 0) != 0 else {
        continue
      }
      unlink(folder.appendingPathComponent(name).path)
    }
  }

  /// Brings the new name to the disk.
  static func synchronizeFolder(of path: String) {
    let descriptor = open(URL(fileURLWithPath: path).deletingLastPathComponent().path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }
}
