import GRDB

extension DatasetImport {
  /// Removes users and movies that the data no longer have and that no member needs.
  ///
  /// A member stays as a user without imported facts; a movie that members rated stays.
  func remove(users: [Int32], movies: [Int32]) throws {
    // Each removal asks whether anything refers to the row: without an index, by reading the whole table.
    let indexes = [("ratings", "movie"), ("validation_ratings", "movie"), ("tags", "movie"), ("tags", "user")]
    for (table, column) in indexes {
      try db.execute(sql: "CREATE INDEX removal_\(table)_\(column) ON \(table) (\(column))")
    }
    let release = try RawStatement(
      """
      UPDATE users SET imported = 0, age = NULL, gender = NULL, occupation = NULL
      WHERE id = ? AND (member = 1 OR EXISTS (SELECT 1 FROM ratings WHERE user = users.id))
      """, in: db)
    let deleteUser = try RawStatement("DELETE FROM users WHERE id = ? AND imported = 1", in: db)
    for key in users {
      release.bind(key, at: 0)
      try release.run()
      deleteUser.bind(key, at: 0)
      try deleteUser.run()
    }
    let keep = try RawStatement(
      "UPDATE movies SET imported = 0 WHERE id = ? AND EXISTS (SELECT 1 FROM ratings WHERE movie = movies.id)", in: db)
    let deleteMovie = try RawStatement("DELETE FROM movies WHERE id = ? AND imported = 1", in: db)
    for key in movies {
      keep.bind(key, at: 0)
      try keep.run()
      deleteMovie.bind(key, at: 0)
      try deleteMovie.run()
    }
    for (table, column) in indexes { try db.execute(sql: "DROP INDEX removal_\(table)_\(column)") }
    try db.execute(sql: "DELETE FROM genres WHERE id NOT IN (SELECT genre FROM movie_genres)")
  }
}
