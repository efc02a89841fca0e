import GRDB
import Ratings

/// The two tables of ratings.
enum RatingPart: Int, CaseIterable {
  case training, validation
}

/// What must happen to the imported ratings so that they hold those of a data set.
struct RatingDifference {
  /// By part: rows of the incoming table that the stored one lacks, in the order of their keys.
  var inserted: [[Int32]] = [[], []]
  /// By part: rows of the incoming table that take the place of stored ones.
  var updated: [[Int32]] = [[], []]
  /// By part: keys of stored ratings to be removed.
  var removed: [[RatingKey]] = [[], []]
  var counts = StoreChange.Counts()

  /// How many rows differ.
  var size: Int { counts.added + counts.replaced + counts.removed }
}

/// User and movie of a rating, by their primary keys.
struct RatingKey: Equatable, Comparable {
  /// The user in the high half, the movie in the low one; both are positive.
  var word: UInt64

  init(user: Int32, movie: Int32) { word = UInt64(UInt32(bitPattern: user)) << 32 | UInt64(UInt32(bitPattern: movie)) }

  /// Behind all others.
  static let end = RatingKey(user: -1, movie: -1)

  var user: Int32 { Int32(truncatingIfNeeded: word >> 32) }
  var movie: Int32 { Int32(truncatingIfNeeded: word) }

  static func < (left: RatingKey, right: RatingKey) -> Bool { left.word < right.word }
}

/// Incoming ratings in the order of their keys.
struct KeyedRatings {
  let table: RatingTable
  private let userKeys: [Int32]
  private let movieKeys: [Int32]

  /// Complexity: O(ratings); where the keys are not in the order of the indices, O(ratings + largest key) to sort.
  init(_ ratings: RatingTable, userKeys: [Int32], movieKeys: [Int32]) {
    let isAscending = { (keys: [Int32]) in zip(keys, keys.dropFirst()).allSatisfy { $0 < $1 } }
    if isAscending(userKeys), isAscending(movieKeys) {
      table = ratings
      self.userKeys = userKeys
      self.movieKeys = movieKeys
    } else {
      let userCount = (userKeys.max() ?? 0) + 1
      let movieCount = (movieKeys.max() ?? 0) + 1
      table =
        ratings.canonical(
          users: userKeys, userCount: Int(userCount), movies: movieKeys, movieCount: Int(movieCount)
        ).table
      self.userKeys = Array(0..<userCount)
      self.movieKeys = Array(0..<movieCount)
    }
  }

  func key(_ row: Int) -> RatingKey {
    guard row < table.count else { return .end }
    return RatingKey(user: userKeys[Int(table.users[row])], movie: movieKeys[Int(table.movies[row])])
  }
}

/// The imported ratings of one table, row by row in the order of their keys.
private struct StoredRatings: ~Copyable {
  private let rows: RawStatement
  private(set) var key: RatingKey = .end
  private(set) var value: Float = 0
  private(set) var time: UInt32 = 0

  /// In front of the first row.
  init(_ part: RatingPart, in db: Database) throws {
    rows = try RawStatement(
      part == .training
        ? "SELECT user, movie, stars, time FROM ratings WHERE origin = 0 ORDER BY user, movie"
        : "SELECT user, movie, stars, time FROM validation_ratings ORDER BY user, movie", in: db)
  }

  mutating func advance() throws {
    guard try rows.next() else {
      key = .end
      return
    }
    key = RatingKey(user: rows.int32(0), movie: rows.int32(1))
    value = rows.float(2)
    time = UInt32(truncatingIfNeeded: rows.int64(3))
  }
}

extension RatingDifference {
  /// One walk along the stored and the incoming ratings. In `.add` a pair keeps its latest rating, and of equally late
  /// ones the incoming.
  ///
  /// - Parameters:
  ///   - incoming: the ratings and those for validation; a pair in both counts as a rating.
  ///   - limit: beyond so many changes they are counted and not listed.
  /// - Complexity: O(stored + incoming); memory for the listed changes alone.
  init(to incoming: [KeyedRatings], mode: ImportMode, limit: Int = .max, in db: Database) throws {
    var training = try StoredRatings(.training, in: db)
    var validation = try StoredRatings(.validation, in: db)
    try training.advance()
    try validation.advance()
    var rows = [0, 0]
    while true {
      let storedKey = min(training.key, validation.key)
      let incomingKeys = [incoming[0].key(rows[0]), incoming[1].key(rows[1])]
      let incomingKey = min(incomingKeys[0], incomingKeys[1])
      if storedKey == .end, incomingKey == .end { return }

      let storedPart: RatingPart = training.key <= validation.key ? .training : .validation
      let part: RatingPart = incomingKeys[0] <= incomingKeys[1] ? .training : .validation
      let row = rows[part.rawValue]
      let isListed = size < limit
      if incomingKey < storedKey {
        if isListed { inserted[part.rawValue].append(Int32(row)) }
        counts.added += 1
      } else if storedKey < incomingKey {
        if mode == .replace {
          if isListed { removed[storedPart.rawValue].append(storedKey) }
          counts.removed += 1
        }
      } else {
        let (value, time) =
          storedPart == .training ? (training.value, training.time) : (validation.value, validation.time)
        let table = incoming[part.rawValue].table
        let isSame = part == storedPart && table.values[row] == value && table.times[row] == time
        if isSame || mode == .add && table.times[row] < time {
          counts.unchanged += 1
        } else {
          if !isListed {
            // Counted below.
          } else if part == storedPart {
            updated[part.rawValue].append(Int32(row))
          } else {
            removed[storedPart.rawValue].append(storedKey)
            inserted[part.rawValue].append(Int32(row))
          }
          counts.replaced += 1
        }
      }

      if incomingKey <= storedKey {
        for part in 0...1 where incomingKeys[part] == incomingKey { rows[part] += 1 }
      }
      if storedKey <= incomingKey {
        if storedPart == .training { try training.advance() } else { try validation.advance() }
      }
    }
  }
}
