import Ratings
import SQLitePages

/// Writes the B-tree of a table of ratings, in the order of the keys.
struct RatingPages {
  private let ratings: KeyedRatings
  /// Whether `origin` follows user and movie: 0 in imported rows, 1 in submitted ones.
  private let hasOrigin: Bool
  private let submitted: SubmittedRatings
  /// Where members submitted something: for each row its place in `ratings`, or the complement of that in `submitted`.
  private let order: [Int32]

  /// - Parameter submitted: the rows of the table other than `ratings`.
  init(_ ratings: KeyedRatings, submitted: SubmittedRatings = SubmittedRatings(), in part: RatingPart) {
    self.ratings = ratings
    self.submitted = submitted
    hasOrigin = part == .training
    order = submitted.rows.isEmpty ? [] : Self.order(of: ratings, submitted)
  }

  /// By user, movie and origin.
  private static func order(of ratings: KeyedRatings, _ submitted: SubmittedRatings) -> [Int32] {
    var order: [Int32] = []
    order.reserveCapacity(ratings.table.count + submitted.rows.count)
    var row: Int32 = 0
    for (place, own) in submitted.rows.enumerated() {
      while ratings.key(Int(row)) <= own.key, Int(row) < ratings.table.count {
        order.append(row)
        row += 1
      }
      order.append(~Int32(place))
    }
    return order + (row..<Int32(ratings.table.count))
  }

  private var count: Int { ratings.table.count + submitted.rows.count }

  /// Fills the empty table whose root is page `root`.
  ///
  /// - Complexity: O(ratings) time, memory for one row in two hundred.
  func write(root: UInt32, to file: inout DatabaseFile) throws(PageFailure) {
    var tree = IndexTree()
    var record = IndexRecord()
    for row in 0..<count {
      encode(row, into: &record)
      try tree.append(record, to: &file)
    }
    try tree.finish(root: root, in: &file)
  }

  @inline(__always)
  private func encode(_ row: Int, into record: inout IndexRecord) {
    let place = order.isEmpty ? row : Int(order[row])
    if place >= 0 {
      let table = ratings.table
      encode(ratings.key(place), origin: 0, stars: table.values[place], time: table.times[place], into: &record)
    } else {
      let own = submitted.rows[~place]
      encode(own.key, origin: 1, stars: own.stars, time: own.time, into: &record)
    }
  }

  @inline(__always)
  private func encode(_ key: RatingKey, origin: Int64, stars: Float, time: UInt32, into record: inout IndexRecord) {
    record.begin(columns: hasOrigin ? 5 : 4)
    record.put(Int64(key.user))
    record.put(Int64(key.movie))
    if hasOrigin { record.put(origin) }
    record.put(stars)
    record.put(Int64(time))
    record.end()
  }
}
