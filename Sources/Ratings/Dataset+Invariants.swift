extension Dataset {
  /// The violated invariants of a data set, in words; empty if it is valid.
  ///
  /// - Complexity: O(users + movies + ratings + tags).
  package var invariantViolations: [String] {
    var violations: [String] = []
    for (left, right) in zip(users, users.dropFirst()) where !(left.id < right.id) {
      violations.append("user \(right.id) does not come after \(left.id)")
    }
    for (left, right) in zip(movies, movies.dropFirst()) where !(left.id < right.id) {
      violations.append("movie \(right.id) does not come after \(left.id)")
    }
    violations += brokenRows(of: ratings, "rating") + brokenRows(of: validation, "validation rating")
    let pairs = validation.isEmpty ? [] : Set(ratings.pairs)
    for pair in validation.pairs where pairs.contains(pair) {
      violations.append("user \(pair >> 32) has movie \(pair & 0xffff_ffff) among ratings and validation")
    }
    for tag in tags
    where !(-1..<Int32(users.count)).contains(tag.user) || !(0..<Int32(movies.count)).contains(tag.movie) {
      violations.append("tag '\(tag.text)' of user \(tag.user) and movie \(tag.movie) points outside")
    }
    for (left, right) in zip(tags, tags.dropFirst()) where !left.precedes(right) {
      violations.append("tag '\(right.text)' does not come after '\(left.text)'")
    }
    return violations
  }

  private func brokenRows(of table: RatingTable, _ name: String) -> [String] {
    var violations: [String] = []
    for row in 0..<table.count {
      let user = table.users[row]
      let movie = table.movies[row]
      if !users.indices.contains(Int(user)) { violations.append("\(name) \(row) is of no user: \(user)") }
      if !movies.indices.contains(Int(movie)) { violations.append("\(name) \(row) is of no movie: \(movie)") }
      if !(scale.minimum...scale.maximum).contains(table.values[row]) {
        violations.append("\(name) \(row) is outside the scale: \(table.values[row])")
      }
    }
    for (row, (left, right)) in zip(table.pairs, table.pairs.dropFirst()).enumerated() where left >= right {
      violations.append("\(name) \(row + 1) does not come after the one before")
    }
    return violations
  }
}

extension Tag {
  /// The order of a data set's tags: by movie, user, then the bytes of the text, then time.
  package func precedes(_ other: Tag) -> Bool {
    if movie != other.movie { return movie < other.movie }
    if user != other.user { return user < other.user }
    if text.utf8.elementsEqual(other.text.utf8) { return time < other.time }
    return text.utf8.lexicographicallyPrecedes(other.text.utf8)
  }
}
