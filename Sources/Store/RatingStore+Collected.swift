import GRDB
public import Ratings

/// A rating that a member gave on the site.
public struct CollectedRating: Equatable, Sendable {
  public var user: SourceID
  public var movie: SourceID
  public var stars: Float
  /// Seconds since 1970.
  public var time: UInt32
}

extension RatingStore {
  /// All ratings that members gave on the site, none of those that were imported, by user and movie.
  public func collectedRatings() throws -> [CollectedRating] {
    try read { db in
      let rows = try RawStatement(
        """
        SELECT users.source_id, movies.source_id, stars, time FROM ratings
        JOIN users ON users.id = ratings.user JOIN movies ON movies.id = ratings.movie
        WHERE origin = 1 ORDER BY users.source_id, movies.source_id
        """, in: db)
      var ratings: [CollectedRating] = []
      while try rows.next() {
        ratings.append(
          CollectedRating(
            user: rows.sourceID(0), movie: rows.sourceID(1), stars: rows.float(2),
            time: UInt32(truncatingIfNeeded: rows.int64(3))))
      }
      return ratings
    }
  }
}
