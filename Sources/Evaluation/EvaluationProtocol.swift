/// How a data set is split for evaluation.
public enum EvaluationProtocol: Sendable, Equatable {
  /// A random fraction of all ratings is the test set.
  case holdout(fraction: Double, seed: UInt64)
  /// A random fraction of each user's ratings, rounded down, is the test set.
  case holdoutPerUser(fraction: Double, seed: UInt64)
  /// Each of `count` random folds is the test set once.
  case folds(count: Int, seed: UInt64)
  /// The latest rating of each user who has two or more; among equally late or undated ones, one chosen by a hash.
  case leaveOneOut(seed: UInt64)
  /// A random fraction of the users with five ratings or more is held out of the training set. They are folded in with
  /// four fifths of their ratings and are tested on the rest (Liang et al. 2018).
  case strongGeneralisation(fraction: Double, seed: UInt64)
  /// The last fraction of the ratings by date; ties are resolved by a hash.
  case chronological(fraction: Double, seed: UInt64)
  /// The test set is a separate file.
  case given(name: String)
  /// The data set has its own validation set.
  case validation

  /// The description shown with every figure.
  public var description: String {
    switch self {
    case .holdout(let fraction, let seed): "random holdout of \(Self.percent(fraction)) of the ratings, seed \(seed)"
    case .holdoutPerUser(let fraction, let seed):
      "random holdout of \(Self.percent(fraction)) of each user's ratings, seed \(seed)"
    case .folds(let count, let seed): "\(count) random folds, mean, seed \(seed)"
    case .leaveOneOut(let seed): "leave one out: the latest rating of each user, ties and undated ones by seed \(seed)"
    case .strongGeneralisation(let fraction, let seed):
      "strong generalisation: \(Self.percent(fraction)) of the users unknown to the model, folded in with 80 % of their ratings, tested on the rest, seed \(seed)"
    case .chronological(let fraction, let seed):
      "chronological: the last \(Self.percent(fraction)) of the ratings by date, ties by seed \(seed)"
    case .given(let name): "given test file \(name), its pairs taken out of the training part"
    case .validation: "the data set's own validation part"
    }
  }

  private static func percent(_ fraction: Double) -> String {
    let tenths = (fraction * 1000).rounded()
    return tenths.truncatingRemainder(dividingBy: 10) == 0 ? "\(Int(tenths / 10)) %" : "\(tenths / 10) %"
  }
}
