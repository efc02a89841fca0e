public import Ratings

/// What an artefact has of the members, and how their lists are made.
public struct MemberScope: Sendable {
  /// Whether the ratings of every member are folded in as a newcomer's are, so that a list does not depend on where it was
  /// made.
  public var foldsIn: Bool
  /// Whether people with the same taste are looked for.
  public var findsPeople: Bool
  /// Set where the members' part is made apart from this artefact.
  public var apart: MembersApart?

  public init(foldsIn: Bool = false, findsPeople: Bool = true, apart: MembersApart? = nil) {
    self.foldsIn = foldsIn
    self.findsPeople = findsPeople
    self.apart = apart
  }
}

/// The members of a site whose part is made elsewhere, of whom a sample is enough to train on.
public struct MembersApart: Sendable {
  /// How many there are.
  public var count: Int
  /// How often each film got each rating, by its id; nil where the ratings trained on are all there are.
  public var counts: [SourceID: [(value: Float, count: Int)]]?

  public init(count: Int, counts: [SourceID: [(value: Float, count: Int)]]?) {
    self.count = count
    self.counts = counts
  }
}

extension Precomputed {
  /// Takes statistics of films from counts of all ratings, not from those trained on.
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
