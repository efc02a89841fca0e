extension RatingTable {
  /// The same ratings by user, then movie, each pair once: of several ratings of a pair the latest stays, and of
  /// equally late ones the last given.
  ///
  /// `users` and `movies` translate the table's indices into those of the result (dropping rows whose user or
  /// movie maps below zero).
  ///
  /// - Returns: the table and how many ratings gave way to a later one.
  /// - Complexity: O(ratings + users + movies), two passes of counting sort; one look where the rows are in order already.
  public func canonical(
    users userMap: [Int32], userCount: Int, movies movieMap: [Int32], movieCount: Int
  ) -> (table: RatingTable, replaced: Int) {
    if isOrdered(users: userMap, movies: movieMap) {
      let table = RatingTable(
        users: users.map { userMap[Int($0)] }, movies: movies.map { movieMap[Int($0)] }, values: values, times: times)
      return (table, 0)
    }
    // A stable counting sort by movie and then by user leaves rows by user, movie and place of arrival.
    var rows = [Int32]()
    rows.reserveCapacity(count)
    for row in 0..<count where userMap[Int(users[row])] >= 0 && movieMap[Int(movies[row])] >= 0 {
      rows.append(Int32(row))
    }
    rows = countingSort(rows, keys: movies, map: movieMap, count: movieCount)
    rows = countingSort(rows, keys: users, map: userMap, count: userCount)

    var result = RatingTable()
    result.reserveCapacity(rows.count)
    var replaced = 0
    for row in rows {
      let row = Int(row)
      let user = userMap[Int(users[row])]
      let movie = movieMap[Int(movies[row])]
      let last = result.count - 1
      if last >= 0, result.users[last] == user, result.movies[last] == movie {
        replaced += 1
        if times[row] >= result.times[last] { result.replaceLast(value: values[row], time: times[row]) }
      } else {
        result.append(user: user, movie: movie, value: values[row], time: times[row])
      }
    }
    return (result, replaced)
  }

  /// Whether all rows stay and each comes behind the one before, as in files that are sorted by user and movie.
  private func isOrdered(users userMap: [Int32], movies movieMap: [Int32]) -> Bool {
    var last: (user: Int32, movie: Int32) = (-1, -1)
    for row in 0..<count {
      let pair = (user: userMap[Int(users[row])], movie: movieMap[Int(movies[row])])
      guard pair.user >= 0, pair.movie >= 0, last < pair else { return false }
      last = pair
    }
    return true
  }

  private func countingSort(_ rows: [Int32], keys: [Int32], map: [Int32], count: Int) -> [Int32] {
    var starts = [Int](repeating: 0, count: count + 1)
    for row in rows { starts[Int(map[Int(keys[Int(row)])]) + 1] += 1 }
    for key in 0..<count { starts[key + 1] += starts[key] }
    return [Int32](unsafeUninitializedCapacity: rows.count) { sorted, initialized in
      for row in rows {
        let key = Int(map[Int(keys[Int(row)])])
        sorted[starts[key]] = row
        starts[key] += 1
      }
      initialized = rows.count
    }
  }
}
