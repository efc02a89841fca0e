import GRDB
import Ratings

/// One change of the database by a data set, inside a transaction and with foreign keys off (`RatingStore.writeInBulk`).
struct DatasetImport {
  let db: Database
  let dataset: Dataset
  let mode: ImportMode
  var change = StoreChange()

  init(_ dataset: Dataset, mode: ImportMode, in db: Database) {
    self.db = db
    self.dataset = dataset
    self.mode = mode
  }

  mutating func run() throws -> StoreChange {
    let (users, movies) = try writeCatalogue()
    try writeRatings(userKeys: users.keys, movieKeys: movies.keys)
    try writeTags(userKeys: users.keys, movieKeys: movies.keys)
    if !users.removed.isEmpty || !movies.removed.isEmpty {
      try remove(users: users.removed, movies: movies.removed, besides: SubmittedRatings(storedIn: db))
    }
    try writeScale()
    return change
  }

  /// Writes all but the ratings into a database that has none, apart from those that members `submitted`.
  ///
  /// - Returns: the key of each user and movie.
  mutating func runWithoutRatings(besides submitted: SubmittedRatings) throws -> (
    userKeys: [Int32], movieKeys: [Int32]
  ) {
    let (users, movies) = try writeCatalogue()
    try writeTags(userKeys: users.keys, movieKeys: movies.keys)
    try remove(users: users.removed, movies: movies.removed, besides: submitted)
    try writeScale()
    return (users.keys, movies.keys)
  }

  private mutating func writeCatalogue() throws -> (CatalogueDifference<User>, CatalogueDifference<Movie>) {
    let users = try Catalogue(usersOf: db).difference(to: dataset.users, mode: mode)
    let movies = try Catalogue(moviesOf: db).difference(to: dataset.movies, mode: mode)
    change.users = users.counts
    change.movies = movies.counts
    try write(users)
    try write(movies)
    return (users, movies)
  }

  private func write(_ difference: CatalogueDifference<User>) throws {
    guard !difference.added.isEmpty || !difference.replaced.isEmpty else { return }
    let statement = try RawStatement(
      """
      INSERT INTO users (id, source_id, age, gender, occupation, imported) VALUES (?, ?, ?, ?, ?, 1)
      ON CONFLICT (id) DO UPDATE
      SET age = excluded.age, gender = excluded.gender, occupation = excluded.occupation, imported = 1
      """, in: db)
    for (key, user) in difference.added + difference.replaced {
      statement.bind(key, at: 0)
      statement.bind(user.id, at: 1)
      statement.bind(user.age, at: 2)
      statement.bind(user.gender, at: 3)
      statement.bind(user.occupation, at: 4)
      try statement.run()
    }
  }

  private func write(_ difference: CatalogueDifference<Movie>) throws {
    guard !difference.added.isEmpty || !difference.replaced.isEmpty else { return }
    let statement = try RawStatement(
      """
      INSERT INTO movies (id, source_id, title, year, imdb, tmdb, runtime, language, imported)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1)
      ON CONFLICT (id) DO UPDATE SET title = excluded.title, year = excluded.year, imdb = excluded.imdb,
        tmdb = excluded.tmdb, runtime = excluded.runtime, language = excluded.language, imported = 1
      """, in: db)
    let clearGenres = try RawStatement("DELETE FROM movie_genres WHERE movie = ?", in: db)
    let clearDirectors = try RawStatement("DELETE FROM movie_directors WHERE movie = ?", in: db)
    let genre = try RawStatement("INSERT INTO genres (name) VALUES (?) ON CONFLICT DO NOTHING", in: db)
    let movieGenre = try RawStatement(
      "INSERT INTO movie_genres (movie, position, genre) SELECT ?, ?, id FROM genres WHERE name = ?", in: db)
    let director = try RawStatement("INSERT INTO movie_directors (movie, position, name) VALUES (?, ?, ?)", in: db)
    for (key, _) in difference.replaced {
      clearGenres.bind(key, at: 0)
      try clearGenres.run()
      clearDirectors.bind(key, at: 0)
      try clearDirectors.run()
    }
    // By bytes: strings that Unicode calls equal are two genres to SQLite.
    var knownGenres: Set<[UInt8]> = []
    for (key, movie) in difference.added + difference.replaced {
      statement.bind(key, at: 0)
      statement.bind(movie.id, at: 1)
      statement.bind(movie.title, at: 2)
      statement.bind(movie.year, at: 3)
      statement.bind(movie.imdbID, at: 4)
      statement.bind(movie.tmdbID, at: 5)
      statement.bind(movie.runtime, at: 6)
      statement.bind(movie.language, at: 7)
      try statement.run()
      for (position, name) in movie.genres.enumerated() {
        if knownGenres.insert(Array(name.utf8)).inserted {
          genre.bind(name, at: 0)
          try genre.run()
        }
        movieGenre.bind(key, at: 0)
        movieGenre.bind(position, at: 1)
        movieGenre.bind(name, at: 2)
        try movieGenre.run()
      }
      for (position, name) in movie.directors.enumerated() {
        director.bind(key, at: 0)
        director.bind(position, at: 1)
        director.bind(name, at: 2)
        try director.run()
      }
    }
    try db.execute(sql: "DELETE FROM genres WHERE id NOT IN (SELECT genre FROM movie_genres)")
  }

  private mutating func writeScale() throws {
    let stored = try RatingScale(storedIn: db)
    var scale = dataset.scale
    if mode == .add, let stored {
      scale = RatingScale(
        minimum: min(stored.minimum, scale.minimum), maximum: max(stored.maximum, scale.maximum),
        step: min(stored.step, scale.step))
    }
    guard scale != stored else { return }
    change.scaleChanged = stored != nil
    try scale.store(in: db)
  }
}
