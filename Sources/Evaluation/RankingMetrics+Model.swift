import LinearAlgebra
public import Models
import Ratings

/// The lists of a model for the users of a test case, and their relevant movies.
public struct TestLists: Sendable {
  /// The user of each list, as numbered by the test case.
  public let users: [Int32]
  /// For each user (or each candidate list) the movies, best first.
  public let scored: [[ScoredMovie]]
  /// For each of `lists` the test movies.
  public let relevant: [Set<Int32>]
  /// Seconds to make the lists.
  let seconds: Double

  /// The movies of `scored`.
  public var lists: [[Int32]] { scored.map { $0.map(\.movie) } }

  /// The top `k` movies for each user with a test movie: from the whole catalogue without the movies that
  /// the user is known to have rated, or, for each candidate list, from its movies. Among equal scores the movie with the lower
  /// index comes first.
  ///
  /// - Parameters:
  ///   - discovery: re-ranks the lists over the whole catalogue.
  ///   - mostUsers: of more users, a sample is drawn that depends only on the seed and their ids.
  public init(
    of model: any Recommender, discovery: ListDiscovery? = nil, on testCase: TestCase, k: Int, mostUsers: Int? = nil,
    context: FitContext
  ) {
    let clock = ContinuousClock()
    if let candidates = testCase.candidates {
      let start = clock.now
      scored = Self.lists(of: model, among: candidates, testCase: testCase, k: k, context: context)
      seconds = (clock.now - start) / .seconds(1)
      users = candidates.map(\.user)
      relevant = candidates.map { [$0.movie] }
    } else {
      var relevant = [Set<Int32>](repeating: [], count: testCase.userCount)
      for row in 0..<testCase.test.count where testCase.test.users[row] >= 0 && testCase.test.movies[row] >= 0 {
        relevant[Int(testCase.test.users[row])].insert(testCase.test.movies[row])
      }
      let tested = Self.sample(
        relevant.indices.filter { !relevant[$0].isEmpty }, most: mostUsers, of: testCase, seed: context.seed)
      let start = clock.now
      scored = Self.lists(
        of: model, discovery: discovery, users: tested, testCase: testCase, k: k, context: context)
      seconds = (clock.now - start) / .seconds(1)
      users = tested.map { Int32($0) }
      self.relevant = tested.map { relevant[$0] }
    }
  }

  private static func sample(_ users: [Int], most: Int?, of testCase: TestCase, seed: UInt64) -> [Int] {
    guard let most, users.count > most else { return users }
    let drawn = users.map { user in
      let number = user < testCase.training.userCount ? testCase.training.users[user].id.stableHash : UInt64(user)
      return (key: CounterRandom.mix(number ^ CounterRandom.mix(seed)), user: user)
    }
    return drawn.sorted { ($0.key, $0.user) < ($1.key, $1.user) }.prefix(most).map(\.user).sorted()
  }

  private static func lists(
    of model: some Recommender, discovery: ListDiscovery?, users: [Int], testCase: TestCase, k: Int,
    context: FitContext
  ) -> [[ScoredMovie]] {
    TopMovies(count: k, discovery: discovery).lists(by: model, userCount: users.count, threads: context.threads) {
      testCase.profile(ofUser: Int32(users[$0]), by: model)
    }
  }

  private static func lists(
    of model: some Recommender, among candidates: [CandidateList], testCase: TestCase, k: Int, context: FitContext
  ) -> [[ScoredMovie]] {
    let blockSize = 64
    return context.threads.map((candidates.count + blockSize - 1) / blockSize) { block in
      var profile = model.foldIn([])
      var profileUser: Int32 = -1
      return candidates[block * blockSize..<min(candidates.count, (block + 1) * blockSize)].map { list in
        if list.user != profileUser {
          profileUser = list.user
          profile = testCase.profile(ofUser: list.user, by: model)
        }
        let scored = ([list.movie] + list.others).map { movie in
          ScoredMovie(movie: movie, score: model.predict(profile, movie: movie < 0 ? nil : Int(movie)))
        }
        return scored.sorted { ($1.score, $0.movie) < ($0.score, $1.movie) }.prefix(k).map(\.self)
      }
    }.flatMap { $0 }
  }
}

extension RankingMetrics {
  /// Ranks the movies for every user with a test movie.
  public init(of model: any Recommender, on testCase: TestCase, k: Int, context: FitContext) {
    let lists = TestLists(of: model, on: testCase, k: k, context: context)
    self.init(lists: lists.lists, relevant: lists.relevant, k: k, movieCount: testCase.training.movieCount)
  }
}
