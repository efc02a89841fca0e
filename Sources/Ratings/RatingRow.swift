/// A rating with its ids: for building a data set without files.
public struct RatingRow: Hashable, Sendable {
  /// The id of who rated.
  public var user: SourceID
  /// The id of what was rated.
  public var movie: SourceID
  /// In stars, or on any other scale where more is better.
  public var stars: Float
  /// Seconds since 1970; 0 where unknown.
  public var time: UInt32

  /// - Parameters:
  ///   - user: an id: integers sort as numbers, before all other ids.
  ///   - movie: an id, likewise.
  ///   - stars: `Dataset` leaves out values that are not finite.
  public init(user: String, movie: String, stars: Float, time: UInt32 = 0) {
    self.user = SourceID(user)
    self.movie = SourceID(movie)
    self.stars = stars
    self.time = time
  }
}

extension Dataset {
  /// A data set of ratings in any order. If a user rated a movie twice, the later rating is kept; at equal times, the
  /// last row. Ratings that are not finite, or not within `scale`, are left out. The ids serve as titles of movies.
  ///
  /// - Parameter scale: nil takes the common scale that covers all values (`RatingScale.init(fitting:)`).
  /// - Complexity: O(n log n) for n rows.
  public init(_ rows: some Sequence<RatingRow>, scale: RatingScale? = nil) {
    let kept = rows.filter { row in
      row.stars.isFinite && (scale.map { row.stars >= $0.minimum && row.stars <= $0.maximum } ?? true)
    }
    let users = Set(kept.lazy.map(\.user)).sorted()
    let movies = Set(kept.lazy.map(\.movie)).sorted()
    let userPlaces = Dictionary(uniqueKeysWithValues: zip(users, Int32(0)...))
    let moviePlaces = Dictionary(uniqueKeysWithValues: zip(movies, Int32(0)...))
    var table = RatingTable()
    table.reserveCapacity(kept.count)
    for row in kept {
      guard let user = userPlaces[row.user], let movie = moviePlaces[row.movie] else { continue }
      table.append(user: user, movie: movie, value: row.stars, time: row.time)
    }
    let values = table.values[...]
    let canonical = table.canonical(
      users: Array(users.indices.map { Int32($0) }), userCount: users.count,
      movies: Array(movies.indices.map { Int32($0) }), movieCount: movies.count)
    self.init(
      users: users.map { User(id: $0) }, movies: movies.map { Movie(id: $0, title: $0.description) },
      ratings: canonical.table, scale: scale ?? RatingScale(fitting: values))
  }
}

extension TrainingSet {
  /// All ratings of a data set except those reserved for validation.
  public init(_ dataset: Dataset) { self.init(dataset.ratings, of: dataset) }
}
