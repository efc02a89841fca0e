public import LinearAlgebra
public import Models
public import Ratings

extension DiscoveryCurve {
  /// The most users for whom lists are made, and the sample size that suffices.
  private static let mostUsers = 2_000
  private static let mostCounted = 4_000
  private static let listLength = 10
  /// How often the strengths around the films wanted are halved: a twentieth of the weights then.
  private static let halvings = 2

  /// The lists of a model that was fitted to the training set of `testCase`.
  ///
  /// - Complexity: what scoring the users takes, and re-ranking O(strengths x users) lists.
  public init(of model: some Recommender, on testCase: TestCase, seed: UInt64, threads: ThreadCount) {
    let training = testCase.training
    let candidates = ListDiscovery.Candidates(
      model, training: training, most: Self.mostCounted, seed: seed, threads: threads)
    let lists = TestLists(
      of: model, on: testCase, k: ListDiscovery.candidateCount(for: Self.listLength), mostUsers: Self.mostUsers,
      context: FitContext(seed: seed, threads: threads))
    var made: [Float: ListDiscovery] = [:]
    let point = { (strength: Float, other: Float?) in
      let next = ListDiscovery(
        candidates, training: training, weights: ListDiscovery.Weights(strength: strength),
        after: other.flatMap { made[$0] }, threads: threads)
      made[strength] = next
      let found = threads.map(lists.users.count, blockSize: 16) { index in
        next.list(
          of: lists.scored[index], count: Self.listLength,
          ratings: training.ratings(ofUser: Int(lists.users[index]))
        ).map(\.movie)
      }
      let metrics = RankingMetrics(
        lists: found, relevant: lists.relevant, k: Self.listLength, movieCount: training.movieCount)
      return Point(strength: strength, accuracy: metrics.ndcg, coverage: metrics.coverage)
    }
    self.init(points: [])
    for strength in Self.strengths { points.append(point(strength, points.last?.strength)) }
    for _ in 0..<Self.halvings {
      guard let (below, above) = crossing else { break }
      let between = point((below.strength + above.strength) / 2, below.strength)
      points.insert(between, at: (points.firstIndex { $0.strength == above.strength }) ?? points.endIndex)
    }
  }

  /// The same with a holdout drawn from `training`: the model is fitted again, to the rest.
  public init(
    _ type: any Recommender.Type, training: TrainingSet, settings: ModelSettings, context: FitContext
  ) throws {
    let split = Dataset(
      users: training.users, movies: training.movies, ratings: training.table, scale: training.scale
    ).holdoutPerUser(fraction: 0.2, seed: context.seed)
    let part = training.replacingRatings(split.training)
    let model = try type.fit(part, settings: settings, context: context)
    self.init(
      of: model, on: TestCase(training: part, test: split.test), seed: context.seed, threads: context.threads)
  }
}
