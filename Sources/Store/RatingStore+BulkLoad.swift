import GRDB
public import Ratings

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
  /// How data meet a database.
  public enum Arrival: Sendable {
    /// As `replaceImported(with:)`.
    case replacing
    /// As `add(_:)`.
    case adding
  }

  /// Opens the database at `path` with `dataset` in it. A database that is not there yet is made beside its place,
  /// its ratings page by page, and then takes its place whole: after a kill or a power cut there is all of it or none.
  ///
  /// - Throws: `StoreError`.
  /// - Complexity: O(ratings) for a new database, otherwise that of `replaceImported(with:)` and `add(_:)`.
  public static func opening(_ path: String, _ arrival: Arrival, _ dataset: Dataset) throws
    -> (store: RatingStore, change: StoreChange)
  {
    if let change = try load(dataset, to: path) { return (try RatingStore(path: path), change) }
    let store = try RatingStore(path: path)
    switch arrival {
    case .replacing: return (store, try store.replaceImported(with: dataset))
    case .adding: return (store, try store.add(dataset))
    }
  }

  /// Makes a new database; nil where there is one, or where SQLite should say what is wrong with the data.
  private static func load(_ dataset: Dataset, to path: String) throws -> StoreChange? {
    guard !FileManager.default.fileExists(atPath: path),
      [dataset.ratings, dataset.validation].allSatisfy({ $0.values.allSatisfy(\.isFinite) })
    else { return nil }
    removeLeftovers(of: path)
    let aside = "\(path).new-\(getpid())"
    defer { unlink(aside) }
    let change = try StoreError.translating(path) { try write(dataset, to: aside) }
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

  private static func write(_ dataset: Dataset, to path: String) throws -> StoreChange {
    var configuration = Configuration()
    configuration.prepareDatabase { db in
      // Nobody sees the file before it is whole and on the disk.
      try db.execute(sql: "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 4096")
    }
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    let (change, keys, roots) = try queue.writeWithoutTransaction { db in
      try Schema.migrate(db, path: path, to: Schema.steps.count)
      var work = DatasetImport(dataset, mode: .replace, in: db)
      var keys: (userKeys: [Int32], movieKeys: [Int32]) = ([], [])
      try db.inTransaction {
        keys = try work.runWithoutRatings()
        try ImportedFingerprint.store(ImportedFingerprint.of(dataset), in: db)
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
      try RatingPages(keyed, in: part).write(root: root, to: &file)
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
  private static func synchronizeFolder(of path: String) {
    let descriptor = open(URL(fileURLWithPath: path).deletingLastPathComponent().path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }
}
