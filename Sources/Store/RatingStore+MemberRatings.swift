import GRDB
package import Ratings

/// One rating of a member with the movie's title.
package struct MemberRating: Equatable, Sendable {
  package var movie: SourceID
  package var title: String
  package var year: Int?
  package var stars: Float
  /// Seconds since 1970; 0 where unknown.
  package var time: UInt32
  /// Whether the member gave it here and can take it back.
  package var isSubmitted: Bool
}

extension RatingStore {
  /// All ratings of a user by movie, of a movie rated more than once the latest.
  ///
  /// - Parameter user: the primary key.
  package func ratings(ofUser user: Int32) throws -> [MemberRating] {
    try read { db in try Self.ratings(ofUser: user, movie: nil, in: db) }
  }

  /// The rating of one movie.
  package func rating(ofUser user: Int32, movie: SourceID) throws -> MemberRating? {
    try read { db in try Self.ratings(ofUser: user, movie: movie, in: db).first }
  }

  private static func ratings(ofUser user: Int32, movie: SourceID?, in db: Database) throws -> [MemberRating] {
    let rows = try RawStatement(
      """
      SELECT movies.source_id, title, year, stars, time, origin FROM (
        SELECT movie, stars, time, -1 AS origin FROM validation_ratings WHERE user = ?1
        UNION ALL SELECT movie, stars, time, origin FROM ratings WHERE user = ?1
      ) AS given JOIN movies ON movies.id = given.movie
      \(movie == nil ? "" : "WHERE movies.source_id = ?2") ORDER BY movies.source_id, time, origin
      """, in: db)
    rows.bind(user, at: 0)
    if let movie { rows.bind(movie, at: 1) }
    var ratings: [MemberRating] = []
    while try rows.next() {
      let rating = MemberRating(
        movie: rows.sourceID(0), title: rows.text(1), year: rows.optionalInt(2), stars: rows.float(3),
        time: UInt32(truncatingIfNeeded: rows.int64(4)), isSubmitted: rows.int64(5) == 1)
      if ratings.last?.movie == rating.movie { ratings.removeLast() }
      ratings.append(rating)
    }
    return ratings
  }

  /// The scale of the ratings; nil where nothing was imported yet.
  package func scale() throws -> RatingScale? { try read { try RatingScale(storedIn: $0) } }

  /// Whether a user has an account.
  package func isMember(_ id: SourceID) throws -> Bool {
    try read { db in
      try Bool.fetchOne(
        db, sql: "SELECT EXISTS (SELECT 1 FROM accounts JOIN users ON users.id = user WHERE source_id = ?)",
        arguments: [id.value]) ?? false
    }
  }

  /// The primary key of a user.
  package func userKey(of id: SourceID) throws -> Int32? {
    try read { try Int32.fetchOne($0, sql: "SELECT id FROM users WHERE source_id = ?", arguments: [id.value]) }
  }
}

/// A movie as a search finds it.
package struct FoundMovie: Equatable, Sendable {
  package var id: SourceID
  package var title: String
  package var year: Int?
}

extension RatingStore {
  /// Movies whose titles hold all words of `query`, those that begin with it and the short ones first.
  ///
  /// - Complexity: O(movies).
  package func movies(matching query: String, limit: Int) throws -> [FoundMovie] {
    let words = query.split(whereSeparator: \.isWhitespace).prefix(8).map(String.init)
    guard !words.isEmpty else { return [] }
    return try read { db in
      let conditions = words.indices.map { "title LIKE ?\($0 + 2) ESCAPE '\\'" }.joined(separator: " AND ")
      let rows = try RawStatement(
        """
        SELECT source_id, title, year FROM movies WHERE \(conditions)
        ORDER BY title LIKE ?1 ESCAPE '\\' DESC, length(title), source_id LIMIT \(limit)
        """, in: db)
      rows.bind(Self.pattern(words.joined(separator: " ")) + "%", at: 0)
      for (position, word) in words.enumerated() { rows.bind("%" + Self.pattern(word) + "%", at: Int32(position + 1)) }
      return try Self.found(rows)
    }
  }

  /// The movie with this id.
  package func movie(_ id: SourceID) throws -> FoundMovie? {
    try read { db in
      let rows = try RawStatement("SELECT source_id, title, year FROM movies WHERE source_id = ?", in: db)
      rows.bind(id, at: 0)
      return try Self.found(rows).first
    }
  }

  private static func found(_ rows: borrowing RawStatement) throws -> [FoundMovie] {
    var movies: [FoundMovie] = []
    while try rows.next() {
      movies.append(FoundMovie(id: rows.sourceID(0), title: rows.text(1), year: rows.optionalInt(2)))
    }
    return movies
  }

  /// A text in which `%` and `_` have no special meaning.
  private static func pattern(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("%", with: "\\%").replacing("_", with: "\\_")
  }
}
