import GRDB
import Ratings
import Store
import TestSupport
import Testing

@Suite("What members submitted")
struct MemberTests {
  let folder: TemporaryFolder
  let store: RatingStore

  init() throws {
    folder = try TemporaryFolder()
    store = try RatingStore(path: folder.path("ratings.db"))
  }

  /// Users 1...2, movies 1...3, everybody gave everything 3 stars at 100.
  private let imported = Dataset(
    users: (1...2).map { User(id: .number($0), age: 40) },
    movies: (1...3).map { Movie(id: .number($0), title: "Movie \($0)", genres: ["Drama"]) },
    ratings: RatingTable(
      users: [0, 0, 0, 1, 1, 1], movies: [0, 1, 2, 0, 1, 2], values: [3, 3, 3, 3, 3, 3],
      times: [100, 100, 100, 100, 100, 100]))

  private func submit(user: Int, movie: Int, stars: Double, time: Int) throws {
    let queue = try DatabaseQueue(path: store.path)
    try queue.write { db in
      try db.execute(
        sql: "INSERT INTO users (source_id, member) VALUES (?, 1) ON CONFLICT (source_id) DO UPDATE SET member = 1",
        arguments: [user])
      try db.execute(
        sql: """
          INSERT INTO ratings (user, movie, origin, stars, time)
          SELECT users.id, movies.id, 1, ?, ? FROM users, movies WHERE users.source_id = ? AND movies.source_id = ?
          """, arguments: [stars, time, user, movie])
    }
    try queue.close()
  }

  private func stars(user: Int64, movie: Int64) throws -> Float? {
    let dataset = try store.dataset()
    guard let user = dataset.userIndex(of: .number(user)), let movie = dataset.movieIndex(of: .number(movie)) else {
      return nil
    }
    return (0..<dataset.ratings.count).first {
      dataset.ratings.users[$0] == user && dataset.ratings.movies[$0] == movie
    }.map { dataset.ratings.values[$0] }
  }

  @Test(arguments: [(99, 3), (100, 5), (101, 5)] as [(Int, Float)])
  func `A submitted rating wins unless the imported one is later`(time: Int, expected: Float) throws {
    try store.replaceImported(with: imported)
    try submit(user: 1, movie: 2, stars: 5, time: time)
    #expect(try stars(user: 1, movie: 2) == expected)
    #expect(try store.dataset().ratings.count == 6)
  }

  @Test func `Importing again keeps members, their ratings and the movies these are about`() throws {
    try store.replaceImported(with: imported)
    try submit(user: 7, movie: 3, stars: 4, time: 200)
    try submit(user: 2, movie: 3, stars: 1, time: 200)
    let next = Dataset(
      users: [User(id: .number(5))], movies: [Movie(id: .number(1), title: "Movie 1")],
      ratings: RatingTable(users: [0], movies: [0], values: [2], times: [1]))
    try store.replaceImported(with: next)
    let stored = try store.dataset()
    #expect(stored.users == [User(id: .number(2)), User(id: .number(5)), User(id: .number(7))])
    #expect(stored.movies.map(\.title) == ["Movie 1", "Movie 3"])
    #expect(
      stored.ratings
        == RatingTable(users: [0, 1, 2], movies: [1, 0, 1], values: [1, 2, 4], times: [200, 1, 200]))

    try store.replaceImported(with: imported)
    #expect(try stars(user: 7, movie: 3) == 4)
    #expect(try stars(user: 2, movie: 3) == 1)
    #expect(try store.dataset().users.count == 3)
  }

  @Test func `What is set aside for validation gives way to what a member says`() throws {
    var data = imported
    data.validation = data.ratings.selecting([4])
    data.ratings = data.ratings.selecting([0, 1, 2, 3, 5])
    try store.replaceImported(with: data)
    try submit(user: 2, movie: 2, stars: 5, time: 300)
    let stored = try store.dataset()
    #expect(stored.validation.isEmpty)
    #expect(stored.ratings.count == 6)
    #expect(try stars(user: 2, movie: 2) == 5)
  }
}
