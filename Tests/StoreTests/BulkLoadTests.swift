import GRDB
import Ratings
import Store
import TestSupport
import Testing

@Suite("New databases")
struct BulkLoadTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// `count` ratings of 40 movies a user, with values and times of every size that the file format tells apart.
  private func dataset(_ count: Int, validation: Int = 0) -> Dataset {
    let times: [UInt32] = [0, 1, 127, 128, 32_767, 32_768, 8_388_607, 8_388_608, 2_147_483_647, 2_147_483_648, .max]
    let stars: [Float] = [0, 1, 0.5, 4.5, 5, 127, 128, -1, 3.3, -0.25]
    func table(_ rows: Range<Int>) -> RatingTable {
      var table = RatingTable()
      for row in rows {
        table.append(
          user: Int32(row / 40), movie: Int32(row % 40), value: stars[row % stars.count],
          time: times[row % times.count])
      }
      return table
    }
    let users = (count + validation + 39) / 40
    return Dataset(
      users: (0..<users).map { User(id: .number(Int64($0))) },
      movies: (0..<40).map { Movie(id: .text("m\($0 + 10)"), title: "Film \($0)", genres: ["Drama"]) },
      ratings: table(0..<count), validation: table(count..<count + validation),
      tags: [Tag(user: 0, movie: 3, text: "slow", time: 7)])
  }

  private func complaints(_ path: String) throws -> [String] {
    try DatabaseQueue(path: path).read { db in
      try String.fetchAll(db, sql: "PRAGMA integrity_check")
        + Row.fetchAll(db, sql: "PRAGMA foreign_key_check").map(\.description)
    }
  }

  @Test(.slow) func `Whatever the number of ratings, SQLite finds the tree in order and reads what was written`() throws
  {
    // A leaf holds some 200 records and an inner page some 180 children: around one, two and three levels.
    let counts = Array(1...3) + Array(150...260) + [399, 400, 401, 1_000] + [30_000, 60_011]
    for (number, count) in counts.enumerated() {
      let path = folder.path("\(number).db")
      let data = dataset(count, validation: count / 3)
      let (store, change) = try RatingStore.opening(path, .replacing, data)
      #expect(change.ratings == .init(added: count + count / 3))
      #expect(try store.dataset() == data, "\(count) ratings")
      #expect(try complaints(path) == ["ok"], "\(count) ratings")
    }
  }

  @Test func `It is the database that row after row would have made`() throws {
    let data = dataset(5_000, validation: 500)
    let (bulk, _) = try RatingStore.opening(folder.path("bulk.db"), .adding, data)
    let rows = try RatingStore(path: folder.path("rows.db"))
    try rows.replaceImported(with: data)
    #expect(try bulk.dataset() == rows.dataset())
    #expect(try bulk.replaceImported(with: data).isUnchanged)
    #expect(try bulk.isImportedOnly())

    // And it can be changed like any other.
    let smaller = dataset(4_990, validation: 400)
    let (again, change) = try RatingStore.opening(folder.path("bulk.db"), .replacing, smaller)
    #expect(!change.isUnchanged)
    #expect(try again.dataset() == smaller)
    #expect(try complaints(folder.path("bulk.db")) == ["ok"])
  }

  @Test func `What a removed database and a killed process left does no harm`() throws {
    let path = folder.path("ratings.db")
    for name in ["ratings.db-wal", "ratings.db-journal", "ratings.db.new-999999999"] {
      try folder.write(String(repeating: "left over ", count: 1_000), to: name)
    }
    let data = dataset(700)
    let (store, _) = try RatingStore.opening(path, .adding, data)
    #expect(try store.dataset() == data)
    #expect(try complaints(path) == ["ok"])
    #expect(try fileNames(folder.path).allSatisfy { !$0.contains(".new-") })
  }

  @Test func `Stars that are no number are refused as ever, and no database stays half made`() throws {
    var data = dataset(10)
    data.ratings.append(user: 0, movie: 39, value: .nan, time: 0)
    #expect(throws: StoreError.self) { try RatingStore.opening(folder.path("ratings.db"), .replacing, data) }
    #expect(try fileNames(folder.path).allSatisfy { !$0.contains(".new-") })
  }
}
