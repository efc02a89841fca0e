public import Ratings

/// One test movie among others that the user has not rated: at which rank does a model put it?
public struct CandidateList: Sendable, Equatable {
  /// A user of the test case; -1 for an unknown one.
  public let user: Int32
  /// The test movie.
  public let movie: Int32
  /// The movies that it competes with, each once and without itself.
  public let others: [Int32]

  /// A list from which the movie itself and repeats are removed.
  public init(user: Int32, movie: Int32, others: [Int32]) {
    self.user = user
    self.movie = movie
    var seen: Set<Int32> = [movie]
    self.others = others.filter { seen.insert($0).inserted }
  }
}

/// The candidates that lists are drawn from.
public enum CandidateSource: Sendable, Equatable {
  /// Every movie that the user has not rated: the unbiased measure.
  case catalogue
  /// The test movie and `negatives` random movies that the user has not rated, for comparison with older tables.
  case sampled(negatives: Int, seed: UInt64)
  /// The test movie and the movies that a file lists for it.
  case given(name: String)

  /// The description shown with every figure.
  public var description: String {
    switch self {
    case .catalogue: "lists over the full catalogue"
    case .sampled(let negatives, let seed):
      "lists SAMPLED: each test movie among \(negatives) random unrated ones, seed \(seed); not comparable with the full catalogue"
    case .given(let name): "lists among the candidates of \(name); not comparable with the full catalogue"
    }
  }
}

extension TestCase {
  /// The same test case, where each test movie competes with `negatives` random movies that others but not the user
  /// rated, drawn without replacement.
  ///
  /// - Complexity: O(test ratings x negatives).
  public func sampling(negatives: Int, seed: UInt64) -> TestCase {
    var isRated = [Bool](repeating: false, count: training.movieCount)
    for movie in 0..<training.movieCount where training.byMovie.count(ofRow: movie) > 0 { isRated[movie] = true }
    for newcomer in newcomers { for rating in newcomer { isRated[Int(rating.movie)] = true } }
    for movie in test.movies where movie >= 0 { isRated[Int(movie)] = true }
    let pool = isRated.indices.filter { isRated[$0] }.map { Int32($0) }

    var testedMovies: [Int32: Set<Int32>] = [:]
    for row in 0..<test.count { testedMovies[test.users[row], default: []].insert(test.movies[row]) }
    let lists = (0..<test.count).filter { test.users[$0] >= 0 && test.movies[$0] >= 0 }.map { row in
      let user = test.users[row]
      let seen = Set(knownRatings(ofUser: user).map(\.movie)).union(testedMovies[user] ?? [])
      var random = CounterRandom(seed: seed, stream: UInt64(user), substream: UInt64(test.movies[row]))
      return CandidateList(
        user: user, movie: test.movies[row],
        others: Self.draw(negatives, from: pool, without: seen, random: &random))
    }
    return TestCase(training: training, test: test, newcomers: newcomers, candidates: lists)
  }

  private static func draw(
    _ count: Int, from pool: [Int32], without seen: Set<Int32>, random: inout CounterRandom
  ) -> [Int32] {
    // If most of the pool would be drawn or rejected, rejection sampling takes too long: the rest is shuffled instead.
    guard count + seen.count < pool.count / 2 else {
      return Array(pool.filter { !seen.contains($0) }.shuffled(using: &random).prefix(count))
    }
    var drawn: [Int32] = []
    var refused = seen
    while drawn.count < count {
      let movie = pool[random.index(below: pool.count)]
      if refused.insert(movie).inserted { drawn.append(movie) }
    }
    return drawn
  }

  /// A test case with given candidates: the pair of each list is removed from the training set, and is tested as a
  /// rating too if its rating is known.
  ///
  /// - Parameter lists: users and movies as indices of `dataset`; -1 for unknown ones.
  public init(candidates lists: [CandidateList], of dataset: Dataset) {
    let pairs = Set(lists.map { RatingTable.pair($0.user, $0.movie) })
    let all = dataset.allRatings
    let test = all.selecting((0..<all.count).filter { pairs.contains(RatingTable.pair(all.users[$0], all.movies[$0])) })
    let training = TrainingSet(all, of: dataset).removing(pairs: pairs)
    self.init(training: training, test: test, candidates: lists)
  }

  /// The same test case with given candidates, whose pairs are removed from the training set as well.
  public func among(_ lists: [CandidateList]) -> TestCase {
    let pairs = Set(lists.map { RatingTable.pair($0.user, $0.movie) })
    return TestCase(
      training: training.removing(pairs: pairs), test: test, newcomers: newcomers, candidates: lists)
  }
}

extension TrainingSet {
  /// Without the ratings of some pairs and without the tags that their users gave to their movies.
  fileprivate func removing(pairs: Set<UInt64>) -> TrainingSet {
    TrainingSet(
      table.removing(pairs: pairs), users: users, movies: movies,
      tags: tags.filter { !pairs.contains(RatingTable.pair($0.user, $0.movie)) }, scale: scale)
  }
}
