import LinearAlgebra
public import Ratings

extension EaseModel {
  /// - Complexity: O(Σ of row lengths² + min(users, movies)³) time, O(min(users, movies)²) memory.
  public static func fit(_ training: TrainingSet, settings: ModelSettings, context: FitContext) -> EaseModel {
    fit(training, settings: settings, context: context, largestSide: largestSide)
  }

  /// `fit` with another limit on the inverted matrix.
  package static func fit(
    _ training: TrainingSet, settings: ModelSettings, context: FitContext, largestSide: Int
  ) -> EaseModel {
    let positives = PositiveRatings(training, from: settings["positive-from"])
    let byUser = positives.byUser
    let byMovie = byUser.transposed()
    let lambda = Float(settings["lambda"])
    let users = (0..<byUser.rowCount).filter { byUser.count(ofRow: $0) > 0 }
    let movies = (0..<byMovie.rowCount).filter { byMovie.count(ofRow: $0) > 0 }
    let form: Form
    let averageScores: [Float]
    if users.count < movies.count, users.count <= largestSide {
      let kernel = UserKernel(
        byUser: byUser, byMovie: byMovie, users: users.map { Int32($0) }, lambda: lambda, threads: context.threads)
      form = .users(kernel)
      averageScores = kernel.averageScores()
    } else {
      // Where both sides are too large, the most rated movies; of equally rated ones the first.
      let kept = movies.sorted { (byMovie.count(ofRow: $1), $0) < (byMovie.count(ofRow: $0), $1) }.prefix(largestSide)
      let inverse = MovieInverse(
        byUser: byUser, byMovie: byMovie, movies: kept.sorted().map { Int32($0) }, lambda: lambda,
        threads: context.threads)
      form = .movies(inverse)
      averageScores = inverse.averageScores(byMovie: byMovie, userCount: users.count)
    }
    return EaseModel(threshold: positives.threshold, form: form, averageScores: averageScores)
  }
}
