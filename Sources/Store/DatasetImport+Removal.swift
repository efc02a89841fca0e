import GRDB

extension DatasetImport {
  /// Removes users and movies that the data no longer have and that no member needs; nothing imported refers to them by
  /// now.
  ///
  /// A member stays as a user without imported facts; a movie that members rated stays.
  func remove(users: [Int32], movies: [Int32], besides submitted: SubmittedRatings) throws {
    let release = try RawStatement(
      """
      UPDATE users SET imported = 0, age = NULL, gender = NULL, occupation = NULL WHERE id = ? AND (member = 1 OR ?)
      """, in: db)
    let deleteUser = try RawStatement("DELETE FROM users WHERE id = ? AND imported = 1", in: db)
    let raters = Set(submitted.rows.map(\.key.user))
    for key in users {
      release.bind(key, at: 0)
      release.bind(raters.contains(key) ? 1 : 0, at: 1)
      try release.run()
      deleteUser.bind(key, at: 0)
      try deleteUser.run()
    }
    let rated = Set(submitted.rows.map(\.key.movie))
    let keep = try RawStatement("UPDATE movies SET imported = 0 WHERE id = ?", in: db)
    let deleteGenres = try RawStatement("DELETE FROM movie_genres WHERE movie = ?", in: db)
    let deleteDirectors = try RawStatement("DELETE FROM movie_directors WHERE movie = ?", in: db)
    let deleteMovie = try RawStatement("DELETE FROM movies WHERE id = ?", in: db)
    for key in movies {
      if rated.contains(key) {
        keep.bind(key, at: 0)
        try keep.run()
        continue
      }
      deleteGenres.bind(key, at: 0)
      try deleteGenres.run()
      deleteDirectors.bind(key, at: 0)
      try deleteDirectors.run()
      deleteMovie.bind(key, at: 0)
      try deleteMovie.run()
    }
    try db.execute(sql: "DELETE FROM genres WHERE id NOT IN (SELECT genre FROM movie_genres)")
  }
}

/// What members submitted, in the order of the keys.
struct SubmittedRatings {
  struct Row {
    var key: RatingKey
    var stars: Float
    var time: UInt32
  }

  private(set) var rows: [Row] = []

  /// None.
  init() {}

  /// - Complexity: O(stored ratings).
  init(storedIn db: Database) throws {
    let statement = try RawStatement(
      "SELECT user, movie, stars, time FROM ratings WHERE origin = 1 ORDER BY user, movie", in: db)
    while try statement.next() {
      rows.append(
        Row(
          key: RatingKey(user: statement.int32(0), movie: statement.int32(1)), stars: statement.float(2),
          time: UInt32(truncatingIfNeeded: statement.int64(3))))
    }
  }
}
