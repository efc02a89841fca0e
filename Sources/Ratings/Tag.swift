/// A word or phrase that a user attached to a movie.
public struct Tag: Hashable, Sendable {
  /// Index into the data set's users; -1 if the data set does not say.
  public var user: Int32
  /// Index into the data set's movies.
  public var movie: Int32
  /// What the user wrote.
  public var text: String
  /// Seconds since 1970; 0 where unknown.
  public var time: UInt32

  /// A tag, by indices of a data set.
  public init(user: Int32, movie: Int32, text: String, time: UInt32) {
    self.user = user
    self.movie = movie
    self.text = text
    self.time = time
  }
}

extension [Tag] {
  /// The tags of movies that their user does not rate in `table`, in the same order.
  package func removing(pairsOf table: RatingTable) -> [Tag] {
    guard !isEmpty else { return self }
    let pairs = Set(table.pairs)
    return filter { !pairs.contains(RatingTable.pair($0.user, $0.movie)) }
  }
}

extension RatingTable {
  /// User and movie of each row in one word.
  package var pairs: [UInt64] { zip(users, movies).map { Self.pair($0, $1) } }

  package static func pair(_ user: Int32, _ movie: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: user)) << 32 | UInt64(UInt32(bitPattern: movie))
  }
}
