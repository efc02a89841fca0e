/// A split of a rating table into a training set and a test set.
public struct Split: Sendable {
  /// What models are fitted to, in canonical order.
  public let training: RatingTable
  /// What they are measured on, in canonical order: no pair of it is in `training`.
  public let test: RatingTable

  /// Two tables without a common pair.
  public init(training: RatingTable, test: RatingTable) {
    self.training = training
    self.test = test
  }
}

extension Dataset {
  /// A random `fraction` of the ratings as test set.
  ///
  /// Ratings are drawn by a hash of the seed and the two source ids: they do not depend on the order of files, and
  /// most stay in their set when ratings are added.
  ///
  /// - Complexity: O(ratings).
  public func holdout(fraction: Double, seed: UInt64) -> Split {
    let keys = splitKeys(seed: seed)
    let last = Self.smallest(Int((Double(ratings.count) * fraction).rounded()), of: keys)
    return split { keys[$0] < last.key || (keys[$0] == last.key && $0 < last.row) }
  }

  /// The key and row that exactly `count` rows precede, in the order of keys and rows.
  private static func smallest(_ count: Int, of keys: [UInt64]) -> (key: UInt64, row: Int) {
    guard count < keys.count else { return (.max, keys.count) }
    // Counting the leading bits leaves only a few rows to sort.
    let shift: UInt64 = 48
    var counts = [Int](repeating: 0, count: 1 << 16)
    for key in keys { counts[Int(key >> shift)] += 1 }
    var (bucket, before) = (0, 0)
    while before + counts[bucket] <= count {
      before += counts[bucket]
      bucket += 1
    }
    let rows = keys.indices.filter { Int(keys[$0] >> shift) == bucket }.sorted { (keys[$0], $0) < (keys[$1], $1) }
    return (keys[rows[count - before]], rows[count - before])
  }

  /// `count` splits whose test sets are disjoint, cover all ratings and differ in size by at most one.
  public func folds(_ count: Int, seed: UInt64) -> [Split] {
    precondition(count >= 2, "cross-validation needs at least two folds")
    let ranks = shuffledRanks(seed: seed)
    return (0..<count).map { fold in split { ranks[$0] % count == fold } }
  }

  /// A random `fraction` of each user's ratings (rounded down) as test set.
  public func holdoutPerUser(fraction: Double, seed: UInt64) -> Split {
    let keys = splitKeys(seed: seed)
    var isTest = [Bool](repeating: false, count: ratings.count)
    var start = 0
    while start < ratings.count {
      var end = start
      while end < ratings.count, ratings.users[end] == ratings.users[start] { end += 1 }
      let rows = (start..<end).sorted { keys[$0] < keys[$1] }
      for row in rows.prefix(Int(Double(end - start) * fraction)) { isTest[row] = true }
      start = end
    }
    return split { isTest[$0] }
  }

  private func split(isTest: (Int) -> Bool) -> Split {
    var training = RatingTable()
    var test = RatingTable()
    training.reserveCapacity(ratings.count)
    for row in 0..<ratings.count {
      let (user, movie) = (ratings.users[row], ratings.movies[row])
      if isTest(row) {
        test.append(user: user, movie: movie, value: ratings.values[row], time: ratings.times[row])
      } else {
        training.append(user: user, movie: movie, value: ratings.values[row], time: ratings.times[row])
      }
    }
    return Split(training: training, test: test)
  }

  /// For each rating its position in the shuffled order.
  private func shuffledRanks(seed: UInt64) -> [Int] {
    let keys = splitKeys(seed: seed)
    let order = keys.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
    var ranks = [Int](repeating: 0, count: order.count)
    for (rank, row) in order.enumerated() { ranks[row] = rank }
    return ranks
  }

  private func splitKeys(seed: UInt64) -> [UInt64] {
    let userHashes = users.map { CounterRandom.mix($0.id.stableHash ^ seed) }
    let movieHashes = movies.map(\.id.stableHash)
    return (0..<ratings.count).map {
      CounterRandom.mix(userHashes[Int(ratings.users[$0])] ^ movieHashes[Int(ratings.movies[$0])])
    }
  }
}
