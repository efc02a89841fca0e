import Dispatch
import GRDB
import Ratings
import Store
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

@Suite("A process that is killed", .serialized)
struct CrashTests {
  /// 100,000 ratings, so that a change takes long enough to be hit.
  static func state(_ shift: Int) -> Dataset { .regular(users: 400, movies: 300, ratings: 100_000, shift: shift) }

  @Test(arguments: [2, 10, 25, 50, 80, 120, 170, 240])
  func `A kill in the middle of a change leaves the old state or the new one`(milliseconds: Int) async throws {
    let folder = try TemporaryFolder()
    let path = folder.path("ratings.db")
    do { try RatingStore(path: path).replaceImported(with: Self.state(0)) }

    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String, milliseconds = milliseconds as Int] in
      // A small cache makes SQLite write to the log long before the commit.
      let store = try RatingStore(path: path, schemaVersion: 2) { try $0.execute(sql: "PRAGMA cache_size = 20") }
      let next = CrashTests.state(1)
      DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(milliseconds)) { kill(getpid(), SIGKILL) }
      while true {
        try store.replaceImported(with: next)
        try store.replaceImported(with: CrashTests.state(0))
      }
    }
    let stored = try RatingStore(path: path).dataset()
    #expect(stored == Self.state(0) || stored == Self.state(1))
  }

  @Test func `A kill right before the commit leaves the old state`() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path("ratings.db")
    do { try RatingStore(path: path).replaceImported(with: Self.state(0)) }

    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      let store = try RatingStore(path: path, schemaVersion: 2) { db in
        try db.execute(sql: "PRAGMA cache_size = 20")
        // The fingerprint is the last that a change writes.
        db.trace { event in
          if "\(event)".contains("INSERT INTO settings") { kill(getpid(), SIGKILL) }
        }
      }
      try store.replaceImported(with: CrashTests.state(1))
    }
    // Pages of the change that never was stand in the log.
    #expect(try fileBytes(path + "-wal").count > 500_000)
    let store = try RatingStore(path: path)
    #expect(try store.dataset() == Self.state(0))
    try store.replaceImported(with: Self.state(1))
    #expect(try store.dataset() == Self.state(1))
  }
}
