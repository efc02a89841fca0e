public import LinearAlgebra
public import Models
public import Ratings

/// Predictions for many pairs of user and movie.
public enum Prediction {
  /// What `model` predicts for each pair, in order. Indices below zero stand for unknown users (who are treated as
  /// newcomers without ratings) and unknown movies.
  ///
  /// - Complexity: one profile for each run of pairs with the same user, one prediction for each pair.
  public static func values(
    by model: any Recommender, users: [Int32], movies: [Int32], training: TrainingSet, threads: ThreadCount
  ) -> [Float] {
    predict(model, users: users, movies: movies, training: training, threads: threads)
  }

  private static func predict(
    _ model: some Recommender, users: [Int32], movies: [Int32], training: TrainingSet, threads: ThreadCount
  ) -> [Float] {
    let blockSize = 512
    let stranger = model.foldIn([])
    let blocks = threads.map((users.count + blockSize - 1) / blockSize) { block in
      var profile = stranger
      var profileUser: Int32 = -1
      return (block * blockSize..<min(users.count, (block + 1) * blockSize)).map { row in
        let user = users[row]
        if user != profileUser {
          profileUser = user
          profile =
            user < 0 ? stranger : model.profile(ofUser: Int(user), ratings: training.ratings(ofUser: Int(user)))
        }
        return model.predict(profile, movie: movies[row] < 0 ? nil : Int(movies[row]))
      }
    }
    return blocks.flatMap { $0 }
  }
}
