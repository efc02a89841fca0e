public import Models
public import Ratings

/// A training set and the ratings to predict from it.
///
/// Nothing of the test set is in `training`: no test rating, no rating or tag of a cold-start user, no tag that
/// a user gave to one of their test movies: someone who tags a film has seen it.
public struct TestCase: Sendable {
  /// What models are fitted to.
  public let training: TrainingSet
  /// Movies are those of the training set. Users are those of the training set and, from `training.userCount` on,
  /// the `newcomers`. -1 stands for a user or movie that the training set does not know.
  public let test: RatingTable
  /// The ratings that users outside the training set are folded in with, by movie.
  public let newcomers: [[MovieRating]]
  /// The candidates of the list for each test pair; nil for the whole catalogue.
  public let candidates: [CandidateList]?
  /// Ratings of the data that were removed from the training set, because the test set has their pairs.
  public internal(set) var removedFromTraining = 0
  /// Whether users of the training set are folded in like new users with the same ratings, as packed members are.
  public private(set) var foldsIn = false

  /// A case whose test set has no pair of the training set.
  public init(
    training: TrainingSet, test: RatingTable, newcomers: [[MovieRating]] = [], candidates: [CandidateList]? = nil
  ) {
    self.training = training
    self.test = test
    self.newcomers = newcomers
    self.candidates = candidates
  }

  /// The sets of a split, with the users, movies and tags of `dataset`.
  public init(_ split: Split, of dataset: Dataset) {
    var tested = dataset
    tested.tags = dataset.tags.removing(pairsOf: split.test)
    self.init(training: TrainingSet(split.training, of: tested), test: split.test)
  }

  /// All of `other`'s ratings for the test, matched by source ids; all of `dataset`'s for training but those of a
  /// pair in the test set.
  public init(training dataset: Dataset, test other: Dataset) {
    let users = other.users.map { Int32(dataset.userIndex(of: $0.id) ?? -1) }
    let movies = other.movies.map { Int32(dataset.movieIndex(of: $0.id) ?? -1) }
    let ratings = other.allRatings
    let test = RatingTable(
      users: ratings.users.map { users[Int($0)] }, movies: ratings.movies.map { movies[Int($0)] },
      values: ratings.values, times: ratings.times)
    let training = dataset.allRatings.removing(pairs: Set(test.pairs))
    self.init(Split(training: training, test: test), of: dataset)
    removedFromTraining = dataset.allRatings.count - training.count
  }

  /// The same test case without the timestamps of test ratings, which a site does not know in advance.
  public func hidingDates() -> TestCase {
    TestCase(
      training: training,
      test: RatingTable(
        users: test.users, movies: test.movies, values: test.values,
        times: [UInt32](repeating: 0, count: test.count)), newcomers: newcomers, candidates: candidates)
  }

  /// The same test case without what was fitted for each user: their ratings are folded in.
  public func foldingIn() -> TestCase {
    var result = self
    result.foldsIn = true
    return result
  }

  /// The number of users: those of the training set and the cold-start users.
  public var userCount: Int { training.userCount + newcomers.count }

  /// The ratings of a user that the model may know; none for -1.
  public func knownRatings(ofUser user: Int32) -> [MovieRating] {
    if user < 0 { return [] }
    return Int(user) < training.userCount
      ? training.ratings(ofUser: Int(user)) : newcomers[Int(user) - training.userCount]
  }

  /// The profile of `user` for `model`: cold-start and unknown users are folded in.
  public func profile(ofUser user: Int32, by model: some Recommender) -> UserProfile {
    let ratings = knownRatings(ofUser: user)
    return !foldsIn && user >= 0 && Int(user) < training.userCount
      ? model.profile(ofUser: Int(user), ratings: ratings) : model.foldIn(ratings)
  }
}

extension RatingTable {
  /// The rows whose pair is not in `pairs`.
  func removing(pairs: Set<UInt64>) -> RatingTable {
    selecting((0..<count).filter { !pairs.contains(Self.pair(users[$0], movies[$0])) })
  }
}
