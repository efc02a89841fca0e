import Ratings
import Testing

struct RatingTableTests {
  /// A table with many ratings of the same pairs.
  static func random(_ count: Int, users: Int, movies: Int, seed: UInt64) -> RatingTable {
    var random = CounterRandom(seed: seed)
    var table = RatingTable()
    for _ in 0..<count {
      table.append(
        user: Int32(random.index(below: users)), movie: Int32(random.index(below: movies)),
        value: Float(random.index(below: 5) + 1), time: UInt32(random.index(below: 4)))
    }
    return table
  }

  @Test("The canonical order has each pair once, the latest and of these the last", arguments: 0..<20)
  func canonical(round: UInt64) {
    let table = Self.random(500, users: 12, movies: 9, seed: round)
    // A map that turns the order around and drops user 3 and movie 0.
    let users: [Int32] = (0..<12).map { user -> Int32 in user == 3 ? -1 : user > 3 ? 11 - user : 10 - user }
    let movies: [Int32] = (0..<9).map { $0 - 1 }
    let (sorted, replaced) = table.canonical(users: users, userCount: 11, movies: movies, movieCount: 8)

    var expected: [[Int32]: (value: Float, time: UInt32)] = [:]
    var kept = 0
    for row in 0..<table.count {
      let pair = [users[Int(table.users[row])], movies[Int(table.movies[row])]]
      if pair.contains(-1) { continue }
      kept += 1
      if let before = expected[pair], before.time > table.times[row] { continue }
      expected[pair] = (table.values[row], table.times[row])
    }
    let pairs = (0..<sorted.count).map { [sorted.users[$0], sorted.movies[$0]] }
    #expect(pairs == expected.keys.sorted { $0.lexicographicallyPrecedes($1) })
    for (row, pair) in pairs.enumerated() {
      #expect(expected[pair]?.value == sorted.values[row] && expected[pair]?.time == sorted.times[row])
    }
    #expect(replaced == [kept - expected.count])
  }

  @Test("Ratings removed from a table and merged again give the table", arguments: 0..<10)
  func division(round: UInt64) {
    let same = { (count: Int32) in (0..<count).map { $0 } }
    let all = Self.random(300, users: 25, movies: 30, seed: round).canonical(
      users: same(25), userCount: 25, movies: same(30), movieCount: 30
    ).table
    var random = CounterRandom(seed: round, stream: 9)
    let chosen = (0..<all.count).filter { _ in random.uniform() < 0.3 }
    let (some, others) = (all.selecting(chosen), all.selecting((0..<all.count).filter { !chosen.contains($0) }))
    #expect(some.count > 30 && others.count > 30)
    #expect(all.removing(some) == others && all.removing(others) == some)
    #expect(some.merging(others) == all && others.merging(some) == all)
    #expect(all.removing(RatingTable()) == all && all.removing(all).isEmpty)
    #expect(all.merging(RatingTable()) == all && RatingTable().merging(all) == all)
  }

  @Test func `more ratings than a block of users holds are put in order too`() {
    let count = 400_000
    let table = Self.random(count, users: 3_000, movies: 900, seed: 3)
    let same = { (count: Int32) in (0..<count).map { $0 } }
    let (sorted, replaced) = table.canonical(users: same(3_000), userCount: 3_000, movies: same(900), movieCount: 900)
    let keys = zip(sorted.users, sorted.movies).map { Int($0) * 900 + Int($1) }
    #expect(zip(keys, keys.dropFirst()).allSatisfy { $0 < $1 })
    #expect(keys == Set(zip(table.users, table.movies).map { Int($0) * 900 + Int($1) }).sorted())
    #expect(replaced == [count - keys.count] && replaced[0] > 1_000)
  }

  @Test func `Nothing in, nothing out`() {
    let (table, replaced) = RatingTable().canonical(users: [], userCount: 0, movies: [], movieCount: 0)
    #expect(table.isEmpty && replaced == [0])
    #expect(RatingTable().selecting([]).isEmpty)
  }

  @Test func `Replaced ratings are counted for their own part`() {
    var table = RatingTable()
    // Parts of two, two and one rows; the second part's first is the latest of its pair, the third's is the last of equals.
    for (user, movie, time) in [(0, 0, 5), (0, 1, 5), (0, 0, 9), (1, 1, 2), (1, 1, 2)] as [(Int32, Int32, UInt32)] {
      table.append(user: user, movie: movie, value: Float(time), time: time)
    }
    let same: [Int32] = [0, 1]
    let (_, replaced) = table.canonical(
      users: same, userCount: 2, movies: same, movieCount: 2, sources: [0, 2, 4])
    #expect(replaced == [1, 1, 0])
  }

  @Test func `Rows are selected and appended in order`() {
    let table = RatingTable(users: [0, 1, 2], movies: [5, 6, 7], values: [1, 2, 3], times: [9, 8, 7])
    #expect(table.selecting([2, 0]) == RatingTable(users: [2, 0], movies: [7, 5], values: [3, 1], times: [7, 9]))
    #expect(table.selecting([0]).merging(table.selecting([1, 2])) == table)
  }

  @Test func `rows in order are unchanged, and one out of order is moved`() {
    typealias Row = (user: Int32, movie: Int32, value: Float, time: UInt32)
    let rows = (0..<40).map { (number: Int) -> Row in
      (Int32(number / 4), Int32(number % 4 * 2), Float(number % 5), UInt32(number))
    }
    func table(_ rows: [(user: Int32, movie: Int32, value: Float, time: UInt32)]) -> RatingTable {
      RatingTable(
        users: rows.map(\.user), movies: rows.map(\.movie), values: rows.map(\.value), times: rows.map(\.time))
    }
    // The movies' indices move closer together, in the same order.
    let users = Array(0..<10 as Range<Int32>)
    let movies: [Int32] = [0, -1, 1, -1, 2, -1, 3]
    let expected = table(rows.map { ($0.user, $0.movie / 2, $0.value, $0.time) })
    for other in [0, 7, 39] {
      var moved = rows
      moved.swapAt(7, other)
      let (sorted, replaced) = table(moved).canonical(users: users, userCount: 10, movies: movies, movieCount: 4)
      #expect(sorted == expected && replaced == [0])
    }
    let (fewer, _) = table(rows).canonical(
      users: users, userCount: 10, movies: [0, -1, -1, -1, 1, -1, 2], movieCount: 3)
    #expect(fewer.count == 30)
  }
}
