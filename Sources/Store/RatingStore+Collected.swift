import GRDB
package import Ratings

/// A rating that a member gave on the site.
package struct CollectedRating: Equatable, Sendable {
  package var user: SourceID
  package var movie: SourceID
  package var stars: Float
  /// Seconds since 1970.
  package var time: UInt32
}

extension RatingStore {
  /// All ratings that members gave on the site whose pages everybody may see, none of those that were imported, by user and
  /// movie.
  package func collectedRatings() throws -> [CollectedRating] {
    try read { db in
      let rows = try RawStatement(
        """
        SELECT users.source_id, movies.source_id, stars, time FROM ratings
        JOIN users ON users.id = ratings.user JOIN movies ON movies.id = ratings.movie
        JOIN accounts ON accounts.user = ratings.user
        WHERE origin = 1 AND listed = 1 ORDER BY users.source_id, movies.source_id
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

extension RatingStore {
  /// A random text that pseudonyms are made with; the same as long as the database lives.
  package func pseudonymSecret() throws -> String {
    let selection = "SELECT value FROM settings WHERE name = 'pseudonym_secret'"
    if let known = try read({ try String.fetchOne($0, sql: selection) }) { return known }
    return try write { db in
      try db.execute(
        sql: """
          INSERT INTO settings (name, value) VALUES ('pseudonym_secret', lower(hex(randomblob(32))))
          ON CONFLICT DO NOTHING
          """)
      guard let secret = try String.fetchOne(db, sql: selection) else { throw StoreError.damaged(path: path) }
      return secret
    }
  }
}
