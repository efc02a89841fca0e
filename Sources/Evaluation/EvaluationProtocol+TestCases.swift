public import Ratings

extension EvaluationProtocol {
  /// The test cases of this protocol. `.given` has its own initializer in `TestCase`; here it means, like
  /// `.validation`, the data set's validation set. The other protocols split all ratings.
  ///
  /// - Complexity: O(ratings log ratings) for each test case.
  public func testCases(of dataset: Dataset) -> [TestCase] {
    let pooled = dataset.pooled
    return switch self {
    case .holdout(let fraction, let seed): [TestCase(pooled.holdout(fraction: fraction, seed: seed), of: pooled)]
    case .holdoutPerUser(let fraction, let seed):
      [TestCase(pooled.holdoutPerUser(fraction: fraction, seed: seed), of: pooled)]
    case .folds(let count, let seed): pooled.folds(count, seed: seed).map { TestCase($0, of: pooled) }
    case .leaveOneOut(let seed): [TestCase(pooled.leavingOneOut(seed: seed), of: pooled)]
    case .strongGeneralisation(let fraction, let seed): [TestCase(keepingOut: fraction, of: pooled, seed: seed)]
    case .chronological(let fraction, let seed): [pooled.chronological(fraction: fraction, seed: seed)]
    case .validation, .given: [TestCase(Split(training: dataset.ratings, test: dataset.validation), of: dataset)]
    }
  }

  /// The same, checked to have something to test.
  ///
  /// - Throws: `EvaluationError`.
  public func checkedTestCases(of dataset: Dataset) throws(EvaluationError) -> [TestCase] {
    if case .chronological = self {
      let times = dataset.allRatings.times
      guard let first = times.first, times.contains(where: { $0 != first }) else { throw .noDates }
    }
    let cases = testCases(of: dataset)
    for testCase in cases where testCase.test.isEmpty { throw .nothingToTest(protocol: description) }
    return cases
  }
}

extension Dataset {
  /// The same data set with its validation set among the ratings.
  fileprivate var pooled: Dataset {
    guard !validation.isEmpty else { return self }
    var result = self
    result.ratings = allRatings
    result.validation = RatingTable()
    return result
  }

  /// A 64-bit word for each rating, by a hash of the seed and the two source ids.
  private func hashes(seed: UInt64) -> [UInt64] {
    let userHashes = users.map { CounterRandom.mix($0.id.stableHash ^ seed) }
    let movieHashes = movies.map(\.id.stableHash)
    return (0..<ratings.count).map {
      CounterRandom.mix(userHashes[Int(ratings.users[$0])] ^ movieHashes[Int(ratings.movies[$0])])
    }
  }

  private func split(isTest: [Bool]) -> Split {
    Split(
      training: ratings.selecting(isTest.indices.filter { !isTest[$0] }),
      test: ratings.selecting(isTest.indices.filter { isTest[$0] }))
  }

  /// The latest rating of each user with two or more.
  fileprivate func leavingOneOut(seed: UInt64) -> Split {
    let hashes = hashes(seed: seed)
    var isTest = [Bool](repeating: false, count: ratings.count)
    for rows in ratings.rowsByUser where rows.count >= 2 {
      if let last = rows.max(by: { (ratings.times[$0], hashes[$0]) < (ratings.times[$1], hashes[$1]) }) {
        isTest[last] = true
      }
    }
    return split(isTest: isTest)
  }

  /// The last `fraction` of the ratings by date; tags later than the first of them are left out, since they are in the future.
  fileprivate func chronological(fraction: Double, seed: UInt64) -> TestCase {
    let hashes = hashes(seed: seed)
    let order = (0..<ratings.count).sorted { (ratings.times[$0], hashes[$0], $0) < (ratings.times[$1], hashes[$1], $1) }
    let testCount = min(ratings.count, Int((Double(ratings.count) * fraction).rounded()))
    var isTest = [Bool](repeating: false, count: ratings.count)
    for row in order.suffix(testCount) { isTest[row] = true }
    var known = self
    if let first = order.suffix(testCount).first {
      known.tags = tags.filter { $0.time <= ratings.times[first] }
    }
    return TestCase(split(isTest: isTest), of: known)
  }
}

extension RatingTable {
  /// The rows of each user with ratings, in a table sorted by user.
  var rowsByUser: [Range<Int>] {
    var result: [Range<Int>] = []
    var start = 0
    while start < count {
      var end = start
      while end < count, users[end] == users[start] { end += 1 }
      result.append(start..<end)
      start = end
    }
    return result
  }
}

extension TestCase {
  /// The fewest ratings of users who can be held out.
  static let fewestRatings = 5
  /// The share of ratings on which held-out users are tested.
  static let strongTestShare = 0.2

  /// `fraction` of the users with enough ratings become cold-start users: their ratings and tags are not in the training
  /// set, nor are they among its users.
  fileprivate init(keepingOut fraction: Double, of dataset: Dataset, seed: UInt64) {
    let ratings = dataset.ratings
    let eligible = ratings.rowsByUser.filter { $0.count >= Self.fewestRatings }
    let hash = { (user: Int32) in CounterRandom.mix(dataset.users[Int(user)].id.stableHash ^ seed) }
    let chosen = eligible.sorted { (first, second) in
      let (a, b) = (ratings.users[first.lowerBound], ratings.users[second.lowerBound])
      return (hash(a), a) < (hash(b), b)
    }.prefix(Int((Double(eligible.count) * fraction).rounded())).sorted { $0.lowerBound < $1.lowerBound }

    var map = [Int32](repeating: 0, count: dataset.users.count)
    for rows in chosen { map[Int(ratings.users[rows.lowerBound])] = -1 }
    var kept = dataset
    kept.users = []
    for (user, facts) in dataset.users.enumerated() where map[user] == 0 {
      map[user] = Int32(kept.users.count)
      kept.users.append(facts)
    }
    var training = RatingTable()
    for row in 0..<ratings.count where map[Int(ratings.users[row])] >= 0 {
      training.append(
        user: map[Int(ratings.users[row])], movie: ratings.movies[row], value: ratings.values[row],
        time: ratings.times[row])
    }
    kept.tags = dataset.tags.compactMap { tag in
      guard tag.user >= 0 else { return tag }
      var tag = tag
      tag.user = map[Int(tag.user)]
      return tag.user >= 0 ? tag : nil
    }

    var newcomers: [[MovieRating]] = []
    var test = RatingTable()
    for rows in chosen {
      let user = Int32(kept.users.count + newcomers.count)
      let key = hash(ratings.users[rows.lowerBound])
      let order = rows.sorted { first, second in
        let keys = [first, second].map {
          CounterRandom.mix(key ^ dataset.movies[Int(ratings.movies[$0])].id.stableHash)
        }
        return (keys[0], first) < (keys[1], second)
      }
      let tested = Set(order.prefix(max(1, Int(Double(rows.count) * Self.strongTestShare))))
      for row in rows where tested.contains(row) {
        test.append(user: user, movie: ratings.movies[row], value: ratings.values[row], time: ratings.times[row])
      }
      newcomers.append(
        rows.filter { !tested.contains($0) }.map {
          MovieRating(movie: ratings.movies[$0], value: ratings.values[$0], time: ratings.times[$0])
        })
    }
    self.init(
      training: TrainingSet(training, users: kept.users, movies: kept.movies, tags: kept.tags, scale: kept.scale),
      test: test, newcomers: newcomers)
  }
}
