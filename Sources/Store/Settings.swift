import GRDB
import Ratings

extension RatingScale {
  /// The scale of the stored ratings; nil where nothing was imported yet.
  init?(storedIn db: Database) throws {
    let names = ["scale_minimum", "scale_maximum", "scale_step"]
    let values = try names.compactMap { name in
      try Double.fetchOne(db, sql: "SELECT value FROM settings WHERE name = ?", arguments: [name])
    }
    guard values.count == names.count else { return nil }
    self.init(minimum: Float(values[0]), maximum: Float(values[1]), step: Float(values[2]))
  }

  func store(in db: Database) throws {
    for (name, value) in [("scale_minimum", minimum), ("scale_maximum", maximum), ("scale_step", step)] {
      try db.execute(
        sql: "INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)", arguments: [name, Double(value)])
    }
  }
}

/// The fingerprint of the data that were imported last, as long as nothing was added to them.
enum ImportedFingerprint {
  static func stored(in db: Database) throws -> String? {
    try String.fetchOne(db, sql: "SELECT value FROM settings WHERE name = 'imported_fingerprint'")
  }

  static func store(_ fingerprint: String?, in db: Database) throws {
    try db.execute(sql: "DELETE FROM settings WHERE name = 'imported_fingerprint'")
    guard let fingerprint else { return }
    try db.execute(
      sql: "INSERT INTO settings (name, value) VALUES ('imported_fingerprint', ?)", arguments: [fingerprint])
  }

  /// A hash of all that is stored of a data set. Every list and text comes with its length and every fact with a mark
  /// for its absence, so that moving a name from one list to the next shows.
  static func of(_ dataset: Dataset) -> String {
    var hash = Fingerprint()
    for table in [dataset.ratings, dataset.validation] {
      hash.add(UInt64(table.count))
      hash.add(table.fingerprint.value)
    }
    hash.add(UInt64(dataset.users.count))
    for user in dataset.users {
      hash.add(user.id)
      hash.add(user.age)
      hash.add(user.gender)
      hash.add(user.occupation)
    }
    hash.add(UInt64(dataset.movies.count))
    for movie in dataset.movies {
      hash.add(movie.id)
      hash.add(movie.title)
      hash.add(movie.year)
      hash.add(movie.imdbID)
      hash.add(movie.tmdbID)
      hash.add(movie.runtime)
      hash.add(movie.language)
      for names in [movie.genres, movie.directors] {
        hash.add(UInt64(names.count))
        for name in names { hash.add(name) }
      }
    }
    hash.add(UInt64(dataset.tags.count))
    for tag in dataset.tags {
      hash.add(UInt64(UInt32(bitPattern: tag.user)) << 32 | UInt64(UInt32(bitPattern: tag.movie)))
      hash.add(tag.text)
      hash.add(UInt64(tag.time))
    }
    for value in [dataset.scale.minimum, dataset.scale.maximum, dataset.scale.step] {
      hash.add(UInt64(value.bitPattern))
    }
    return hash.description
  }
}
