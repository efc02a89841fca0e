/// Tables in canonical order: by user, then movie, each pair once.
extension RatingTable {
  /// The ratings whose pair is not in `other`; both in canonical order.
  ///
  /// - Complexity: O(ratings of both).
  public func removing(_ other: RatingTable) -> RatingTable {
    var result = self
    result.remove(rows(ofPairsIn: other.pairs))
    return result
  }

  /// Removes the ratings whose pair (`RatingTable.pair`) is among `pairs`, which are ascending.
  ///
  /// - Returns: the removed ratings.
  /// - Complexity: O(ratings + pairs).
  package mutating func take(_ pairs: [UInt64]) -> RatingTable {
    let rows = rows(ofPairsIn: pairs)
    let taken = selecting(rows)
    remove(rows)
    return taken
  }

  /// These ratings merged with those of `other`, which has none of these pairs; both are in canonical order, and so is the result.
  ///
  /// - Complexity: O(ratings of both).
  public func merging(_ other: RatingTable) -> RatingTable {
    var result = RatingTable()
    result.reserveCapacity(count + other.count)
    var start = 0
    for row in 0..<other.count {
      let pair = Self.pair(other.users[row], other.movies[row])
      var end = start
      while end < count, Self.pair(users[end], movies[end]) < pair { end += 1 }
      result.append(start..<end, of: self)
      result.append(row..<row + 1, of: other)
      start = end
    }
    result.append(start..<count, of: self)
    return result
  }

  /// The rows whose pairs are among `pairs`, both ascending: a merge of the two.
  private func rows(ofPairsIn pairs: [UInt64]) -> [Int] {
    var found: [Int] = []
    var row = 0
    for pair in pairs {
      while row < count, Self.pair(users[row], movies[row]) < pair { row += 1 }
      if row < count, Self.pair(users[row], movies[row]) == pair {
        found.append(row)
        row += 1
      }
    }
    return found
  }
}
