public import BinaryFiles
public import Ratings

/// What every model does: fit, score movies for a user, fold newcomers in, similar movies, files.
///
/// What only some do stands in protocols of its own: `RatingPredictor` (stars, by date, with probabilities),
/// `ExplainingRecommender` (reasons), `WarmStartingRecommender` (a second fit that goes on from a first),
/// `SelfTuningRecommender` (settings that a model chooses itself), `BlendingRecommender` (made of other models),
/// `HasProductForm` and `HasLearningCurve`. `ModelDescriptor` says the rest: names, settings, traits, memory.
///
/// A model of job `.stars` predicts ratings within the scale; one of job `.lists` scores movies for a ranking, and
/// its scores have no unit. Models are immutable values once fitted.
///
/// A user is a `UserProfile`: members of the training set and newcomers take the same path. Whether seen movies
/// stay in a list is decided by whoever makes the list (`TopMovies`), not by the model: `score` scores all movies.
public protocol Recommender: Sendable {
  /// Name, family, purpose, settings: what `marquee models` prints.
  static var descriptor: ModelDescriptor { get }

  /// The version of the layout that `save` writes: rises with every change of it.
  static var fileVersion: UInt32 { get }

  /// Learns from `training`. The same training set, settings and seed give the same bits for any number of threads.
  ///
  /// Any training set gives a model: none, one or equal ratings, users and movies without any.
  static func fit(_ training: TrainingSet, settings: ModelSettings, context: FitContext) throws -> Self

  var movieCount: Int { get }

  /// What the model knows of a user it was fitted with. `ratings` are the user's ratings in the training set, by
  /// movie.
  func profile(ofUser user: Int, ratings: [MovieRating]) -> UserProfile

  /// What the model makes of a newcomer's ratings (by movie, each once), without retraining. No ratings at all give
  /// the average user.
  func foldIn(_ ratings: [MovieRating]) -> UserProfile

  /// The predicted rating in stars, within the scale, or the ranking score for a model of job `.lists`. Nil is a movie that
  /// is not in the catalogue: it gets the model's fallback. Never a NaN.
  func predict(_ profile: UserProfile, movie: Int?) -> Float

  /// `predict` for every movie: row *p* of `scores` (profiles x `movieCount`, row-major) is for `profiles[p]`.
  /// For a stars model the scores are not clamped to the scale, so that they still tell the best apart.
  func score(_ profiles: [UserProfile], into scores: UnsafeMutableBufferPointer<Float>)

  /// The movies most similar to `movie`, best first, itself left out; fewer than `count` where no more are known.
  func similarMovies(to movie: Int, count: Int) -> [ScoredMovie]

  /// `similarMovies(to:count:)` for each of `movies`, in their order: the same bits, and much faster where the model
  /// works with blocks of movies.
  func similarMovies(toEach movies: Range<Int>, count: Int) -> [[ScoredMovie]]

  /// The same model without what it keeps of each user it was fitted with, where that can be left out: it folds them in like
  /// newcomers. The size of what is left does not grow with their number.
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
