import Ratings
import Testing

struct SplitTests {
  /// A sound data set whose users' ids begin at `first`.
  static func dataset(users: Int = 40, movies: Int = 30, first: Int = 1, leaveOut: Set<Int64> = []) -> Dataset {
    var random = CounterRandom(seed: 21)
    let userList = (first..<first + users).map { User(id: .number(Int64($0))) }
    let movieList = (0..<movies).map { Movie(id: .text("m\($0 + 100)"), title: "Movie \($0)") }
    var table = RatingTable()
    for user in userList.indices {
      for movie in movieList.indices where random.uniform() < 0.4 {
        if case .number(let id) = userList[user].id, leaveOut.contains(id) { continue }
        table.append(user: Int32(user), movie: Int32(movie), value: Float(1 + random.index(below: 5)), time: 5)
      }
    }
    return Dataset(users: userList, movies: movieList, ratings: table)
  }

  private func pairs(_ table: RatingTable) -> [Int] {
    (0..<table.count).map { Int(table.users[$0]) << 20 | Int(table.movies[$0]) }
  }

  private func isDivision(_ split: Split, of ratings: RatingTable) -> Bool {
    pairs(split.training.merging(split.test)).sorted() == pairs(ratings)
  }

  @Test("A holdout is disjoint, covers all and has the size asked for", arguments: [0, 0.1, 0.25, 0.5, 1])
  func holdout(fraction: Double) {
    let dataset = Self.dataset()
    let split = dataset.holdout(fraction: fraction, seed: 1)
    #expect(isDivision(split, of: dataset.ratings))
    #expect(split.test.count == Int((Double(dataset.ratings.count) * fraction).rounded()))
  }

  @Test("Folds are disjoint, cover all and are of one size", arguments: [2, 3, 5, 10])
  func folds(count: Int) {
    let dataset = Self.dataset()
    let folds = dataset.folds(count, seed: 7)
    #expect(folds.count == count)
    for fold in folds { #expect(isDivision(fold, of: dataset.ratings)) }
    #expect(folds.flatMap { pairs($0.test) }.sorted() == pairs(dataset.ratings))
    let sizes = folds.map(\.test.count)
    #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
  }

  @Test func `A holdout per user takes its share of each`() {
    let dataset = Self.dataset()
    let split = dataset.holdoutPerUser(fraction: 0.3, seed: 3)
    #expect(isDivision(split, of: dataset.ratings))
    for user in dataset.users.indices {
      let all = dataset.ratings.users.filter { $0 == Int32(user) }.count
      #expect(split.test.users.filter { $0 == Int32(user) }.count == Int(Double(all) * 0.3))
    }
  }

  @Test func `The seed decides, and nothing else`() {
    let dataset = Self.dataset()
    #expect(dataset.holdout(fraction: 0.2, seed: 1).test == dataset.holdout(fraction: 0.2, seed: 1).test)
    #expect(dataset.holdout(fraction: 0.2, seed: 1).test != dataset.holdout(fraction: 0.2, seed: 2).test)
    #expect(dataset.folds(5, seed: 1)[0].test != dataset.folds(5, seed: 2)[0].test)
  }

  @Test func `Ratings keep their side when indices move and most do when ratings are added`() {
    let dataset = Self.dataset()
    // The same ratings with more users in front: every dense index is another one.
    var moved = dataset
    moved.users = (-10...0).map { User(id: .number($0)) } + dataset.users
    moved.ratings = RatingTable(
      users: dataset.ratings.users.map { $0 + 11 }, movies: dataset.ratings.movies, values: dataset.ratings.values,
      times: dataset.ratings.times)
    let test = dataset.holdout(fraction: 0.2, seed: 4).test
    #expect(moved.holdout(fraction: 0.2, seed: 4).test.users.map { $0 - 11 } == test.users)

    let rows = (0..<dataset.ratings.count).filter { $0 % 20 != 0 }
    var fewer = dataset
    fewer.ratings = dataset.ratings.selecting(rows)
    let before = Set(pairs(fewer.holdout(fraction: 0.2, seed: 4).test))
    let kept = before.intersection(pairs(test)).count
    #expect(Double(kept) > 0.85 * Double(before.count))
  }

  @Test func `A test part is drawn from all users and movies alike`() {
    let dataset = Self.dataset(users: 200, movies: 100)
    let test = dataset.holdout(fraction: 0.5, seed: 9).test
    for (whole, part) in [(dataset.ratings.users, test.users), (dataset.ratings.movies, test.movies)] {
      // Half of the ratings of the first half of the ids, within five standard deviations.
      let middle = (whole.max() ?? 0) / 2
      let count = Double(whole.filter { $0 <= middle }.count)
      let drawn = Double(part.filter { $0 <= middle }.count)
      #expect(abs(drawn - count / 2) < 5 * (count / 4).squareRoot())
    }
  }
}
