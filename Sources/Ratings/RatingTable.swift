/// Ratings in columns: row *n* says that `users[n]` gave `movies[n]` `values[n]` stars at `times[n]`.
///
/// Users and movies are dense indices, times are seconds since 1970 (0 where unknown). 16 bytes a rating.
public struct RatingTable: Equatable, Sendable {
  public private(set) var users: [Int32] = []
  public private(set) var movies: [Int32] = []
  public private(set) var values: [Float] = []
  public private(set) var times: [UInt32] = []

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

  public var count: Int { users.count }
  public var isEmpty: Bool { users.isEmpty }

  public mutating func reserveCapacity(_ capacity: Int) {
    users.reserveCapacity(capacity)
    movies.reserveCapacity(capacity)
    values.reserveCapacity(capacity)
    times.reserveCapacity(capacity)
  }

  public mutating func append(user: Int32, movie: Int32, value: Float, time: UInt32) {
    users.append(user)
    movies.append(movie)
    values.append(value)
    times.append(time)
  }

  /// Gives the last row another value and time.
  mutating func replaceLast(value: Float, time: UInt32) {
    values[count - 1] = value
    times[count - 1] = time
  }

  /// The rows at `rows`, in that order.
  public func selecting(_ rows: some Sequence<Int>) -> RatingTable {
    var result = RatingTable()
    result.reserveCapacity(rows.underestimatedCount)
    for row in rows { result.append(user: users[row], movie: movies[row], value: values[row], time: times[row]) }
    return result
  }

  /// These rows and then those of `other`.
  public func appending(_ other: RatingTable) -> RatingTable {
    RatingTable(
      users: users + other.users, movies: movies + other.movies, values: values + other.values,
      times: times + other.times)
  }
}
