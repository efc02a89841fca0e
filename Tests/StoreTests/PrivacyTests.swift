import Foundation
import GRDB
import Ratings
import Store
import TestSupport
import Testing

@Suite("Privacy, restoring and what belongs to a member")
struct PrivacyTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path("ratings.db")
    try RatingStore(path: path).replaceImported(
      with: Dataset(
        users: [User(id: .number(1), age: 30), User(id: .text("Dora"))],
        movies: (1...3).map { Movie(id: .number($0), title: "Film \($0)") },
        ratings: RatingTable(users: [0, 1], movies: [0, 1], values: [3, 4], times: [100, 100]),
        tags: [Tag(user: 0, movie: 1, text: "slow", time: 5)]))
  }

  private func store() throws -> RatingStore { try RatingStore(path: path, durability: .full) }

  private func add(_ name: String, to store: RatingStore, user: SourceID? = nil, isListed: Bool = true) throws
    -> Account
  {
    try store.addAccount(
      NewAccount(name: name, password: "hash", isListed: isListed, importedUser: user), now: 1000)
  }

  private func bytes(_ name: String) -> Data { FileManager.default.contents(atPath: folder.path(name)) ?? Data() }

  @Test func `A removed member is hidden until a build that began afterwards is published, and then forgotten`() throws
  {
    let store = try store()
    let anna = try add("annabella", to: store)
    _ = try store.submit([
      Submission(account: anna.id, user: anna.user, ratings: [(movie: .number(1), stars: 5)], time: 2000)
    ])
    let before = try store.privacy().changed
    try store.recordPublished(privacy: before)
    #expect(try store.privacy() == Privacy(changed: before, built: before))
    try store.removeAccount(anna.id)
    var now = try store.privacy()
    #expect(now.isPending && now.hasPendingRemovals && now.removed == [.text("annabella")])
    // A build that began before does not know.
    try store.recordPublished(privacy: before)
    now = try store.privacy()
    #expect(now.isPending && now.removed == [.text("annabella")])
    try store.recordPublished(privacy: now.changed)
    #expect(try store.privacy() == Privacy(changed: now.changed, built: now.changed))
    for name in ["ratings.db", "ratings.db-wal"] {
      #expect(bytes(name).range(of: Data("annabella".utf8)) == nil, "\(name)")
    }
  }

  @Test func `Who was unlisted stays hidden where the data still have them`() throws {
    let store = try store()
    let account = try add("owner-of-one", to: store, user: .number(1), isListed: false)
    #expect(try store.privacy().unlisted == [.number(1)])
    try store.removeAccount(account.id)
    try store.recordPublished(privacy: try store.privacy().changed)
    let privacy = try store.privacy()
    #expect(privacy.removed == [.number(1)] && !privacy.isPending && !privacy.hasPendingRemovals)
  }

  @Test func `A change of who is listed counts once, and what changes nothing does not`() throws {
    let store = try store()
    let anna = try add("anna", to: store)
    let before = try store.privacy().changed
    try store.setListed(true, ofAccount: anna.id)
    #expect(try store.privacy().changed == before)
    try store.setListed(false, ofAccount: anna.id)
    #expect(try store.privacy().changed == before + 1)
  }

  @Test func `A name that is a user's but for case is taken`() throws {
    let store = try store()
    #expect(throws: AccountRefusal.nameTaken) { try add("dora", to: store) }
    #expect(try add("dora2", to: store).userID == .text("dora2"))
  }

  @Test func `What a member takes along is every row that refers to them, as the schema tells, without secrets`() throws
  {
    let store = try store()
    let account = try add("one", to: store, user: .number(1))
    try store.addSession(digest: [9, 9], account: account.id, kind: .token, now: 1, expires: 100)
    _ = try store.submit([
      Submission(
        account: account.id, user: account.user, ratings: [(movie: .number(3), stars: 5)], time: 2000,
        repetition: (key: "k", digest: "d"))
    ])
    let exported = try store.export(ofAccount: account.id)
    // The tables that refer to users or accounts, asked of SQLite itself.
    let queue = try DatabaseQueue(path: path)
    let tables = try queue.read { db in
      try String.fetchAll(
        db,
        sql: """
          SELECT DISTINCT m.name FROM sqlite_schema AS m, pragma_foreign_key_list(m.name) AS k
          WHERE m.type = 'table' AND k."table" IN ('users', 'accounts')
          """)
    }
    #expect(Set(exported.map(\.table)) == Set(tables + ["users", "accounts"]))
    #expect(tables.contains("tags") && tables.contains("sessions"))
    let counts = Dictionary(uniqueKeysWithValues: exported.map { ($0.table, $0.rows.count) })
    #expect(counts["ratings"] == 2 && counts["tags"] == 1 && counts["sessions"] == 1 && counts["users"] == 1)
    #expect(!"\(exported)".contains("hash") && !"\(exported)".contains("digest\", value: Store.ExportedRow.Value.blob"))
    let tag = try #require(exported.first { $0.table == "tags" }?.rows.first)
    #expect(tag.columns.contains { $0.name == "movie" && $0.value == .integer(2) })
    #expect(tag.columns.contains { $0.name == "text" && $0.value == .text("slow") })
  }

  @Test func `Databases and copies are for their owner alone`() throws {
    let store = try store()
    try store.backUp(to: folder.path("copy.db"))
    for name in ["ratings.db", "ratings.db-wal", "copy.db"] {
      let mode = try FileManager.default.attributesOfItem(atPath: folder.path(name))[.posixPermissions] as? Int
      #expect(mode == 0o600, "\(name)")
    }
    // What an earlier version left open to others is closed.
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: folder.path("copy.db"))
    _ = try RatingStore(path: folder.path("copy.db"))
    let mode = try FileManager.default.attributesOfItem(atPath: folder.path("copy.db"))[.posixPermissions] as? Int
    #expect(mode == 0o600)
  }

  @Test func `A time from a clock that was wrong gives way to the next`() throws {
    let store = try store()
    let anna = try add("anna", to: store)
    func rate(_ stars: Float, at time: UInt32) throws -> UInt32? {
      _ = try store.submit([
        Submission(account: anna.id, user: anna.user, ratings: [(movie: .number(1), stars: stars)], time: time)
      ])
      return try store.ratings(ofUser: anna.user).first?.time
    }
    #expect(try rate(5, at: 4_290_000_000) == 4_290_000_000)
    #expect(try rate(4, at: 1_700_000_000) == 1_700_000_000)
    // What arrives a little late does not go back.
    #expect(try rate(3, at: 1_699_999_990) == 1_700_000_000)
  }
}

