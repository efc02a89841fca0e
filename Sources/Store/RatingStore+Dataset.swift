import GRDB
package import Ratings

extension RatingStore {
  /// Makes the imported part equal to `dataset`, in one transaction.
  ///
  /// Does nothing where the data are those of the last import. What members submitted stays, and with it the members
  /// and the movies it is about; of an imported and a submitted rating of one pair `dataset()` takes the later.
  ///
  /// - Throws: `StoreError`; the database is as it was then.
  /// - Complexity: O(stored + incoming) to compare; what differs is written.
  @discardableResult
  package func replaceImported(with dataset: Dataset) throws -> StoreChange {
    try replaceImported(with: dataset, fingerprint: ImportedFingerprint.of(dataset))
  }

  func replaceImported(with dataset: Dataset, fingerprint: String) throws -> StoreChange {
    try writeInBulk { db in
      guard try ImportedFingerprint.stored(in: db) != fingerprint else { return .none(dataset) }
      var work = DatasetImport(dataset, mode: .replace, in: db)
      let change = try work.run()
      try ImportedFingerprint.store(fingerprint, in: db)
      return change
    }
  }

  /// Adds users, movies and ratings, in one transaction; the same data twice change nothing.
  ///
  /// Of two ratings of a pair the later stays, and of equally late ones the added. Facts about users and movies fill gaps
  /// and overwrite nothing. The scale grows where it must.
  ///
  /// - Throws: `StoreError`; the database is as it was then.
  @discardableResult
  package func add(_ dataset: Dataset) throws -> StoreChange {
    try writeInBulk { db in
      var work = DatasetImport(dataset, mode: .add, in: db)
      let change = try work.run()
      if !change.isUnchanged { try ImportedFingerprint.store(nil, in: db) }
      return change
    }
  }

  /// Whether all of it came from data files, so that `dataset()` would say what was imported last.
  package func isImportedOnly() throws -> Bool {
    try read { db in
      let fromMembers = """
        SELECT EXISTS (SELECT 1 FROM users WHERE member = 1 OR imported = 0)
          OR EXISTS (SELECT 1 FROM movies WHERE imported = 0)
        """
      return try !(Bool.fetchOne(db, sql: fromMembers) ?? true)
    }
  }

  /// The movies, and how many imported ratings each has.
  ///
  /// - Complexity: O(stored).
  package func moviesWithCounts() throws -> [(movie: Movie, ratingCount: Int)] {
    try read { db in
      let movies = try Catalogue(moviesOf: db)
      var counts = [Int](repeating: 0, count: Int(movies.keys.max() ?? 0) + 1)
      let rows = try RawStatement("SELECT movie, count(*) FROM ratings GROUP BY movie", in: db)
      while try rows.next() { counts[Int(rows.int32(0))] = Int(rows.int32(1)) }
      return zip(movies.items, movies.keys).map { ($0, counts[Int($1)]) }
    }
  }

  /// Everything, members and what they submitted included, in canonical order.
  ///
  /// - Complexity: O(stored).
  package func dataset() throws -> Dataset {
    try read { db in
      let users = try Catalogue(usersOf: db)
      let movies = try Catalogue(moviesOf: db)
      let reader = RatingReader(db: db, users: users.positions, movies: movies.positions)
      var validation = try reader.read("SELECT user, movie, stars, time FROM validation_ratings ORDER BY user, movie")
      // A submitted rating comes after an imported one of the same pair, so it wins where both are equally late.
      let ratings = try reader.read("SELECT user, movie, stars, time FROM ratings ORDER BY user, movie, origin")
      // What is set aside for validation gives way to what a member said since.
      if !validation.isEmpty { validation = validation.without(pairsOf: ratings) }
      return Dataset(
        users: users.items, movies: movies.items, ratings: ratings, validation: validation, tags: try reader.tags(),
        scale: try RatingScale(storedIn: db) ?? .wholeStars)
    }
  }
}

extension StoreChange {
  /// What a change says that had nothing to do.
  fileprivate static func none(_ dataset: Dataset) -> StoreChange {
    var change = StoreChange()
    change.users.unchanged = dataset.users.count
    change.movies.unchanged = dataset.movies.count
    change.ratings.unchanged = dataset.ratings.count + dataset.validation.count
    change.tags.unchanged = dataset.tags.count
    return change
  }
}

/// Reads rows with primary keys as rows with indices.
private struct RatingReader {
  let db: Database
  /// The index of each primary key.
  let users: [Int32]
  let movies: [Int32]

  func read(_ sql: String) throws -> RatingTable {
    let rows = try RawStatement(sql, in: db)
    var table = RatingTable()
    var isCanonical = true
    var last: (user: Int32, movie: Int32) = (-1, -1)
    while try rows.next() {
      let pair = (user: users[Int(rows.int32(0))], movie: movies[Int(rows.int32(1))])
      isCanonical = isCanonical && last < pair
      last = pair
      table.append(
        user: pair.user, movie: pair.movie, value: rows.float(2), time: UInt32(truncatingIfNeeded: rows.int64(3)))
    }
    guard !isCanonical else { return table }
    let same = { (count: Int) in Array(0..<Int32(count)) }
    return table.canonical(
      users: same(users.count), userCount: users.count, movies: same(movies.count), movieCount: movies.count
    ).table
  }

  func tags() throws -> [Tag] {
    let rows = try RawStatement("SELECT movie, user, text, time FROM tags ORDER BY id", in: db)
    var tags: [Tag] = []
    while try rows.next() {
      tags.append(
        Tag(
          user: rows.isNull(1) ? -1 : users[Int(rows.int32(1))], movie: movies[Int(rows.int32(0))],
          text: rows.text(2), time: UInt32(truncatingIfNeeded: rows.int64(3))))
    }
    return tags
  }
}

extension RatingTable {
  /// The rows whose pair `other` lacks; both are in canonical order.
  fileprivate func without(pairsOf other: RatingTable) -> RatingTable {
    var row = 0
    return selecting(
      (0..<count).filter { own in
        let pair = (users[own], movies[own])
        while row < other.count, (other.users[row], other.movies[row]) < pair { row += 1 }
        return row == other.count || (other.users[row], other.movies[row]) != pair
      })
  }
}
