import Ratings
import Store
import TestSupport
import Testing

@Suite("Adding data sets")
struct AddTests {
  let folder: TemporaryFolder
  let store: RatingStore

  init() throws {
    folder = try TemporaryFolder()
    store = try RatingStore(path: folder.path("ratings.db"))
  }

  /// Ratings given as (user, movie, stars, time).
  private func dataset(_ rows: [(Int64, Int64, Float, UInt32)], validation: [(Int64, Int64, Float, UInt32)] = [])
    -> Dataset
  {
    let all = rows + validation
    let users = Set(all.map(\.0)).sorted()
    let movies = Set(all.map(\.1)).sorted()
    var result = Dataset(
      users: users.map { User(id: .number($0)) }, movies: movies.map { Movie(id: .number($0), title: "\($0)") })
    func table(_ rows: [(Int64, Int64, Float, UInt32)]) -> RatingTable {
      var table = RatingTable()
      for row in rows.sorted(by: { ($0.0, $0.1) < ($1.0, $1.1) }) {
        table.append(
          user: Int32(users.firstIndex(of: row.0) ?? -1), movie: Int32(movies.firstIndex(of: row.1) ?? -1),
          value: row.2,
          time: row.3)
      }
      return table
    }
    result.ratings = table(rows)
    result.validation = table(validation)
    return result
  }

  @Test func `New users, movies and ratings come in between the old ones`() throws {
    try store.add(dataset([(2, 20, 3, 5), (9, 40, 4, 5)]))
    let change = try store.add(dataset([(1, 30, 5, 5), (2, 10, 1, 5)]))
    #expect(change.users == .init(added: 1, unchanged: 1))
    #expect(change.movies == .init(added: 2))
    #expect(change.ratings == .init(added: 2))
    #expect(try store.dataset() == dataset([(1, 30, 5, 5), (2, 10, 1, 5), (2, 20, 3, 5), (9, 40, 4, 5)]))
  }

  @Test func `Of two ratings of a pair the later stays`() throws {
    try store.add(dataset([(1, 1, 3, 50), (1, 2, 3, 50), (1, 3, 3, 50), (1, 4, 3, 50)]))
    let change = try store.add(dataset([(1, 1, 4, 51), (1, 2, 4, 49), (1, 3, 4, 50), (1, 4, 3, 50)]))
    #expect(change.ratings == .init(replaced: 2, unchanged: 2))
    #expect(try store.dataset().ratings.values == [4, 3, 4, 3])
  }

  @Test func `A pair is either a rating or set aside, as the later of the two says`() throws {
    try store.add(dataset([(1, 1, 3, 50), (1, 2, 3, 50)], validation: [(1, 3, 2, 50), (1, 4, 2, 50)]))
    try store.add(dataset([(1, 3, 5, 60), (1, 4, 5, 40)], validation: [(1, 1, 5, 60), (1, 2, 5, 40)]))
    let stored = try store.dataset()
    #expect(stored.ratings.movies == [1, 2])
    #expect(stored.ratings.values == [3, 5])
    #expect(stored.validation.movies == [0, 3])
    #expect(stored.validation.values == [5, 2])
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func `The same data twice change nothing`(seed: UInt64) throws {
    let first = Dataset.random(seed: seed)
    let second = Dataset.random(seed: seed + 50)
    try store.add(first)
    #expect(try store.dataset() == first)
    try store.add(second)
    let both = try store.dataset()
    #expect(try store.add(second).isUnchanged)
    #expect(try store.dataset() == both)
    #expect(both.ratings.count + both.validation.count >= first.ratings.count + first.validation.count)
    #expect(both.tags == both.tags.inOrder)
    #expect(both.users == both.users.sorted { $0.id < $1.id })
  }

  @Test func `Facts fill gaps and overwrite nothing`() throws {
    try store.add(
      Dataset(
        users: [User(id: .number(1), age: 30)],
        movies: [Movie(id: .number(1), title: "Heat", year: 1995), Movie(id: .number(2), title: "2")]))
    try store.add(
      Dataset(
        users: [User(id: .number(1), age: 31, gender: "F")],
        movies: [
          Movie(id: .number(1), title: "1", year: 1996, genres: ["Crime"]), Movie(id: .number(2), title: "Alien"),
        ]))
    let stored = try store.dataset()
    #expect(stored.users == [User(id: .number(1), age: 30, gender: "F")])
    #expect(
      stored.movies == [
        Movie(id: .number(1), title: "Heat", year: 1995, genres: ["Crime"]), Movie(id: .number(2), title: "Alien"),
      ])
  }

  @Test func `Replacing after adding removes what was added`() throws {
    let first = Dataset.random(seed: 7)
    try store.replaceImported(with: first)
    try store.add(.random(seed: 8))
    #expect(try store.dataset() != first)
    #expect(try !store.replaceImported(with: first).isUnchanged)
    #expect(try store.dataset() == first)
  }

  @Test func `The scale grows where it must`() throws {
    var first = dataset([(1, 1, 3, 0)])
    first.scale = .wholeStars
    var second = dataset([(2, 1, 0.5, 0)])
    second.scale = .halfStars
    #expect(try !store.add(first).scaleChanged)
    #expect(try store.add(second).scaleChanged)
    #expect(try store.dataset().scale == .halfStars)
  }
}
