import Ratings
import Store
import TestSupport
import Testing

@Suite("Accounts, sessions and submitted ratings")
struct AccountTests {
  let folder: TemporaryFolder
  let store: RatingStore

  init() throws {
    folder = try TemporaryFolder()
    store = try RatingStore(path: folder.path("ratings.db"), durability: .full)
    try store.replaceImported(
      with: Dataset(
        users: (1...2).map { User(id: .number($0)) },
        movies: (1...3).map { Movie(id: .number($0), title: ["Heat", "100% Wolf", "The Heat"][Int($0) - 1]) },
        ratings: RatingTable(users: [0, 1], movies: [0, 1], values: [3, 4], times: [100, 100])))
  }

  private func anna() throws -> Account { try store.addAccount(NewAccount(name: "anna", password: "hash"), now: 1000) }

  private func submission(
    _ account: Account, _ ratings: [(SourceID, Float?)], time: UInt32 = 2000, key: (String, String)? = nil
  ) -> Submission {
    Submission(
      account: account.id, user: account.user, ratings: ratings.map { (movie: $0.0, stars: $0.1) }, time: time,
      repetition: key.map { (key: $0.0, digest: $0.1) })
  }

  @Test func `An account's ratings are part of the data, and an import leaves them`() throws {
    let anna = try anna()
    let outcomes = try store.submit([submission(anna, [(.number(1), 5), (.number(3), 2)])])
    #expect(outcomes == [.stored(saved: 2, removed: 0, isRepetition: false)])
    let dataset = try store.dataset()
    #expect(dataset.users.map(\.id) == [.number(1), .number(2), .text("anna")])
    #expect(dataset.ratings.count == 4)
    #expect(try store.ratings(ofUser: anna.user).map(\.stars) == [5, 2])
    try store.replaceImported(
      with: Dataset(users: [User(id: .number(9))], movies: [Movie(id: .number(1), title: "Heat")]))
    #expect(try store.ratings(ofUser: anna.user).count == 2)
    #expect(try store.faults() == [])
  }

