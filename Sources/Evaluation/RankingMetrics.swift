#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How well lists over the whole catalogue find the movies of the test part.
///
/// Every test movie of a user is relevant, whatever its stars; movies rated in the training part are not on the list;
/// users without a test movie do not count. Means are over users.
public struct RankingMetrics: Sendable, Equatable {
  /// The length of the lists.
  public let k: Int
  /// How many users had a test movie.
  public let userCount: Int
  /// Normalized discounted cumulative gain: Σ 1/log₂(1 + rank of a hit) over the same sum for a list that begins with
  /// min(k, test movies) hits (Järvelin and Kekäläinen 2002, binary gains).
  public let ndcg: Double
  /// Hits / k.
  public let precision: Double
  /// Hits / test movies of the user (not / min(k, test movies)).
  public let recall: Double
  /// Share of users with a hit.
  public let hitRate: Double
  /// Share of the catalogue that is on some user's list.
  public let coverage: Double

  /// - Parameters:
  ///   - lists: for each user the movies of the list, best first.
  ///   - relevant: for each user the movies of the test part.
  public init(lists: [[Int32]], relevant: [Set<Int32>], k: Int, movieCount: Int) {
    let discounts = (0..<max(k, 1)).map { 1 / log2(Double($0 + 2)) }
    var users = 0
    var sums = (ndcg: 0.0, precision: 0.0, recall: 0.0, hit: 0.0)
    var listed = Set<Int32>()
    for (list, relevant) in zip(lists, relevant) where !relevant.isEmpty {
      users += 1
      var gain = 0.0
      var hits = 0
      for (rank, movie) in list.prefix(k).enumerated() {
        listed.insert(movie)
        guard relevant.contains(movie) else { continue }
        hits += 1
        gain += discounts[rank]
      }
      sums.ndcg += gain / discounts.prefix(relevant.count).reduce(0, +)
      sums.precision += Double(hits) / Double(k)
      sums.recall += Double(hits) / Double(relevant.count)
      sums.hit += hits > 0 ? 1 : 0
    }
    self.k = k
    userCount = users
    let share = users == 0 ? 0 : 1 / Double(users)
    ndcg = sums.ndcg * share
    precision = sums.precision * share
    recall = sums.recall * share
    hitRate = sums.hit * share
    coverage = movieCount == 0 ? 0 : Double(listed.count) / Double(movieCount)
  }
}
