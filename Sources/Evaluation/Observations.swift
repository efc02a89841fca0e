public import Models
import Ratings

/// The output of a model for one test case.
public enum Observations: Sendable {
  /// Stars for each test rating, in order.
  case predictions([Float])
  /// For each of `users`, as `TestCase` counts them, a list with scores, best first. With candidate lists, a user can occur
  /// more than once.
  case lists(users: [Int32], lists: [[ScoredMovie]])
}

/// What one user's test ratings contribute to a figure: `sum` over `weight` is that user's own figure.
///
/// For stars, `sum` is the sum of squared errors and `weight` the number of ratings; for lists, `sum` is nDCG and `weight` is 1.
public struct UserFigure: Sendable, Equatable {
  /// As `TestCase` counts them.
  public var user: Int32
  /// Of squared errors, in squared stars, or of nDCG.
  public var sum: Double
  /// What `sum` is divided by, more than 0.
  public var weight: Double
}

extension Observations {
  /// What each user contributes to the figure used for comparison, sorted by user.
  ///
  /// - Parameter k: the list length.
  func userFigures(on testCase: TestCase, relevant: [Set<Int32>], k: Int) -> [UserFigure] {
    var figures: [Int32: UserFigure] = [:]
    switch self {
    case .predictions(let predicted):
      for (row, predicted) in predicted.enumerated() {
        let error = Double(predicted) - Double(testCase.test.values[row])
        figures[testCase.test.users[row], default: UserFigure(user: testCase.test.users[row], sum: 0, weight: 0)]
          .add(error * error)
      }
    case .lists(let users, let lists):
      for (index, user) in users.enumerated() where !relevant[index].isEmpty {
        let list = lists[index].map(\.movie)
        let metrics = RankingMetrics(lists: [list], relevant: [relevant[index]], k: k, movieCount: 0)
        figures[user, default: UserFigure(user: user, sum: 0, weight: 0)].add(metrics.ndcg)
      }
    }
    return figures.values.sorted { $0.user < $1.user }
  }
}

extension UserFigure {
  fileprivate mutating func add(_ value: Double) {
    sum += value
    weight += 1
  }
}
