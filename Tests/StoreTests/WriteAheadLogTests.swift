import Foundation
import GRDB
import Ratings
import Store
import TestSupport
import Testing

/// Databases that were copied by hand, with or without the log that stood beside them.
@Suite("A log beside a database")
struct WriteAheadLogTests {
  private let folder: TemporaryFolder
  private let store: RatingStore

  init() throws {
    folder = try TemporaryFolder()
    store = try RatingStore(path: folder.path("site.db"))
    try store.replaceImported(
      with: Dataset(
        users: (1...40).map { User(id: .number($0)) },
        movies: (1...200).map { Movie(id: .number($0), title: "Film \($0) \(String(repeating: "x", count: 60))") },
        ratings: RatingTable(
          users: (0..<4000).map { Int32($0 / 100) }, movies: (0..<4000).map { Int32($0 % 100) },
          values: [Float](repeating: 4, count: 4000), times: [UInt32](repeating: 1, count: 4000)), scale: .halfStars))
  }

  private func addAccounts(_ range: ClosedRange<Int>) throws {
    for number in range { _ = try store.addAccount(NewAccount(name: "member\(number)", password: "h"), now: 1) }
  }

  private func copy(_ name: String, to other: String, age seconds: Double) throws {
    try FileManager.default.copyItem(atPath: folder.path(name), toPath: folder.path(other))
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: -seconds)], ofItemAtPath: folder.path(other))
  }

  @Test(arguments: [(60.0, 30.0), (30, 60)])
  func `of both files of one moment all is there, whichever is younger`(ages: (Double, Double)) throws {
    try addAccounts(1...300)
    try store.forgetLog()
    try addAccounts(301...320)
    // Written into the database in part, as a program does that is killed meanwhile.
    if ages.0 < ages.1 {
      let other = try DatabaseQueue(path: folder.path("site.db"))
      _ = try other.writeWithoutTransaction { try Row.fetchOne($0, sql: "PRAGMA wal_checkpoint(PASSIVE)") }
      try other.close()
    }
    try copy("site.db", to: "other.db", age: ages.0)
    try copy("site.db-wal", to: "other.db-wal", age: ages.1)
    let other = try RatingStore(path: folder.path("other.db"))
    #expect(try other.accounts().count == 320 && other.faults().isEmpty)
  }

  @Test func `of another database is told, and both stay as they are`() throws {
    try addAccounts(1...20)
    try RatingStore(path: folder.path("site.db")).backUp(to: folder.path("copy.db"))
    try store.forgetLog()
    for number in 1...20 {
      let account = try #require(try store.account(named: "member\(number)"))
      try store.removeAccount(account.id)
    }
    try addAccounts(400...700)
    try copy("copy.db", to: "other.db", age: 0)
    try copy("site.db-wal", to: "other.db-wal", age: 60)
    let before = try (folder.read("other.db"), folder.read("other.db-wal"))
    let path = folder.path("other.db")
    for _ in 0..<2 {
      #expect(throws: StoreError.foreignLog(path: path + "-wal")) { try RatingStore(path: path) }
      #expect(throws: StoreError.foreignLog(path: path + "-wal")) { try RatingStore.privacy(at: path) }
    }
    #expect(try folder.read("other.db") == before.0 && folder.read("other.db-wal") == before.1)
    // What the message says to do.
    try FileManager.default.moveItem(atPath: path + "-wal", toPath: path + "-wal.away")
    #expect(try RatingStore(path: path).accounts().count == 20)
  }

  @Test func `of another database is told where the copy kept its date`() throws {
    try addAccounts(1...20)
    try store.backUp(to: folder.path("copy.db"))
    try addAccounts(21...600)
    try store.forgetLog()
    try addAccounts(601...640)
    try copy("copy.db", to: "other.db", age: 3600)
    try copy("site.db-wal", to: "other.db-wal", age: 60)
    let path = folder.path("other.db")
    #expect(throws: StoreError.foreignLog(path: path + "-wal")) { try RatingStore(path: path) }
  }

  @Test func `that is no log is nobody's trouble`() throws {
    try addAccounts(1...20)
    try store.backUp(to: folder.path("copy.db"))
    for (number, bytes) in [[], [1, 2, 3], [UInt8](repeating: 7, count: 9000)].enumerated() {
      try copy("copy.db", to: "\(number).db", age: 0)
      try folder.write(bytes, to: "\(number).db-wal")
      #expect(try RatingStore(path: folder.path("\(number).db")).accounts().count == 20)
    }
  }
}
