import GRDB
import Ratings

extension RatingPart {
  var table: String { self == .training ? "ratings" : "validation_ratings" }

  /// Picks one rating, and never one that a member submitted.
  fileprivate var condition: String {
    "user = ? AND movie = ?" + (self == .training ? " AND origin = 0" : "")
  }
}

extension DatasetImport {
  mutating func writeRatings(userKeys: [Int32], movieKeys: [Int32]) throws {
    let incoming = [dataset.ratings, dataset.validation].map {
      KeyedRatings($0, userKeys: userKeys, movieKeys: movieKeys)
    }
    let difference = try RatingDifference(to: incoming, mode: mode, in: db)
    change.ratings = difference.counts
    for part in RatingPart.allCases { try remove(difference.removed[part.rawValue], from: part) }
    for part in RatingPart.allCases {
      let ratings = incoming[part.rawValue]
      try update(difference.updated[part.rawValue], of: ratings, in: part)
      let inserted = difference.inserted[part.rawValue]
      // Several rows a statement: SQLite's cursors then stay where the next row goes. Beyond 32 it is no faster.
      let full = inserted.count / 32 * 32
      try insert(inserted[..<full], of: ratings, in: part, rowsPerStatement: 32)
      try insert(inserted[full...], of: ratings, in: part, rowsPerStatement: 1)
    }
  }

  private func remove(_ keys: [RatingKey], from part: RatingPart) throws {
    guard !keys.isEmpty else { return }
    let statement = try RawStatement("DELETE FROM \(part.table) WHERE \(part.condition)", in: db)
    for key in keys {
      statement.bind(key.user, at: 0)
      statement.bind(key.movie, at: 1)
      try statement.run()
    }
  }

  private func update(_ rows: [Int32], of ratings: KeyedRatings, in part: RatingPart) throws {
    guard !rows.isEmpty else { return }
    let statement = try RawStatement("UPDATE \(part.table) SET stars = ?, time = ? WHERE \(part.condition)", in: db)
    for row in rows {
      let row = Int(row)
      let key = ratings.key(row)
      statement.bind(ratings.table.values[row], at: 0)
      statement.bind(Int64(ratings.table.times[row]), at: 1)
      statement.bind(key.user, at: 2)
      statement.bind(key.movie, at: 3)
      try statement.run()
    }
  }

  /// `rows` must be a multiple of `rowsPerStatement`.
  private func insert(
    _ rows: ArraySlice<Int32>, of ratings: KeyedRatings, in part: RatingPart, rowsPerStatement: Int
  ) throws {
    guard !rows.isEmpty else { return }
    let values = Array(repeating: "(?, ?, ?, ?)", count: rowsPerStatement).joined(separator: ", ")
    let statement = try RawStatement("INSERT INTO \(part.table) (user, movie, stars, time) VALUES \(values)", in: db)
    var parameter: Int32 = 0
    for row in rows {
      let row = Int(row)
      let key = ratings.key(row)
      statement.bind(key.user, at: parameter)
      statement.bind(key.movie, at: parameter + 1)
      statement.bind(ratings.table.values[row], at: parameter + 2)
      statement.bind(Int64(ratings.table.times[row]), at: parameter + 3)
      parameter += 4
      if parameter == Int32(4 * rowsPerStatement) {
        try statement.run()
        parameter = 0
      }
    }
  }
}
