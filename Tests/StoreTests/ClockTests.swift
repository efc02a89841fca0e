import GRDB
import Ratings
import Store
import TestSupport
import Testing

/// Clocks that are wrong for a while, ahead or behind, as those of small machines are before they hear of the time.
@Suite("A clock that is wrong")
struct ClockTests {
  private let folder: TemporaryFolder
  private let store: RatingStore
  /// 2026-11, 2106-01 and 1970-01.
  private let now = 1_795_000_000
  private let ahead = 4_291_747_200
  private let behind = 30
  private let month = 30 * 86_400

  init() throws {
    folder = try TemporaryFolder()
    store = try RatingStore(path: folder.path("site.db"))
    try store.replaceImported(
      with: Dataset(
        users: [User(id: .number(1))], movies: (1...3).map { Movie(id: .number($0), title: "Film \($0)") },
        ratings: RatingTable(users: [0], movies: [0], values: [4], times: [20]), scale: .halfStars))
  }

  private func log(in name: String, _ digest: UInt8, at time: Int) throws -> Account {
    let account = try store.account(named: name) ?? store.addAccount(NewAccount(name: name, password: "h"), now: time)
    try store.addSession(digest: [digest], account: account.id, kind: .browser, now: time, expires: time + month)
    return account
  }

  @Test func `ahead ends no session of before, and what began then lasts as long as promised`() throws {
    let anna = try log(in: "anna", 1, at: now)
    let bert = try log(in: "bert", 2, at: ahead)
    #expect(try store.session(digest: [1], now: now + 10)?.account.name == "anna")
    #expect(try store.repairTimes(now: now + 10) > 0)
    #expect(try store.session(digest: [2], now: now + month)?.account.name == "bert")
    #expect(try store.session(digest: [2], now: now + month + 20) == nil)
    #expect(try store.session(digest: [1], now: now + month - 1)?.account.id == anna.id)
    #expect(try store.session(digest: [1], now: now + month) == nil)
    #expect(try store.account(named: "bert")?.created == now + 10 && bert.created == ahead)
    #expect(try store.repairTimes(now: now + 11) == 0)
  }

  @Test func `behind begins sessions that last as long as promised once it is right`() throws {
    _ = try log(in: "anna", 1, at: behind)
    #expect(try store.session(digest: [1], now: behind + 10) != nil)
    // As long as it is wrong there is nothing to go by.
    #expect(try store.repairTimes(now: behind + 20) == 0)
    try store.repairTimes(now: now)
    #expect(try store.session(digest: [1], now: now + month - 1) != nil)
    #expect(try store.session(digest: [1], now: now + month) == nil)
  }

  @Test func `dates no rating for ever, and leaves alone what the data say`() throws {
    let anna = try log(in: "anna", 1, at: now)
    for (movie, time) in [(1, ahead), (2, behind), (3, now)] {
      let rated: [(movie: SourceID, stars: Float?)] = [(.number(Int64(movie)), 4)]
      _ = try store.submit([Submission(account: anna.id, user: anna.user, ratings: rated, time: UInt32(time))])
    }
    try store.repairTimes(now: now + 100)
    let times = try store.ratings(ofUser: anna.user).map { (Int($0.time)) }.sorted()
    #expect(times == [now, now + 100, now + 100])
    let imported = try #require(try store.userKey(of: .number(1)))
    #expect(try store.ratings(ofUser: imported).map(\.time) == [20])
  }

  @Test func `keeps what ended lately from piling up`() throws {
    _ = try log(in: "anna", 1, at: now)
    _ = try log(in: "anna", 2, at: now + month + 10)
    let queue = try DatabaseQueue(path: folder.path("site.db"))
    #expect(try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM sessions") } == 1)
  }
}
