/// Why a data set cannot be divided as asked.
public enum EvaluationError: Error, Equatable {
  case noDates
  case nothingToTest(protocol: String)
}

extension EvaluationError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noDates:
      "the ratings have no dates, so there is no last part of them; choose a random split such as --folds 5 or --holdout 0.1"
    case .nothingToTest(let words):
      "no rating is left to test with (\(words)); choose a larger share, another split or more data"
    }
  }
}
