public import LinearAlgebra
public import Models
public import Ratings

/// Predictions for many pairs of user and movie.
public enum Prediction {
  /// What `model` predicts for each pair, in order. Indices below zero stand for unknown users (treated as
  /// users without ratings) and unknown movies.
  ///
  /// - Parameter times: the timestamp of each rating, in seconds since 1970; empty or 0 where unknown.
  /// - Complexity: one profile for each run of pairs of the same user, one prediction for each pair.
  public static func values(
    by model: any Recommender, users: [Int32], movies: [Int32], times: [UInt32] = [], training: TrainingSet,
    threads: ThreadCount
  ) -> [Float] {
    let pairs = RatingTable(
      users: users, movies: movies, values: [Float](repeating: 0, count: users.count),
      times: times.isEmpty ? [UInt32](repeating: 0, count: users.count) : times)
    return values(by: model, on: TestCase(training: training, test: pairs), threads: threads)
  }

  /// The predictions of `model` for all test ratings, at their timestamps.
  public static func values(by model: any Recommender, on testCase: TestCase, threads: ThreadCount) -> [Float] {
    guard let model = model as? any RatingPredictor else {
      return forEachRating(model, testCase, threads) { model, profile, movie, _ in model.predict(profile, movie: movie)
      }
    }
    return forEachRating(model, testCase, threads) { model, profile, movie, time in
      model.predict(profile, movie: movie, time: time)
    }
  }

  /// The probabilities that `model` gives to the levels of each test rating; nil for models that give none.
  public static func probabilities(
    by model: any Recommender, on testCase: TestCase, threads: ThreadCount
  ) -> [RatingDistribution]? {
    let scale = testCase.training.scale
    guard !testCase.test.isEmpty, let model = model as? any RatingPredictor,
      model.probabilities(model.foldIn([]), movie: nil, time: 0) != nil
    else { return nil }
    let probabilities = forEachRating(model, testCase, threads) { model, profile, movie, time in
      model.probabilities(profile, movie: movie, time: time)
    }
    let known = probabilities.compactMap {
      $0.flatMap { $0.count == scale.levelCount ? RatingDistribution($0, scale: scale) : nil }
    }
    return known.count == probabilities.count ? known : nil
  }

  private static func forEachRating<Model: Recommender, Result: Sendable>(
    _ model: Model, _ testCase: TestCase, _ threads: ThreadCount,
    _ body: @Sendable (Model, UserProfile, Int?, UInt32) -> Result
  ) -> [Result] {
    let blockSize = 512
    let test = testCase.test
    let blocks = threads.map((test.count + blockSize - 1) / blockSize) { block in
      var profile = model.foldIn([])
      var profileUser: Int32 = -1
      return (block * blockSize..<min(test.count, (block + 1) * blockSize)).map { row in
        if test.users[row] != profileUser {
          profileUser = test.users[row]
          profile = testCase.profile(ofUser: profileUser, by: model)
        }
        return body(model, profile, test.movies[row] < 0 ? nil : Int(test.movies[row]), test.times[row])
      }
    }
    return blocks.flatMap { $0 }
  }
}
