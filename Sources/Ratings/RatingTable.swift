/// Ratings in columns: row *n* says that `users[n]` gave `movies[n]` `values[n]` stars at `times[n]`.
///
/// Users and movies are dense indices, times are seconds since 1970 (0 where unknown). 16 bytes per rating.
public struct RatingTable: Equatable, Sendable {
  public private(set) var users: [Int32] = []
  public private(set) var movies: [Int32] = []
  public private(set) var values: [Float] = []
  public private(set) var times: [UInt32] = []

  /// An empty table.
  public init() {}

  /// Columns of equal length.
  public init(users: [Int32], movies: [Int32], values: [Float], times: [UInt32]) {
    precondition(
      users.count == movies.count && users.count == values.count && users.count == times.count,
      "the columns of a rating table must have equal length")
    self.users = users
    self.movies = movies
    self.values = values
    self.times = times
  }

  /// The number of ratings.
  public var count: Int { users.count }
  /// Whether there is no rating.
  public var isEmpty: Bool { users.isEmpty }

  /// Makes room for as many ratings.
  public mutating func reserveCapacity(_ capacity: Int) {
    users.reserveCapacity(capacity)
    movies.reserveCapacity(capacity)
    values.reserveCapacity(capacity)
    times.reserveCapacity(capacity)
  }

  /// Appends a rating; the table is as sorted as it is filled.
  public mutating func append(user: Int32, movie: Int32, value: Float, time: UInt32) {
    users.append(user)
    movies.append(movie)
    values.append(value)
    times.append(time)
  }

  /// Replaces the value and time of the last row.
  mutating func replaceLast(value: Float, time: UInt32) {
    values[count - 1] = value
    times[count - 1] = time
  }

  /// Appends the rows at `rows` of another table.
  mutating func append(_ rows: Range<Int>, of other: RatingTable) {
    users.append(contentsOf: other.users[rows])
    movies.append(contentsOf: other.movies[rows])
    values.append(contentsOf: other.values[rows])
    times.append(contentsOf: other.times[rows])
  }

  /// Removes the rows at `rows`, which are ascending.
  mutating func remove(_ rows: [Int]) {
    Self.remove(rows, from: &users)
    Self.remove(rows, from: &movies)
    Self.remove(rows, from: &values)
    Self.remove(rows, from: &times)
  }

  private static func remove<Element>(_ rows: [Int], from column: inout [Element]) {
    guard var target = rows.first else { return }
    for (place, row) in rows.enumerated() {
      for source in row + 1..<(place + 1 < rows.count ? rows[place + 1] : column.count) {
        column[target] = column[source]
        target += 1
      }
    }
    column.removeLast(rows.count)
  }

  /// The rows at `rows`, in that order.
  public func selecting(_ rows: some Sequence<Int>) -> RatingTable {
    var result = RatingTable()
    result.reserveCapacity(rows.underestimatedCount)
    for row in rows { result.append(user: users[row], movie: movies[row], value: values[row], time: times[row]) }
    return result
  }
}
