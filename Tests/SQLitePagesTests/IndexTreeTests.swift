import GRDB
import SQLitePages
import TestSupport
import Testing

@Suite("Pages of SQLite's format")
struct IndexTreeTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private struct Entry: Equatable {
    var key: Int64
    var other: Int64
    var stars: Float

    /// Of every size that the format tells apart; `key` rises.
    static func made(_ count: Int, step: Int64) -> [Entry] {
      let others: [Int64] = [
        0, 1, 2, 127, 128, 32_767, 32_768, 8_388_607, 8_388_608, 2_147_483_648, 140_737_488_355_327,
      ]
      let stars: [Float] = [0, 1, 0.5, 4.5, 5, 127, 128, -1, 3.3, -0.25]
      return (0..<count).map {
        Entry(key: Int64($0) * step, other: others[$0 % others.count], stars: stars[$0 % stars.count])
      }
    }
  }

  /// An empty database with one table, and the page of the table's root.
  private func database(_ name: String, _ pragmas: String = "") throws -> (path: String, root: UInt32) {
    let path = folder.path(name)
    let queue = try DatabaseQueue(path: path)
    defer { try? queue.close() }
    let root = try queue.writeWithoutTransaction { db in
      try db.execute(sql: pragmas)
      try db.execute(
        sql: "CREATE TABLE entries (key INTEGER PRIMARY KEY, other INTEGER, stars REAL) WITHOUT ROWID")
      return try UInt32.fetchOne(db, sql: "SELECT rootpage FROM sqlite_schema WHERE name = 'entries'")
    }
    return (path, try #require(root))
  }

  private func write(_ entries: [Entry], to path: String, root: UInt32) throws {
    var file = try DatabaseFile(path: path)
    var tree = IndexTree()
    var record = IndexRecord()
    for entry in entries {
      record.begin(columns: 3)
      record.put(entry.key)
      record.put(entry.other)
      record.put(entry.stars)
      record.end()
      try tree.append(record, to: &file)
    }
    try tree.finish(root: root, in: &file)
    try file.finish()
  }

  private func expectRead(_ entries: [Entry], from path: String) throws {
    let queue = try DatabaseQueue(path: path)
    defer { try? queue.close() }
    try queue.read { db in
      #expect(try String.fetchAll(db, sql: "PRAGMA quick_check") == ["ok"], "\(entries.count) entries")
      let rows = try Row.fetchAll(db, sql: "SELECT key, other, stars FROM entries ORDER BY key")
      let read = rows.map { Entry(key: $0[0], other: $0[1], stars: Float($0[2] as Double)) }
      #expect(read == entries, "\(entries.count) entries")
      // By the tree, and not along it.
      for entry in entries.enumerated() where entry.offset % 97 == 0 {
        let other = try Int64.fetchOne(
          db, sql: "SELECT other FROM entries WHERE key = ?", arguments: [entry.element.key])
        #expect(other == entry.element.other)
      }
    }
  }

  @Test(arguments: [1, 1 << 20 as Int64])
  func `a tree of any number of entries is whole, and every entry is found`(step: Int64) throws {
    // A leaf holds some 200 to 400, an inner page some 150 to 300: around one, two and three levels.
    let counts = Array(0...3) + Array(stride(from: 150, through: 480, by: 3)) + [1_000, 30_000, 70_001, 120_000]
    for count in counts {
      let entries = Entry.made(count, step: step)
      let (path, root) = try database("\(step)-\(count).db")
      try write(entries, to: path, root: root)
      try expectRead(entries, from: path)
    }
  }

  @Test func `SQLite goes on with the file as with its own`() throws {
    let entries = Entry.made(2_000, step: 2)
    let (path, root) = try database("on.db")
    try write(entries, to: path, root: root)
    let queue = try DatabaseQueue(path: path)
    try queue.write { db in
      try db.execute(sql: "DELETE FROM entries WHERE key % 3 = 0")
      for key in stride(from: 1, to: 4_000, by: 4) {
        try db.execute(sql: "INSERT INTO entries VALUES (?, 7, 2.5)", arguments: [key])
      }
    }
    try queue.close()
    let kept = entries.filter { $0.key % 3 != 0 }
    let new = stride(from: 1, to: 4_000, by: 4).map { Entry(key: Int64($0), other: 7, stars: 2.5) }
    try expectRead((kept + new).sorted { $0.key < $1.key }, from: path)
  }

  @Test(arguments: [
    "PRAGMA page_size = 8192", "PRAGMA auto_vacuum = FULL", "PRAGMA auto_vacuum = INCREMENTAL",
    "PRAGMA journal_mode = WAL",
  ])
  func `a database in which pages would have to be written otherwise is refused as it is`(pragma: String) throws {
    let (path, root) = try database("other.db", pragma)
    #expect(throws: PageFailure.otherFormat) { try write(Entry.made(3, step: 1), to: path, root: root) }
    try expectRead([], from: path)
  }

  @Test func `what is no database is refused`() throws {
    let text = folder.path("notes.txt")
    for content in ["", "SQLite format 3\0", String(repeating: "a line of notes\n", count: 20)] {
      _ = try folder.write(content, to: "notes.txt")
      #expect(throws: PageFailure.otherFormat) { _ = try DatabaseFile(path: text) }
    }
    #expect(throws: PageFailure.system(code: 2)) { _ = try DatabaseFile(path: folder.path("missing.db")) }
  }
}
