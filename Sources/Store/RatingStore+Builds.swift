import GRDB

extension RatingStore {
  /// Remembers a build.
  package func recordBuild(_ build: Build) throws {
    try write { db in
      let statement = try RawStatement(
        """
        INSERT INTO builds (started, finished, version, quality, outcome, users, movies, ratings, fingerprint, message)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """, in: db)
      statement.bind(build.started, at: 0)
      statement.bind(build.finished, at: 1)
      statement.bind(build.version, at: 2)
      statement.bind(build.quality, at: 3)
      statement.bind(build.outcome.rawValue, at: 4)
      statement.bind(build.userCount, at: 5)
      statement.bind(build.movieCount, at: 6)
      statement.bind(build.ratingCount, at: 7)
      statement.bind(build.fingerprint, at: 8)
      statement.bind(build.message, at: 9)
      try statement.run()
    }
  }

  /// All remembered builds, the latest first.
  package func builds() throws -> [Build] {
    try read { db in
      let statement = try RawStatement(
        """
        SELECT started, finished, version, quality, outcome, users, movies, ratings, fingerprint, message
        FROM builds ORDER BY id DESC
        """, in: db)
      var builds: [Build] = []
      while try statement.next() {
        builds.append(
          Build(
            started: Int(statement.int64(0)), finished: Int(statement.int64(1)), version: statement.text(2),
            quality: statement.text(3), outcome: Build.Outcome(rawValue: statement.text(4)) ?? .failed,
            userCount: Int(statement.int64(5)), movieCount: Int(statement.int64(6)),
            ratingCount: Int(statement.int64(7)), fingerprint: statement.text(8), message: statement.text(9)))
      }
      return builds
    }
  }
}
