public import Models
import Ratings

extension RankingMetrics {
  /// Ranks the whole catalogue for every user who has a movie in the test part.
  public init(of model: any Recommender, on testCase: TestCase, k: Int, context: FitContext) {
    let training = testCase.training
    var relevant = [Set<Int32>](repeating: [], count: training.userCount)
    for row in 0..<testCase.test.count where testCase.test.users[row] >= 0 && testCase.test.movies[row] >= 0 {
      relevant[Int(testCase.test.users[row])].insert(testCase.test.movies[row])
    }
    let users = relevant.indices.filter { !relevant[$0].isEmpty }
    let lists = Self.lists(of: model, users: users, training: training, k: k, context: context)
    self.init(
      lists: lists.map { $0.map(\.movie) }, relevant: users.map { relevant[$0] }, k: k,
      movieCount: training.movieCount)
  }

  private static func lists(
    of model: some Recommender, users: [Int], training: TrainingSet, k: Int, context: FitContext
  ) -> [[ScoredMovie]] {
    TopMovies(count: k).lists(by: model, userCount: users.count, threads: context.threads) {
      model.profile(ofUser: users[$0], ratings: training.ratings(ofUser: users[$0]))
    }
  }
}
