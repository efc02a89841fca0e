/// What a model is trained on: ratings by user and by movie, the scale, and facts about users and movies.
///
/// `movies` and `users` cover the whole catalogue: a movie or user without training ratings has an
/// empty row. Nothing of a test set is in here.
public struct TrainingSet: Sendable {
  /// Users x movies.
  public let byUser: SparseRows
  /// Movies x users: the transpose of `byUser`.
  public let byMovie: SparseRows
  /// Seconds since 1970 in the order of `byUser`'s entries; 0 where unknown.
  public let times: [UInt32]
  /// What the values of ratings mean.
  public let scale: RatingScale
  /// All users of the catalogue, in the order of the rows of `byUser`.
  public let users: [User]
  /// All movies of the catalogue, in the order of the rows of `byMovie`.
  public let movies: [Movie]
  /// Sorted by movie, user, text. A tag is a fact about a movie; it does not say whether its user rated the movie.
  public let tags: [Tag]

  /// The training set of `ratings` (in canonical order) with the users, movies, tags and scale of `dataset`.
  ///
  /// - Complexity: O(ratings + users + movies).
  public init(_ ratings: RatingTable, of dataset: Dataset) {
    self.init(ratings, users: dataset.users, movies: dataset.movies, tags: dataset.tags, scale: dataset.scale)
  }

  /// The training set of `ratings`, which must be sorted by user, then movie, each pair once.
  public init(_ ratings: RatingTable, users: [User], movies: [Movie], tags: [Tag] = [], scale: RatingScale) {
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
    self.tags = tags
  }

  /// The number of users, those without ratings too.
  public var userCount: Int { byUser.rowCount }
  /// The number of movies, those without ratings too.
  public var movieCount: Int { byMovie.rowCount }
  /// The number of ratings.
  public var ratingCount: Int { byUser.entryCount }

  /// All ratings as a table in canonical order. Complexity: O(ratings).
  public var table: RatingTable {
    var users = [Int32](repeating: 0, count: ratingCount)
    for user in 0..<userCount {
      for position in byUser.range(ofRow: user) { users[position] = Int32(user) }
    }
    return RatingTable(users: users, movies: byUser.columns, values: byUser.values, times: times)
  }

  /// The same users, movies, tags and scale with other ratings, in canonical order.
  public func replacingRatings(_ ratings: RatingTable) -> TrainingSet {
    TrainingSet(ratings, users: users, movies: movies, tags: tags, scale: scale)
  }

  /// `count` splits of this training set into a part to train on and a held-out part; the latter are disjoint and cover it: for
  /// out-of-fold predictions and for choosing settings.
  public func folds(_ count: Int, seed: UInt64) -> [(training: TrainingSet, test: RatingTable)] {
    Dataset(users: users, movies: movies, ratings: table, tags: tags, scale: scale).folds(count, seed: seed).map {
      (replacingRatings($0.training, heldOut: $0.test), $0.test)
    }
  }

  /// A part to train on and a random, held-out `fraction` of the ratings.
  public func holdout(fraction: Double, seed: UInt64) -> (training: TrainingSet, test: RatingTable) {
    let split = Dataset(users: users, movies: movies, ratings: table, tags: tags, scale: scale).holdout(
      fraction: fraction, seed: seed)
    return (replacingRatings(split.training, heldOut: split.test), split.test)
  }

  /// The ratings of `whole` that are not in here; it must contain all that are.
  ///
  /// - Complexity: O(ratings of `whole`).
  public func missing(from whole: TrainingSet) -> RatingTable {
    let all = whole.table
    var place = 0
    return all.selecting(
      (0..<all.count).filter { row in
        let isHere =
          place < ratingCount && byUser.columns[place] == all.movies[row]
          && byUser.range(ofRow: Int(all.users[row])).contains(place)
        if isHere { place += 1 }
        return !isHere
      })
  }

  /// The same without the ratings of `test`, which must be in canonical order, and without the tags of their pairs.
  ///
  /// - Complexity: O(ratings).
  public func withholding(_ test: RatingTable) -> TrainingSet {
    replacingRatings(table.removing(test), heldOut: test)
  }

  /// The same with only some of the ratings; nothing of the pairs in `heldOut` is left, including their tags.
  private func replacingRatings(_ ratings: RatingTable, heldOut: RatingTable) -> TrainingSet {
    TrainingSet(ratings, users: users, movies: movies, tags: tags.removing(pairsOf: heldOut), scale: scale)
  }

  /// The ratings of one user, by movie.
  public func ratings(ofUser user: Int) -> [MovieRating] {
    byUser.range(ofRow: user).map { MovieRating(movie: byUser.columns[$0], value: byUser.values[$0], time: times[$0]) }
  }
}

/// One rating of a user known from the context.
public struct MovieRating: Hashable, Sendable {
  /// Index of the movie.
  public var movie: Int32
  /// In stars.
  public var value: Float
  /// Seconds since 1970; 0 where unknown.
  public var time: UInt32

  /// A rating, of a movie by its index.
  public init(movie: Int32, value: Float, time: UInt32 = 0) {
    self.movie = movie
    self.value = value
    self.time = time
  }
}
