public import BinaryFiles
public import Ratings

/// What every model does: fit, score movies for a user, fold in new users, similar movies, files.
///
/// Optional capabilities are separate protocols: `RatingPredictor` (stars, by date, with probabilities),
/// `ExplainingRecommender` (reasons), `WarmStartingRecommender` (a second fit that continues a first),
/// `SelfTuningRecommender` (settings that a model tunes itself), `BlendingRecommender` (built from other models),
/// `HasProductForm` and `HasLearningCurve`. `ModelDescriptor` has the rest: names, settings, traits, memory.
///
/// A model for the task `.stars` predicts ratings within the scale; one for `.lists` scores movies for a ranking, and
/// its scores have no unit. Models are immutable values once fitted.
///
/// A user is a `UserProfile`: members of the training set and new users are handled the same way. Whether seen movies
/// stay in a list is decided by the code that makes the list (`TopMovies`), not by the model: `score` scores all movies.
public protocol Recommender: Sendable {
  /// Name, family, purpose and settings, as printed by `marquee models`.
  static var descriptor: ModelDescriptor { get }

  /// The version of the layout that `save` writes: incremented with every change.
  static var fileVersion: UInt32 { get }

  /// Learns from `training`. The same training set, settings and seed give the same bits for any number of threads.
  ///
  /// Any training set is valid: with no, one or equal ratings, with users and movies without any.
  static func fit(_ training: TrainingSet, settings: ModelSettings, context: FitContext) throws -> Self

  var movieCount: Int { get }

  /// The profile of a user of the training set. `ratings` are the user's ratings in the training set, by
  /// movie.
  func profile(ofUser user: Int, ratings: [MovieRating]) -> UserProfile

  /// The profile of a new user with these ratings (by movie, each once), without retraining. No ratings give
  /// the average user.
  func foldIn(_ ratings: [MovieRating]) -> UserProfile

  /// The predicted rating in stars, within the scale, or the ranking score for a model for `.lists`. Nil is a movie that
  /// is not in the catalogue: it gets the model's fallback. Never a NaN.
  func predict(_ profile: UserProfile, movie: Int?) -> Float

  /// `predict` for every movie: row *p* of `scores` (profiles x `movieCount`, row-major) is for `profiles[p]`.
  /// For a stars model the scores are not clamped to the scale, so that they still distinguish the best.
  func score(_ profiles: [UserProfile], into scores: UnsafeMutableBufferPointer<Float>)

  /// The movies most similar to `movie`, best first, without itself; fewer than `count` if no more are known.
  func similarMovies(to movie: Int, count: Int) -> [ScoredMovie]

  /// `similarMovies(to:count:)` for each of `movies`, in their order: the same bits, and much faster if the model
  /// works with blocks of movies.
  func similarMovies(toEach movies: Range<Int>, count: Int) -> [[ScoredMovie]]

  /// The same model without per-user state, if that can be dropped: users are folded in like
  /// new users. The size of the rest does not grow with their number.
  func withoutUsers() -> Self

  /// Writes what `init(from:)` reads.
  func save(to writer: inout BinaryWriter)

  /// Reads a fitted model.
  init(from reader: inout BinaryReader) throws(BinaryFileError)
}

extension Recommender {
  public func withoutUsers() -> Self { self }

  public func similarMovies(toEach movies: Range<Int>, count: Int) -> [[ScoredMovie]] {
    movies.map { similarMovies(to: $0, count: count) }
  }
}
