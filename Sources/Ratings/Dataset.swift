/// A complete data set: users, movies and ratings.
///
/// Invariants: `users` and `movies` are sorted by id, without repeats; every rating's and tag's indices point into
/// them; `ratings` and `validation` are sorted by user, then movie, each pair once in the two together; values are
/// finite and within `scale`. Two data sets with the same content are equal whatever the order of their files.
public struct Dataset: Equatable, Sendable {
  /// Sorted by id, each once.
  public var users: [User]
  /// Sorted by id, each once; also those that nobody rated.
  public var movies: [Movie]
  /// Sorted by user, then movie, each pair once.
  public var ratings: RatingTable
  /// Ratings that the data set reserves for validation, such as the Netflix probe.
  public var validation: RatingTable
  /// Sorted by movie, user, text.
  public var tags: [Tag]
  /// What the values of ratings mean.
  public var scale: RatingScale

  /// Parts that keep the invariants above.
  public init(
    users: [User] = [], movies: [Movie] = [], ratings: RatingTable = RatingTable(),
    validation: RatingTable = RatingTable(), tags: [Tag] = [], scale: RatingScale = .wholeStars
  ) {
    self.users = users
    self.movies = movies
    self.ratings = ratings
    self.validation = validation
    self.tags = tags
    self.scale = scale
  }
}

extension Dataset {
  /// The index of the user with this id. Complexity: O(log users).
  public func userIndex(of id: SourceID) -> Int? { users.index(of: id, by: \.id) }

  /// The index of the movie with this id. Complexity: O(log movies).
  public func movieIndex(of id: SourceID) -> Int? { movies.index(of: id, by: \.id) }

  /// All ratings, including those for validation, in canonical order.
  public var allRatings: RatingTable {
    validation.isEmpty ? ratings : ratings.merging(validation)
  }
}

extension Array {
  /// Binary search in an array sorted by `key`.
  func index<Key: Comparable>(of wanted: Key, by key: (Element) -> Key) -> Int? {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if key(self[middle]) < wanted { low = middle + 1 } else { high = middle }
    }
    return low < count && key(self[low]) == wanted ? low : nil
  }
}
