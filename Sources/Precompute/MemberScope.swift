package import Ratings

/// Which members an artefact includes, and how their lists are made.
package struct MemberScope: Sendable {
  /// Whether the ratings of every member are folded in like a new user's, so that a list does not depend on where it was
  /// made.
  package var foldsIn: Bool
  /// Whether people with the same taste are computed.
  package var findsPeople: Bool
  /// Set if the members' part is computed separately.
  package var apart: MembersApart?

  package init(foldsIn: Bool = false, findsPeople: Bool = true, apart: MembersApart? = nil) {
    self.foldsIn = foldsIn
    self.findsPeople = findsPeople
    self.apart = apart
  }
}

/// The members of a site whose part is computed elsewhere; a sample of them is used for training.
package struct MembersApart: Sendable {
  /// The number of members.
  package var count: Int
  /// How often each film got each rating, by its id; nil if the training ratings are complete.
  package var counts: [SourceID: [(value: Float, count: Int)]]?

  package init(count: Int, counts: [SourceID: [(value: Float, count: Int)]]?) {
    self.count = count
    self.counts = counts
  }
}

extension Precomputed {
  /// Computes statistics of films from counts of all ratings, not from the training ratings.
  mutating func count(_ counts: [SourceID: [(value: Float, count: Int)]]) {
    ratingCount = 0
    for movie in movies.indices {
      var statistics = RatingStatistics(
        count: 0, mean: 0, histogram: [Int32](repeating: 0, count: scale.levelCount))
      var sum = 0.0
      for (value, count) in counts[movies[movie].id] ?? [] {
        let level = min(statistics.histogram.count - 1, scale.level(of: value))
        statistics.histogram[level] = Int32(clamping: Int(statistics.histogram[level]) + count)
        statistics.count += count
        sum += Double(value) * Double(count)
      }
      if statistics.count > 0 { statistics.mean = Float(sum / Double(statistics.count)) }
      movieStatistics[movie] = statistics
      ratingCount += statistics.count
    }
  }
}
