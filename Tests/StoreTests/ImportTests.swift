import Ratings
import Store
import TestSupport
import Testing

@Suite("Importing data sets")
struct ImportTests {
  let folder: TemporaryFolder
  let store: RatingStore

  init() throws {
    folder = try TemporaryFolder()
    store = try RatingStore(path: folder.path("ratings.db"))
  }

  @Test func `A new database is empty`() throws {
    #expect(try store.dataset() == Dataset())
    #expect(try store.builds() == [])
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func `What goes in comes out`(seed: UInt64) throws {
    let dataset = Dataset.random(seed: seed)
    let change = try store.replaceImported(with: dataset)
    #expect(change.users == .init(added: dataset.users.count))
    #expect(change.movies == .init(added: dataset.movies.count))
    #expect(change.ratings == .init(added: dataset.ratings.count + dataset.validation.count))
    let stored = try store.dataset()
    #expect(stored == dataset)
    // Swift's strings are equal where Unicode says so; the bytes must be too.
    #expect(stored.fingerprint == dataset.fingerprint)
    #expect(try RatingStore(path: store.path).dataset() == dataset)
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func `Replacing one data set by another leaves nothing of the first`(seed: UInt64) throws {
    try store.replaceImported(with: .random(seed: seed))
    let next = Dataset.random(seed: seed + 100)
    let change = try store.replaceImported(with: next)
    #expect(!change.isUnchanged)
    #expect(try store.dataset() == next)
  }

  @Test func `The same data a second time change nothing`() throws {
    let dataset = Dataset.random(seed: 1)
    try store.replaceImported(with: dataset)
    let change = try store.replaceImported(with: dataset)
    #expect(change.isUnchanged)
    #expect(change.description == "nothing new")
    #expect(change.ratings.unchanged == dataset.ratings.count + dataset.validation.count)
  }

  @Test func `A director who was called a genre is put right`() throws {
    var dataset = Dataset(movies: [Movie(id: .number(1), title: "Heat", genres: ["Mann"])])
    try store.replaceImported(with: dataset)
    dataset.movies = [Movie(id: .number(1), title: "Heat", directors: ["Mann"])]
    #expect(try store.replaceImported(with: dataset).movies == .init(replaced: 1))
    #expect(try store.dataset() == dataset)
  }

  @Test func `Only what differs is counted and written`() throws {
    var dataset = Dataset.regular(users: 20, movies: 30, ratings: 400)
    try store.replaceImported(with: dataset)
    let old = dataset.ratings
    var table = RatingTable()
    for row in 1..<old.count {
      let value = row == 5 ? 1.5 : old.values[row]
      table.append(user: old.users[row], movie: old.movies[row], value: value, time: old.times[row])
    }
    dataset.ratings = table
    let change = try store.replaceImported(with: dataset)
    #expect(old.values[5] != 1.5)
    #expect(change.ratings == .init(replaced: 1, removed: 1, unchanged: old.count - 2))
    #expect(change.users == .init(unchanged: 20))
    #expect(try store.dataset() == dataset)
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity])
  func `A rating that is no number is refused and nothing is changed`(value: Float) throws {
    let good = Dataset.random(seed: 3)
    try store.replaceImported(with: good)
    var bad = good
    bad.ratings = RatingTable(users: [0], movies: [0], values: [value], times: [0])
    #expect {
      try store.replaceImported(with: bad)
    } throws: { error in
      guard case .refused(store.path, _) = error as? StoreError else { return false }
      return "\(error)".contains("nothing was changed")
    }
    #expect(try store.dataset() == good)
  }
}
