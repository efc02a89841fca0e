import GRDB
import Ratings
import Store
import TestSupport
import Testing

@Suite("Opening databases")
struct OpeningTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path("ratings.db")
  }

  private func run(_ sql: String, at path: String) throws {
    let queue = try DatabaseQueue(path: path)
    try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
    try queue.close()
  }

  private func value<Value: DatabaseValueConvertible>(_ sql: String) throws -> Value? {
    try DatabaseQueue(path: path).read { try Value.fetchOne($0, sql: sql) }
  }

  @Test func `A new database has its mark, its version and a write-ahead log`() throws {
    let store = try RatingStore(path: path)
    #expect(RatingStore.isDatabase(path))
    #expect(try value("PRAGMA user_version") == 5)
    #expect(try value("PRAGMA journal_mode") == "wal")
    withExtendedLifetime(store) {}
  }

  @Test func `A database of the first version gets the tables of the second and keeps its data`() throws {
    do { _ = try RatingStore(path: path, schemaVersion: 1) }
    try run(
      """
      INSERT INTO users (id, source_id, imported) VALUES (1, 7, 1);
      INSERT INTO movies (id, source_id, title, year, imported) VALUES (1, 9, 'Alien', 1979, 1);
      INSERT INTO ratings (user, movie, stars, time) VALUES (1, 1, 4.5, 12);
      """, at: path)
    #expect(try value("PRAGMA user_version") == 1)
    #expect(try value("SELECT count(*) FROM sqlite_schema WHERE name = 'builds'") == 0)

    let store = try RatingStore(path: path)
    let dataset = try store.dataset()
    #expect(dataset.movies == [Movie(id: .number(9), title: "Alien", year: 1979)])
    #expect(dataset.users.map(\.id) == [.number(7)] && dataset.ratings.values == [4.5])
    let build = Build(
      started: 10, finished: 20, version: "1.0", quality: "quick", outcome: .failed, userCount: 1, movieCount: 2,
      ratingCount: 3, fingerprint: "abc", message: "it's late\n")
    try store.recordBuild(build)
    var second = build
    second.outcome = .succeeded
    try store.recordBuild(second)
    #expect(try store.builds() == [second, build])
  }

  @Test func `A database of a newer version is refused, with both versions`() throws {
    _ = try RatingStore(path: path)
    try run("PRAGMA user_version = 7", at: path)
    #expect(throws: StoreError.newerSchema(path: path, found: 7, known: 5)) { try RatingStore(path: path) }
    let line = "\(StoreError.newerSchema(path: "a.db", found: 7, known: 5))"
    #expect(line == "a.db: has schema version 7, this Marquee knows versions up to 5; update Marquee")
    #expect(try value("PRAGMA user_version") == 7)
  }

  @Test func `The database of another program is refused and stays as it is`() throws {
    try run("CREATE TABLE recipes (name TEXT)", at: path)
    let before = try bytes(path)
    #expect(!RatingStore.isDatabase(path))
    #expect(throws: StoreError.foreign(path: path)) { try RatingStore(path: path) }
    #expect(try bytes(path) == before)
  }

  @Test func `A file that is no database is refused`() throws {
    let text = "userId,movieId,rating\n" + String(repeating: "1,2,3.5\n", count: 500)
    try folder.write(text, to: "ratings.db")
    #expect(!RatingStore.isDatabase(path))
    #expect(throws: StoreError.notADatabase(path: path)) { try RatingStore(path: path) }
    #expect(try bytes(path) == Array(text.utf8))
  }

  @Test func `Folders and missing folders are named`() throws {
    #expect(throws: StoreError.isFolder(path: folder.path)) { try RatingStore(path: folder.path) }
    let nowhere = folder.path("no/such/ratings.db")
    #expect(throws: StoreError.notWritable(path: nowhere)) { try RatingStore(path: nowhere) }
    #expect(!RatingStore.isDatabase(folder.path))
    #expect(!RatingStore.isDatabase(nowhere))
  }

  @Test func `A damaged database is named`() throws {
    do { try RatingStore(path: path).replaceImported(with: .regular(users: 50, movies: 50, ratings: 2000)) }
    var damaged = try bytes(path)
    for index in 4096..<damaged.count { damaged[index] = UInt8(truncatingIfNeeded: index &* 31) }
    try folder.write(damaged, to: "ratings.db")
    #expect(throws: StoreError.damaged(path: path)) { try RatingStore(path: path).dataset() }
  }

  @Test func `A database that another process is writing is waited for, and then named`() throws {
    let store = try RatingStore(path: path, busyTimeout: 0.1)
    let other = try DatabaseQueue(path: path)
    try other.writeWithoutTransaction { db in
      try db.execute(sql: "BEGIN IMMEDIATE")
      let clock = ContinuousClock()
      let time = clock.measure {
        #expect(throws: StoreError.locked(path: path)) { try store.replaceImported(with: .random(seed: 1)) }
      }
      #expect(time >= .milliseconds(80))
      // Readers do not wait.
      #expect(try store.dataset() == Dataset())
      try db.execute(sql: "COMMIT")
    }
    try store.replaceImported(with: .random(seed: 1))
    #expect(try store.dataset() == .random(seed: 1))
  }

  @Test func `A full disk is named and nothing is changed`() throws {
    let first = Dataset.random(seed: 1)
    do { try RatingStore(path: path).replaceImported(with: first) }
    let store = try RatingStore(path: path, schemaVersion: 2) { db in
      if !db.configuration.readonly { try db.execute(sql: "PRAGMA max_page_count = 60") }
    }
    let large = Dataset.regular(users: 500, movies: 100, ratings: 40_000)
    #expect(throws: StoreError.diskFull(path: path)) { try store.replaceImported(with: large) }
    #expect(try store.dataset() == first)
  }

  private func bytes(_ path: String) throws -> [UInt8] { try fileBytes(path) }
}
