import GRDB
import Ratings
import Store
import TestSupport
import Testing

@Suite("Databases of which most is replaced")
struct RewritingTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path("ratings.db")
  }

  /// Everything in the database but the keys of rows, which are nobody's business.
  private func contents(_ path: String) throws -> [String] {
    try DatabaseQueue(path: path).read { db in
      var lines = try String.fetchAll(db, sql: "PRAGMA integrity_check")
      lines += try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").map(\.description)
      let queries = [
        "SELECT typeof(source_id), source_id, age, gender, occupation, imported, member FROM users ORDER BY 1, 2",
        "SELECT typeof(source_id), source_id, title, year, imdb, tmdb, imported FROM movies ORDER BY 1, 2",
        """
        SELECT movies.source_id, position, name FROM movie_genres JOIN genres ON genres.id = genre
        JOIN movies ON movies.id = movie ORDER BY typeof(source_id), 1, 2
        """,
        """
        SELECT source_id, position, name FROM movie_directors JOIN movies ON movies.id = movie
        ORDER BY typeof(source_id), 1, 2
        """,
        "SELECT name FROM genres ORDER BY name",
        """
        SELECT users.source_id, movies.source_id, origin, stars, time FROM ratings JOIN users ON users.id = user
        JOIN movies ON movies.id = movie ORDER BY typeof(users.source_id), 1, typeof(movies.source_id), 2, 3
        """,
        """
        SELECT users.source_id, movies.source_id, stars, time FROM validation_ratings JOIN users ON users.id = user
        JOIN movies ON movies.id = movie ORDER BY typeof(users.source_id), 1, typeof(movies.source_id), 2
        """,
        """
        SELECT movies.source_id, users.source_id, text, time FROM tags JOIN movies ON movies.id = movie
        LEFT JOIN users ON users.id = user ORDER BY typeof(movies.source_id), 1, typeof(users.source_id), 2, 3, 4
        """,
        "SELECT name, password, role, listed, created, source_id FROM accounts JOIN users ON users.id = user ORDER BY name",
        "SELECT hex(digest), kind, created, expires FROM sessions ORDER BY 1",
        "SELECT account, key, digest, saved, removed, time FROM answered_requests ORDER BY 1, 2",
        "SELECT submitted, built, trained, trained_time FROM submission_counts",
        "SELECT started, version, outcome, message FROM builds ORDER BY id",
        "SELECT name, value FROM settings ORDER BY name",
      ]
      for query in queries { lines += try Row.fetchAll(db, sql: query).map(\.description) }
      return lines
    }
  }

  /// Two members, one of them an imported user, who rated some movies of `dataset`.
  private func addMembers(to store: RatingStore, _ dataset: Dataset) throws {
    let imported = dataset.users[2].id
    for (number, user) in [nil, imported].enumerated() {
      let account = try store.addAccount(
        NewAccount(name: "member-\(number)", password: "x", importedUser: user), now: 10)
      try store.addSession(digest: [UInt8(number), 7], account: account.id, kind: .token, now: 11, expires: 99)
      let ratings = dataset.movies.enumerated().filter { $0.offset % 3 == number }.map {
        (movie: $0.element.id, stars: Float?(2.5))
      }
      _ = try store.submit([
        Submission(account: account.id, user: account.user, ratings: ratings, time: 12)
      ])
    }
    try store.recordBuild(
      Build(
        started: 1, finished: 2, version: "1", quality: "quick", outcome: .succeeded, userCount: 1, movieCount: 1,
        ratingCount: 1, fingerprint: "f", message: "m"))
  }

  @Test(.slow, arguments: 1...12)
  func `Made anew or changed row by row, the database holds the same`(seed: UInt64) throws {
    let before = Dataset.random(seed: seed)
    let after = Dataset.random(seed: seed + 100, users: 5 + Int(seed), movies: 18, ratings: 80)
    let other = folder.path("rows.db")
    var changes: [StoreChange] = []
    for (place, fewest) in [(path, 0), (other, Int.max)] {
      do {
        let (store, _) = try RatingStore.opening(place, .replacing, before)
        if seed % 3 > 0 { try addMembers(to: store, before) }
      }
      let old = try fileNumber(place)
      let (store, change) = try RatingStore.opening(place, .replacing, after, fewestRewritten: fewest)
      #expect(try (fileNumber(place) != old) == (fewest == 0))
      if seed % 3 == 0 { #expect(try store.dataset() == after) }
      changes.append(change)
    }
    #expect(changes[0] == changes[1])
    let (anew, byRow) = (try contents(path), try contents(other))
    #expect(anew == byRow)
    #expect(anew.first == "ok" && anew[1].hasPrefix("["), "\(anew.prefix(3))")

    // And back again.
    let (store, _) = try RatingStore.opening(path, .replacing, before, fewestRewritten: 0)
    let (rows, _) = try RatingStore.opening(other, .replacing, before, fewestRewritten: .max)
    #expect(try store.dataset() == rows.dataset())
    #expect(try fileNames(folder.path).allSatisfy { !$0.contains(".new-") })
  }

  @Test func `A database that somebody has open keeps its file, and what they write`() throws {
    let before = Dataset.regular(users: 20, movies: 30, ratings: 400)
    let after = Dataset.regular(users: 25, movies: 30, ratings: 500, shift: 3)
    let (server, _) = try RatingStore.opening(path, .replacing, before)
    let old = try fileNumber(path)
    let (build, _) = try RatingStore.opening(path, .replacing, after, fewestRewritten: 0)
    #expect(try fileNumber(path) == old)
    let account = try server.addAccount(NewAccount(name: "someone", password: "x"), now: 1)
    #expect(try build.account(named: "someone")?.id == account.id)
    #expect(try build.replaceImported(with: after).isUnchanged)
  }

  @Test func `A small change leaves the file in its place`() throws {
    let before = Dataset.regular(users: 20, movies: 30, ratings: 400)
    do { _ = try RatingStore.opening(path, .replacing, before) }
    let old = try fileNumber(path)
    var after = before
    after.ratings = RatingTable()
    for row in 5..<before.ratings.count {
      after.ratings.append(
        user: before.ratings.users[row], movie: before.ratings.movies[row], value: before.ratings.values[row],
        time: before.ratings.times[row])
    }
    let (store, change) = try RatingStore.opening(path, .replacing, after, fewestRewritten: 0)
    #expect(change.ratings == .init(removed: 5, unchanged: 395))
    #expect(try fileNumber(path) == old)
    #expect(try store.dataset() == after)
  }
}
