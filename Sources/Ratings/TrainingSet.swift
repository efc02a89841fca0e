/// What a model may see: ratings by user and by movie, the scale, and facts about users and movies.
///
/// `movies` and `users` cover the whole catalogue: a movie or user without ratings in the training part has an
/// empty row. Nothing of a test part is in here.
public struct TrainingSet: Sendable {
  /// Users x movies.
  public let byUser: SparseRows
  /// Movies x users: the transpose of `byUser`.
  public let byMovie: SparseRows
  /// Seconds since 1970 in the order of `byUser`'s entries; 0 where unknown.
  public let times: [UInt32]
  public let scale: RatingScale
  public let users: [User]
  public let movies: [Movie]

  /// The training set of `ratings` (in canonical order) with the users, movies and scale of `dataset`.
  ///
  /// - Complexity: O(ratings + users + movies).
  public init(_ ratings: RatingTable, of dataset: Dataset) {
    self.init(ratings, users: dataset.users, movies: dataset.movies, scale: dataset.scale)
  }

  /// The training set of `ratings`, which must be sorted by user, then movie, each pair once.
  public init(_ ratings: RatingTable, users: [User], movies: [Movie], scale: RatingScale) {
    var offsets = [Int](repeating: 0, count: users.count + 1)
    for user in ratings.users { offsets[Int(user) + 1] += 1 }
    for user in 0..<users.count { offsets[user + 1] += offsets[user] }
    byUser = SparseRows(
      offsets: offsets, columns: ratings.movies, values: ratings.values, columnCount: movies.count)
    byMovie = byUser.transposed()
    times = ratings.times
    self.scale = scale
    self.users = users
    self.movies = movies
  }

  public var userCount: Int { byUser.rowCount }
  public var movieCount: Int { byMovie.rowCount }
  public var ratingCount: Int { byUser.entryCount }

  /// The ratings of one user, by movie.
  public func ratings(ofUser user: Int) -> [MovieRating] {
    byUser.range(ofRow: user).map { MovieRating(movie: byUser.columns[$0], value: byUser.values[$0], time: times[$0]) }
  }
}

/// One rating of a user who is known from the context.
public struct MovieRating: Hashable, Sendable {
  /// Index of the movie.
  public var movie: Int32
  public var value: Float
  /// Seconds since 1970; 0 where unknown.
  public var time: UInt32

  public init(movie: Int32, value: Float, time: UInt32 = 0) {
    self.movie = movie
    self.value = value
    self.time = time
  }
}
