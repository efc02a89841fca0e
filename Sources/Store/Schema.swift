import GRDB

/// The tables, as steps from one version of the schema to the next.
///
/// The version is in `PRAGMA user_version`: version *n* has had the first *n* steps. A step that has been
/// released is never edited; a change of the schema is a new step.
enum Schema {
  /// `PRAGMA application_id` of a Marquee database: "MARQ".
  static let applicationID: Int32 = 0x4d41_5251

  static let steps = [ratings, builds, accounts, privacy, filmFacts]

  /// Users, movies and their ratings.
  ///
  /// - `source_id` has no type of its own: a number is stored as INTEGER, a text as TEXT, and `ORDER BY source_id`
  ///   is the order of `SourceID` (numbers first, then texts by their bytes).
  /// - A user is `imported`, a `member`, or both; accounts refer to `users (id)`.
  /// - `origin` of a rating is 0 (imported) or 1 (submitted by a member). It is part of the key, so that an import can
  ///   be replaced without touching what a member said of the same movie; readers take the later of the two.
  private static let ratings = """
    CREATE TABLE users (
      id INTEGER PRIMARY KEY,
      source_id ANY NOT NULL UNIQUE CHECK (typeof(source_id) IN ('integer', 'text')),
      age INTEGER,
      gender TEXT,
      occupation TEXT,
      imported INTEGER NOT NULL DEFAULT 0 CHECK (imported IN (0, 1)),
      member INTEGER NOT NULL DEFAULT 0 CHECK (member IN (0, 1))
    ) STRICT;

    CREATE TABLE movies (
      id INTEGER PRIMARY KEY,
      source_id ANY NOT NULL UNIQUE CHECK (typeof(source_id) IN ('integer', 'text')),
      title TEXT NOT NULL,
      year INTEGER,
      imdb TEXT,
      tmdb INTEGER,
      imported INTEGER NOT NULL DEFAULT 0 CHECK (imported IN (0, 1))
    ) STRICT;

    CREATE TABLE movie_directors (
      movie INTEGER NOT NULL REFERENCES movies (id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      name TEXT NOT NULL,
      PRIMARY KEY (movie, position)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE genres (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE
    ) STRICT;

    CREATE TABLE movie_genres (
      movie INTEGER NOT NULL REFERENCES movies (id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      genre INTEGER NOT NULL REFERENCES genres (id),
      PRIMARY KEY (movie, position)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX movie_genres_by_genre ON movie_genres (genre);

    CREATE TABLE ratings (
      user INTEGER NOT NULL REFERENCES users (id),
      movie INTEGER NOT NULL REFERENCES movies (id),
      origin INTEGER NOT NULL DEFAULT 0 CHECK (origin IN (0, 1)),
      stars REAL NOT NULL CHECK (stars BETWEEN -3.4028234663852886e38 AND 3.4028234663852886e38),
      time INTEGER NOT NULL CHECK (time BETWEEN 0 AND 4294967295),
      PRIMARY KEY (user, movie, origin)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE validation_ratings (
      user INTEGER NOT NULL REFERENCES users (id),
      movie INTEGER NOT NULL REFERENCES movies (id),
      stars REAL NOT NULL CHECK (stars BETWEEN -3.4028234663852886e38 AND 3.4028234663852886e38),
      time INTEGER NOT NULL CHECK (time BETWEEN 0 AND 4294967295),
      PRIMARY KEY (user, movie)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE tags (
      id INTEGER PRIMARY KEY,
      movie INTEGER NOT NULL REFERENCES movies (id),
      user INTEGER REFERENCES users (id),
      text TEXT NOT NULL,
      time INTEGER NOT NULL CHECK (time BETWEEN 0 AND 4294967295)
    ) STRICT;

    CREATE TABLE settings (
      name TEXT PRIMARY KEY,
      value ANY NOT NULL
    ) STRICT, WITHOUT ROWID;
    """

  /// What was built, when, and how it went.
  private static let builds = """
    CREATE TABLE builds (
      id INTEGER PRIMARY KEY,
      started INTEGER NOT NULL,
      finished INTEGER NOT NULL,
      version TEXT NOT NULL,
      quality TEXT NOT NULL,
      outcome TEXT NOT NULL,
      users INTEGER NOT NULL,
      movies INTEGER NOT NULL,
      ratings INTEGER NOT NULL,
      fingerprint TEXT NOT NULL,
      message TEXT NOT NULL
    ) STRICT;
    """

  /// How long films are, and what is spoken in them.
  private static let filmFacts = """
    ALTER TABLE movies ADD COLUMN runtime INTEGER;
    ALTER TABLE movies ADD COLUMN language TEXT;
    """
}

extension Schema {
  /// Brings a database to version `target`, each step in a transaction of its own.
  ///
  /// A database that no step has touched yet must be empty.
  static func migrate(_ db: Database, path: String, to target: Int) throws {
    while try version(of: db, path: path) < target {
      try db.inTransaction(.immediate) {
        // Another process may have taken the step while this one waited for the lock.
        let version = try version(of: db, path: path)
        guard version < target else { return .commit }
        if version == 0 { try db.execute(sql: "PRAGMA application_id = \(applicationID)") }
        try db.execute(sql: steps[version])
        try db.execute(sql: "PRAGMA user_version = \(version + 1)")
        return .commit
      }
    }
  }

  /// Whether the database has the schema of this program.
  static func isCurrent(_ db: Database, path: String) throws -> Bool {
    try version(of: db, path: path) == steps.count
  }

  private static func version(of db: Database, path: String) throws -> Int {
    let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    let application = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
    if application != applicationID {
      let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
      guard application == 0, version == 0, tables == 0 else { throw StoreError.foreign(path: path) }
    }
    guard version <= steps.count else {
      throw StoreError.newerSchema(path: path, found: version, known: steps.count)
    }
    return version
  }
}
