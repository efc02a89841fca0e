public import Models
public import Ratings

extension ModelEvaluation {
  /// The loss for choosing settings, lower is better: RMSE for stars, −nDCG@10 for lists.
  ///
  /// - Throws: what fitting throws.
  public static func loss(
    of type: any Recommender.Type, settings: ModelSettings, on testCase: TestCase, context: FitContext
  ) throws -> Double {
    let model = try type.fit(testCase.training, settings: settings, context: context)
    switch type.descriptor.job {
    case .stars:
      let predicted = Prediction.values(by: model, on: testCase, threads: context.threads)
      return RatingMetrics(predicted: predicted, actual: testCase.test.values).rmse
    case .lists:
      return -RankingMetrics(of: model, on: testCase, k: 10, context: context).ndcg
    }
  }
}

extension Dataset {
  /// The data set of a random share of the users, drawn by a hash of their ids, with all their ratings and tags. The
  /// movies are unchanged.
  ///
  /// - Complexity: O(users log users + ratings + tags).
  public func sample(ofUsers share: Double, seed: UInt64) -> Dataset {
    guard share < 1 else { return self }
    let keys = users.map { CounterRandom.mix($0.id.stableHash ^ CounterRandom.mix(seed)) }
    let count = Int((Double(users.count) * share).rounded(.up))
    var map = [Int32](repeating: -1, count: users.count)
    for user in users.indices.sorted(by: { (keys[$0], $0) < (keys[$1], $1) }).prefix(count) { map[user] = 0 }
    var result = self
    result.users = []
    for user in users.indices where map[user] == 0 {
      map[user] = Int32(result.users.count)
      result.users.append(users[user])
    }
    result.ratings = ratings.selecting(users: map)
    result.validation = validation.selecting(users: map)
    result.tags = tags.compactMap { tag in
      guard tag.user >= 0 else { return tag }
      var tag = tag
      tag.user = map[Int(tag.user)]
      return tag.user >= 0 ? tag : nil
    }
    return result
  }
}

extension RatingTable {
  /// The rows of users whose index in `map` is not negative, with that index.
  func selecting(users map: [Int32]) -> RatingTable {
    let kept = selecting((0..<count).filter { map[Int(users[$0])] >= 0 })
    return RatingTable(
      users: kept.users.map { map[Int($0)] }, movies: kept.movies, values: kept.values, times: kept.times)
  }
}
