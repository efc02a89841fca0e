/// How well lists find the test movies.
///
/// Every test movie of a user is relevant, whatever its rating; movies rated in the training set are not on the list;
/// users without a test movie do not count. Means are over users; 0 if there are none.
public struct RankingMetrics: Sendable, Equatable {
  /// The list length.
  public let k: Int
  /// The number of users with a test movie.
  public let userCount: Int
  /// Normalized discounted cumulative gain: Σ 1/log₂(1 + rank of a hit) over the same sum for a list that begins with
  /// min(k, test movies) hits (Järvelin and Kekäläinen 2002, binary gains).
  public let ndcg: Double
  /// Hits / k.
  public let precision: Double
  /// Hits / test movies of the user (not / min(k, test movies)).
  public let recall: Double
  /// Hits / min(k, test movies of the user): what Liang et al. 2018 and the papers after it call recall.
  public let cappedRecall: Double
  /// Share of users with a hit.
  public let hitRate: Double
  /// Mean average precision: Σ over the hits of (hits so far / rank), over min(k, test movies).
  public let map: Double
  /// Mean reciprocal rank: 1 / rank of the first hit, 0 without one.
  public let mrr: Double
  /// Share of the catalogue that is on at least one user's list.
  public let coverage: Double

  /// - Parameters:
  ///   - lists: for each user the movies of the list, best first; movies after the first `k` are ignored.
  ///   - relevant: for each user the test movies.
  public init(lists: [[Int32]], relevant: [Set<Int32>], k: Int, movieCount: Int) {
    let k = max(1, k)
    let discounts = (0..<k).map { 1 / binaryLogarithm(Double($0 + 2)) }
    var ideals = [0.0]
    for discount in discounts { ideals.append(ideals[ideals.count - 1] + discount) }
    var users = 0
    var sums = (ndcg: 0.0, hits: 0.0, recall: 0.0, capped: 0.0, hit: 0.0, map: 0.0, mrr: 0.0)
    var listed = Set<Int32>()
    for (list, relevant) in zip(lists, relevant) where !relevant.isEmpty {
      users += 1
      var gain = 0.0
      var precisions = 0.0
      var hits = 0
      for (place, movie) in list.prefix(k).enumerated() {
        listed.insert(movie)
        guard relevant.contains(movie) else { continue }
        hits += 1
        gain += discounts[place]
        precisions += Double(hits) / Double(place + 1)
        if hits == 1 { sums.mrr += 1 / Double(place + 1) }
      }
      let most = min(k, relevant.count)
      sums.ndcg += gain / ideals[most]
      sums.hits += Double(hits)
      sums.recall += Double(hits) / Double(relevant.count)
      sums.capped += Double(hits) / Double(most)
      sums.map += precisions / Double(most)
      sums.hit += hits > 0 ? 1 : 0
    }
    self.k = k
    userCount = users
    let share = users == 0 ? 0 : 1 / Double(users)
    ndcg = sums.ndcg * share
    precision = sums.hits * share / Double(k)
    recall = sums.recall * share
    cappedRecall = sums.capped * share
    hitRate = sums.hit * share
    map = sums.map * share
    mrr = sums.mrr * share
    coverage = movieCount == 0 ? 0 : Double(listed.count) / Double(movieCount)
  }
}
