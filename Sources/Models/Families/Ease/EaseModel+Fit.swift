import LinearAlgebra
public import Ratings

extension EaseModel {
  /// Unset settings are tuned first (`choosing`).
  ///
  /// - Complexity: O(Σ of row lengths² + min(users, movies)³) time, O(min(users, movies)²) memory.
  public static func fit(
    _ training: TrainingSet, settings: ModelSettings, context: FitContext
  ) throws -> EaseModel {
    fit(training, exactly: try choosing(settings, for: training, context: context), context: context)
  }

  public static func fit(
    _ training: TrainingSet, exactly settings: ModelSettings, context: FitContext
  ) -> EaseModel {
    fit(training, settings: settings, context: context, largestSide: largestSide)
  }

  /// `fit` with these settings as they are and another limit on the inverted matrix.
  package static func fit(
    _ training: TrainingSet, settings: ModelSettings, context: FitContext, largestSide: Int
  ) -> EaseModel {
    let signal = ListSignal(training, settings: settings)
    let all = signal.likes(in: training)
    let users = (0..<all.rowCount).filter { all.count(ofRow: $0) > 0 }
    var isLiked = [Bool](repeating: false, count: all.columnCount)
    for movie in all.columns { isLiked[Int(movie)] = true }
    let movies = isLiked.indices.filter { isLiked[$0] }
    // Sessions need the movie form. They are worth the larger matrix as long as it is fast.
    let invertsUsers =
      users.count < movies.count && users.count <= largestSide && movies.count > min(largestSide, Sessions.mostMovies)
    let sessions = invertsUsers ? nil : Sessions(of: all, in: training, settings: settings)
    let features = MovieFeatures(training, includesTags: false)
    let likes = WeightedLikes(all, sessions: sessions, features: features, settings: settings)
    let form: Form
    let averageScores: [Float]
    if sessions == nil, users.count < movies.count, users.count <= largestSide {
      let rows = users + Array(all.rowCount..<likes.byUser.rowCount)
      let kernel = UserKernel(likes, users: rows.map { Int32($0) }, threads: context.threads)
      form = .users(kernel)
      averageScores = kernel.averageScores(counts: likes.counts, userCount: users.count)
    } else {
      // Where both sides are too large, the most rated movies; the first of equally rated ones.
      let kept = movies.sorted {
        (likes.counts[$1], $0) < (likes.counts[$0], $1)
      }.prefix(largestSide)
      let inverse = MovieInverse(likes, movies: kept.sorted().map { Int32($0) }, threads: context.threads)
      form = .movies(inverse)
      averageScores = inverse.averageScores(counts: likes.counts, userCount: users.count)
    }
    return EaseModel(
      signal: signal, form: form, averageScores: averageScores, chosenSettings: chosen(settings))
  }
}
