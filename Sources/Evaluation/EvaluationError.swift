/// Why a data set cannot be split as requested.
public enum EvaluationError: Error, Equatable {
  case noDates
  case nothingToTest(protocol: String)
}

extension EvaluationError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noDates:
      "the ratings have no dates, so they cannot be split by date; choose a random split such as --folds 5 or --holdout 0.1"
    case .nothingToTest(let words):
      "no rating is left for the test set (\(words)); choose a larger share, another split or more data"
    }
  }
}