@Suite("Restoring")
struct RestoreTests {
  let folder: TemporaryFolder
  let path: String
  let copy: String

  /// A database with anna and bert, and a copy of it.
  init() throws {
    folder = try TemporaryFolder()
    path = folder.path("site.db")
    copy = folder.path("copy.db")
    let store = try RatingStore(path: path)
    for (number, name) in ["anna", "bert"].enumerated() {
      let account = try store.addAccount(NewAccount(name: name, password: "h"), now: 1000)
      try store.addSession(digest: [UInt8(number)], account: account.id, kind: .token, now: 1, expires: 9_999_999_999)
    }
    try store.addInvitation(digest: [7], now: 1, expires: 9_999_999_999)
    try store.backUp(to: copy)
  }

  private func names() throws -> [String] { try RatingStore(path: path).accounts().map(\.name) }

  @Test(arguments: [0, 100, 3000])
  func `A copy comes back over a database that lost its header or its end`(length: Int) throws {
    let whole = try folder.read("site.db")
    try folder.write([UInt8](repeating: 0, count: 100) + whole.dropFirst(100).prefix(length), to: "site.db")
    let done = try RatingStore.restore(copy, to: path)
    #expect(done.former == path + ".before-restore" && done.removalsAreUnknown)
    #expect(try names() == ["anna", "bert"])
    #expect(try folder.read("site.db.before-restore").count == 100 + min(length, whole.count - 100))
    // Every one of before stays.
    #expect(try RatingStore.restore(copy, to: path).former == path + ".before-restore-2")
  }

  @Test func `Nobody is logged in or invited afterwards, and who was removed since stays removed`() throws {
    do {
      let store = try RatingStore(path: path)
      try store.removeAccount(try #require(try store.account(named: "anna")).id)
    }
    let done = try RatingStore.restore(copy, to: path)
    #expect(done.removedAgain == 1 && !done.removalsAreUnknown)
    let restored = try RatingStore(path: path)
    #expect(try restored.accounts().map(\.name) == ["bert"])
    #expect(try restored.session(digest: [1], now: 2) == nil)
    #expect(throws: AccountRefusal.invitationUnknown) {
      try restored.addAccount(NewAccount(name: "carl", password: "h"), invitation: [7], now: 2)
    }
    #expect(try restored.privacy().isPending)
    #expect(try restored.faults() == [])
  }

  @Test func `A copy that cannot be used changes nothing`() throws {
    let before = try folder.read("site.db")
    func change(_ sql: String, _ name: String) throws -> String {
      let other = folder.path(name)
      try FileManager.default.copyItem(atPath: copy, toPath: other)
      let queue = try DatabaseQueue(path: other)
      try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA foreign_keys = OFF; " + sql) }
      try queue.close()
      return other
    }
    for (number, sql) in [
      "PRAGMA user_version = 99", "DROP TABLE sessions", "DROP TABLE answered_requests",
      "ALTER TABLE accounts DROP COLUMN created",
      "UPDATE accounts SET user = 4711 WHERE id = 1",
    ].enumerated() {
      let other = try change(sql, "bad-\(number).db")
      #expect(throws: StoreError.self, "\(sql)") { try RatingStore.restore(other, to: path) }
    }
    #expect(throws: StoreError.sameFile(path: path)) { try RatingStore.restore(path, to: path) }
    try FileManager.default.createSymbolicLink(atPath: folder.path("link.db"), withDestinationPath: path)
    #expect(throws: StoreError.sameFile(path: folder.path("link.db"))) {
      try RatingStore.restore(folder.path("link.db"), to: path)
    }
    // A log that was there before the copy was laid beside it by hand.
    try folder.write([UInt8](repeating: 1, count: 5000), to: "copy.db-wal")
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 1000)], ofItemAtPath: folder.path("copy.db-wal"))
    #expect(throws: StoreError.foreignLog(path: copy + "-wal")) { try RatingStore.restore(copy, to: path) }
    #expect(try folder.read("site.db") == before)
    #expect(!FileManager.default.fileExists(atPath: path + ".part"))
    #expect(!FileManager.default.fileExists(atPath: path + ".before-restore"))
  }
}
