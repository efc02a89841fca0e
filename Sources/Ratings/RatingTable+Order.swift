extension RatingTable {
  /// The same ratings by user, then movie, each pair once: of several ratings of a pair the latest is kept, and of
  /// equally late ones the last.
  ///
  /// `users` and `movies` translate the table's indices into those of the result (dropping rows whose user or
  /// movie maps below zero).
  ///
  /// `sources` are the first rows of the parts that the ratings came in, in order.
  ///
  /// - Returns: the table and, for each of the sources (one, where none are given), how many of its ratings gave way to a later one.
  /// - Complexity: O(ratings + users), and O(n log n) for each user whose n ratings are not in order of movies; one pass if the
  ///   rows are in order already. Memory: 20 bytes per rating in addition to the larger of the two tables.
  public consuming func canonical(
    users userMap: [Int32], userCount: Int, movies movieMap: [Int32], movieCount: Int, sources: [Int] = [0]
  ) -> (table: RatingTable, replaced: [Int]) {
    var replaced = [Int](repeating: 0, count: max(1, sources.count))
    if isOrdered(users: userMap, movies: movieMap) {
      let table = RatingTable(
        users: users.map { userMap[Int($0)] }, movies: movies.map { movieMap[Int($0)] }, values: values, times: times)
      return (table, replaced)
    }
    let blocks = UserBlocks(self, users: userMap, userCount: userCount, movies: movieMap, sources: sources)
    // Releases the unsorted rows.
    self = RatingTable()
    var result = RatingTable()
    result.reserveCapacity(blocks.count)
    var source = 0
    blocks.forEachUser { ratings in
      for rating in ratings {
        let last = result.count - 1
        if last >= 0, result.users[last] == rating.user, result.movies[last] == rating.movie {
          if rating.time >= result.times[last] {
            result.replaceLast(value: rating.value, time: rating.time)
            replaced[source] += 1
            source = Int(rating.source)
          } else {
            replaced[Int(rating.source)] += 1
          }
        } else {
          source = Int(rating.source)
          result.append(user: rating.user, movie: rating.movie, value: rating.value, time: rating.time)
        }
      }
    }
    return (result, replaced)
  }

  /// Whether all rows are kept and each follows the one before, as in files sorted by user and movie.
  private func isOrdered(users userMap: [Int32], movies movieMap: [Int32]) -> Bool {
    var last: (user: Int32, movie: Int32) = (-1, -1)
    for row in 0..<count {
      let pair = (user: userMap[Int(users[row])], movie: movieMap[Int(movies[row])])
      guard pair.user >= 0, pair.movie >= 0, last < pair else { return false }
      last = pair
    }
    return true
  }
}

/// The rows of a table in blocks of consecutive users, each block in the order of arrival: two sequential passes,
/// and then one over each block, which fits into the cache.
private struct UserBlocks {
  struct Rating {
    var user: Int32
    var movie: Int32
    var value: Float
    var time: UInt32
    var source: UInt32
  }

  /// About how many ratings a block has.
  private static let blockLength = 1 << 17

  /// For each user where the ratings begin, and after the last where they end.
  private let starts: [Int]
  /// For each block its first user, and after the last the number of users.
  private let blocks: [Int]
  private let ratings: [Rating]

  var count: Int { ratings.count }

  /// Rows whose user or movie maps below zero are left out.
  init(_ table: borrowing RatingTable, users: [Int32], userCount: Int, movies: [Int32], sources: [Int]) {
    var starts = [Int](repeating: 0, count: userCount + 1)
    for row in 0..<table.count where movies[Int(table.movies[row])] >= 0 {
      let user = Int(users[Int(table.users[row])])
      if user >= 0 { starts[user + 1] += 1 }
    }
    for user in 0..<userCount { starts[user + 1] += starts[user] }
    var blocks: [Int] = []
    var blockOfUser = [Int32](repeating: 0, count: userCount)
    var end = 0
    for user in 0..<userCount {
      if blocks.isEmpty || starts[user + 1] > end {
        blocks.append(user)
        end = max(starts[user] + Self.blockLength, starts[user + 1])
      }
      blockOfUser[user] = Int32(blocks.count - 1)
    }
    var heads = blocks.map { starts[$0] }
    var ratings = [Rating](repeating: Rating(user: 0, movie: 0, value: 0, time: 0, source: 0), count: starts[userCount])
    var source = 0
    for row in 0..<table.count {
      while source + 1 < sources.count, sources[source + 1] <= row { source += 1 }
      let (user, movie) = (users[Int(table.users[row])], movies[Int(table.movies[row])])
      guard user >= 0, movie >= 0 else { continue }
      let block = Int(blockOfUser[Int(user)])
      ratings[heads[block]] = Rating(
        user: user, movie: movie, value: table.values[row], time: table.times[row], source: UInt32(source))
      heads[block] += 1
    }
    blocks.append(userCount)
    (self.starts, self.blocks, self.ratings) = (starts, blocks, ratings)
  }

  /// Calls `body` with each user's ratings by movie, those of one movie in the order of arrival.
  func forEachUser(_ body: (ArraySlice<Rating>) -> Void) {
    for (first, end) in zip(blocks, blocks.dropFirst()) where starts[first] < starts[end] {
      let base = starts[first]
      var heads = (first..<end).map { starts[$0] - base }
      var block = [Rating](repeating: ratings[base], count: starts[end] - base)
      for position in base..<starts[end] {
        let rating = ratings[position]
        block[heads[Int(rating.user) - first]] = rating
        heads[Int(rating.user) - first] += 1
      }
      for user in first..<end where starts[user] < starts[user + 1] {
        body(Self.byMovie(block[starts[user] - base..<starts[user + 1] - base]))
      }
    }
  }

  private static func byMovie(_ ratings: ArraySlice<Rating>) -> ArraySlice<Rating> {
    if zip(ratings, ratings.dropFirst()).allSatisfy({ $0.movie <= $1.movie }) { return ratings }
    let places = ratings.indices.map { UInt64(UInt32(bitPattern: ratings[$0].movie)) << 32 | UInt64($0) }.sorted()
    return places.map { ratings[Int($0 & 0xffff_ffff)] }[...]
  }
}