  @Test func `A submission with an unknown movie stores nothing, and the others of its batch are stored`() throws {
    let anna = try anna()
    let outcomes = try store.submit([
      submission(anna, [(.number(1), 5), (.number(99), 5), (.text("1"), 5)]), submission(anna, [(.number(2), 4)]),
    ])
    #expect(
      outcomes == [.unknownMovies([.number(99), .text("1")]), .stored(saved: 1, removed: 0, isRepetition: false)])
    #expect(try store.ratings(ofUser: anna.user).map(\.movie) == [.number(2)])
    #expect(try store.submissionCounts().submitted == 1)
  }

  @Test func `A repeated request is answered from memory, and its key cannot be used for another`() throws {
    let anna = try anna()
    let first = submission(anna, [(.number(1), 5)], key: ("k", "a"))
    #expect(try store.submit([first]) == [.stored(saved: 1, removed: 0, isRepetition: false)])
    _ = try store.submit([submission(anna, [(.number(1), nil)])])
    #expect(try store.submit([first]) == [.stored(saved: 1, removed: 0, isRepetition: true)])
    #expect(try store.ratings(ofUser: anna.user).isEmpty)
    #expect(try store.submit([submission(anna, [(.number(2), 5)], key: ("k", "b"))]) == [.keyReused])
    try store.forgetAnsweredRequests(before: 3000)
    #expect(try store.submit([first]) == [.stored(saved: 1, removed: 0, isRepetition: false)])
  }

  @Test func `A removed account leaves nothing behind, and its sessions end`() throws {
    let anna = try anna()
    try store.addSession(digest: [1], account: anna.id, kind: .browser, now: 1, expires: 100)
    #expect(try store.session(digest: [1], now: 99)?.account == anna)
    #expect(try store.session(digest: [1], now: 100) == nil)
    _ = try store.submit([submission(anna, [(.number(1), 5)])])
    #expect(try store.removeAccount(anna.id) == 1)
    #expect(try store.session(digest: [1], now: 2) == nil)
    #expect(try store.account(named: "anna") == nil)
    #expect(try store.dataset().users.count == 2)
    #expect(try store.submit([submission(anna, [(.number(1), 5)])]) == [.noAccount])
    #expect(try store.removeAccount(anna.id) == nil)
    #expect(try store.faults() == [])
  }

  @Test func `A name is taken by an account and by an imported user`() throws {
    _ = try anna()
    #expect(throws: AccountRefusal.nameTaken) { try self.anna() }
    try store.add(Dataset(users: [User(id: .text("bert"))], movies: [Movie(id: .number(1), title: "Heat")]))
    #expect(throws: AccountRefusal.nameTaken) {
      try store.addAccount(NewAccount(name: "bert", password: "h"), now: 1)
    }
    let bert = try store.addAccount(NewAccount(name: "bert", password: "h", importedUser: .text("bert")), now: 1)
    #expect(bert.userID == .text("bert"))
    #expect(throws: AccountRefusal.userTaken) {
      try store.addAccount(NewAccount(name: "carl", password: "h", importedUser: .text("bert")), now: 1)
    }
    let one = try store.addAccount(NewAccount(name: "one", password: "h", importedUser: .number(1)), now: 1)
    #expect(try store.account(named: "one") == one)
    #expect(try store.ratings(ofUser: one.user).map(\.isSubmitted) == [false])
    try store.removeAccount(one.id)
    #expect(try store.dataset().users.contains { $0.id == .number(1) })
  }

  @Test func `An invitation opens the door once`() throws {
    try store.addInvitation(digest: [7], now: 1, expires: 100)
    _ = try store.addAccount(NewAccount(name: "anna", password: "h"), invitation: [7], now: 2)
    #expect(throws: AccountRefusal.invitationUnknown) {
      try store.addAccount(NewAccount(name: "bert", password: "h"), invitation: [7], now: 3)
    }
    #expect(try store.accounts().map(\.name) == ["anna"])
  }

  @Test func `The oldest session of an account ends when there are too many`() throws {
    let anna = try anna()
    for number in 0..<5 as Range<UInt8> {
      try store.addSession(
        digest: [number], account: anna.id, kind: .token, now: Int(number), expires: 1000, limit: 3)
    }
    let alive = try (0..<5 as Range<UInt8>).filter { try store.session(digest: [$0], now: 10) != nil }
    #expect(alive == [2, 3, 4])
    try store.setPassword("other", ofAccount: anna.id, keeping: [4])
    #expect(try store.session(digest: [3], now: 10) == nil)
    #expect(try store.session(digest: [4], now: 10)?.account.password == "other")
  }

  @Test func `A search finds words anywhere and takes no sign for a wildcard`() throws {
    #expect(try store.movies(matching: "heat", limit: 5).map(\.title) == ["Heat", "The Heat"])
    #expect(try store.movies(matching: "heat the", limit: 5).map(\.title) == ["The Heat"])
    #expect(try store.movies(matching: "%", limit: 5).map(\.title) == ["100% Wolf"])
    #expect(try store.movies(matching: "_", limit: 5).isEmpty)
    #expect(try store.movies(matching: " ", limit: 5).isEmpty)
    #expect(try store.movies(matching: "'; DROP TABLE movies; --", limit: 5).isEmpty)
  }

  @Test func `A copy is whole while the original changes, and comes back`() throws {
    let anna = try anna()
    _ = try store.submit([submission(anna, [(.number(1), 5)])])
    let copy = folder.path("copy.db")
    try store.backUp(to: copy)
    _ = try store.submit([submission(anna, [(.number(2), 1)])])
    let place = folder.path("other.db")
    try RatingStore.restore(copy, to: place)
    let restored = try RatingStore(path: place)
    #expect(try restored.ratings(ofUser: anna.user).map(\.movie) == [.number(1)])
    #expect(try restored.faults() == [])
    #expect(throws: StoreError.notADatabase(path: folder.path("none"))) {
      try RatingStore.restore(folder.path("none"), to: place)
    }
  }
}
