public import Ratings

/// How a data set is divided for measuring.
public enum EvaluationProtocol: Sendable, Equatable {
  /// A random fraction of all ratings is the test part.
  case holdout(fraction: Double, seed: UInt64)
  /// Each of `count` random parts is the test part once.
  case folds(count: Int, seed: UInt64)
  /// The test part came as a file of its own.
  case given(name: String)
  /// The data set brings its own validation part.
  case validation

  /// The words that stand beside every figure.
  public var description: String {
    switch self {
    case .holdout(let fraction, let seed): "random holdout of \(Self.percent(fraction)) of the ratings, seed \(seed)"
    case .folds(let count, let seed): "\(count) random folds, mean, seed \(seed)"
    case .given(let name): "given test file \(name)"
    case .validation: "the data set's own validation part"
    }
  }

  private static func percent(_ fraction: Double) -> String {
    let tenths = (fraction * 1000).rounded()
    return tenths.truncatingRemainder(dividingBy: 10) == 0 ? "\(Int(tenths / 10)) %" : "\(tenths / 10) %"
  }
}

/// A training set and the ratings that it must foretell.
public struct TestCase: Sendable {
  public let training: TrainingSet
  /// Indices are those of the training set; -1 stands for a user or movie that it does not know.
  public let test: RatingTable

  public init(training: TrainingSet, test: RatingTable) {
    self.training = training
    self.test = test
  }

  public init(_ split: Split, of dataset: Dataset) {
    self.init(training: TrainingSet(split.training, of: dataset), test: split.test)
  }

  /// All of `dataset`'s ratings for training, all of `other`'s for the test, matched by source ids.
  public init(training dataset: Dataset, test other: Dataset) {
    let users = other.users.map { Int32(dataset.userIndex(of: $0.id) ?? -1) }
    let movies = other.movies.map { Int32(dataset.movieIndex(of: $0.id) ?? -1) }
    let ratings = other.allRatings
    self.init(
      training: TrainingSet(dataset.allRatings, of: dataset),
      test: RatingTable(
        users: ratings.users.map { users[Int($0)] }, movies: ratings.movies.map { movies[Int($0)] },
        values: ratings.values, times: ratings.times))
  }
}

extension EvaluationProtocol {
  /// The test cases of this protocol; `.given` has its own initializer in `TestCase`.
  public func testCases(of dataset: Dataset) -> [TestCase] {
    switch self {
    case .holdout(let fraction, let seed): [TestCase(dataset.holdout(fraction: fraction, seed: seed), of: dataset)]
    case .folds(let count, let seed): dataset.folds(count, seed: seed).map { TestCase($0, of: dataset) }
    case .validation, .given: [TestCase(Split(training: dataset.ratings, test: dataset.validation), of: dataset)]
    }
  }
}
