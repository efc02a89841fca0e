public import BinaryFiles
public import LinearAlgebra
public import Ratings

/// The contract of every model: fit, predict stars or score for lists, similar movies, reasons, newcomers, files.
///
/// A model of job `.stars` predicts ratings within the scale; one of job `.lists` scores movies for a ranking, and
/// its scores have no unit. Either does everything here. Models are immutable values once fitted.
///
/// A user is a `UserProfile`: members of the training set and newcomers take the same path. Whether seen movies
/// stay in a list is decided by whoever makes the list (`Precompute`), not by the model: `score` scores all movies.
public protocol Recommender: Sendable {
  /// Name, family, purpose, settings: what `marquee models` prints.
  static var descriptor: ModelDescriptor { get }

  /// The version of the layout that `save` writes: rises with every change of it.
  static var fileVersion: UInt32 { get }

  /// Learns from `training`. The same training set, settings and seed give the same bits for any number of threads.
  ///
  /// Any training set gives a model: none, one or equal ratings, users and movies without any.
  static func fit(_ training: TrainingSet, settings: ModelSettings, context: FitContext) throws -> Self

  /// Fits to a part of `ratingCount` ratings, to be measured on the rest, and keeps what a fit to all of them can begin
  /// with.
  static func fitPart(
    _ part: TrainingSet, of ratingCount: Int, settings: ModelSettings, context: FitContext
  ) throws -> FittedPart

  /// Fits to `whole`: the same users and movies, the ratings of `part` and more. A model whose learning can go on from
  /// where it stood saves time by it.
  static func fit(
    _ whole: TrainingSet, goingOnFrom part: FittedPart, settings: ModelSettings, context: FitContext
  ) throws -> Self

  /// Fits to `part` and to `whole`; the model of the part never sees the rest.
  ///
  /// - Parameter others: models that were fitted so already, by name. One that builds on other models takes them over.
  static func fitTwice(
    part: TrainingSet, whole: TrainingSet, settings: ModelSettings, context: FitContext, others: [String: FittedTwice]
  ) throws -> FittedTwice

  var movieCount: Int { get }

  /// The values of settings that the model chose itself on its training data, as nobody gave them; empty for most models.
  var chosenSettings: [String: Double] { get }

  /// What the model knows of a user it was fitted with. `ratings` are the user's ratings in the training set, by
  /// movie.
  func profile(ofUser user: Int, ratings: [MovieRating]) -> UserProfile

  /// What the model makes of a newcomer's ratings (by movie, each once), without retraining. No ratings at all give
  /// the average user.
  func foldIn(_ ratings: [MovieRating]) -> UserProfile

  /// Predicted stars, within the scale, or the ranking score, for a model of job `.lists`. Nil is a movie that is
  /// not in the catalogue: it gets the model's fallback. Never a NaN.
  func predict(_ profile: UserProfile, movie: Int?) -> Float

  /// `predict` for a rating given at `time` (seconds since 1970; 0 where unknown). Models that know no dates ignore it.
  func predict(_ profile: UserProfile, movie: Int?, time: UInt32) -> Float

  /// The chance of each level of the rating scale, lowest first, summing to 1; nil for models that give none.
  func chances(_ profile: UserProfile, movie: Int?, time: UInt32) -> [Float]?

  /// `predict` for every movie: row *p* of `scores` (profiles x `movieCount`, row-major) is for `profiles[p]`.
  /// For a stars model the scores are not clamped to the scale, so that they still tell the best apart.
  func score(_ profiles: [UserProfile], into scores: UnsafeMutableBufferPointer<Float>)

  /// Nil where `score` is not such a product.
  var productForm: ProductForm? { get }

  /// The movies most similar to `movie`, best first, itself left out; fewer than `count` where no more are known.
  func similarMovies(to movie: Int, count: Int) -> [ScoredMovie]

  /// `similarMovies(to:count:)` for each of `movies`, in their order: the same bits, and much faster where the model
  /// works with blocks of movies.
  func similarMovies(toEach movies: Range<Int>, count: Int) -> [[ScoredMovie]]

  /// The ratings of the profile that speak most for `movie`, strongest first, with contributions to the score. Empty
  /// where the model does not depend on the user's ratings one by one.
  func reasons(for movie: Int, profile: UserProfile, count: Int) -> [ScoredMovie]

  /// `reasons(for:profile:count:)` for each of `movies`, in their order: the same bits, and faster where the model works with
  /// several movies at once.
  func reasons(forEach movies: [Int], profile: UserProfile, count: Int) -> [[ScoredMovie]]

  /// All reasons for each of `movies`, in no particular order.
  func contributions(toEach movies: [Int], profile: UserProfile) -> [[ScoredMovie]]

  /// The same model without what it keeps of each user it was fitted with, where that can be left out: it folds them in like
  /// newcomers. The size of what is left does not grow with their number.
  func withoutUsers() -> Self

  /// Writes what `init(from:)` reads.
  func save(to writer: inout BinaryWriter)

  /// Reads a fitted model.
  init(from reader: inout BinaryReader) throws(BinaryFileError)
}

/// A model fitted to a part of the ratings, and where its learning came to.
public struct FittedPart {
  public let model: any Recommender
  /// What the same model goes on from; nil where it begins anew.
  package let state: Any?

  package init(model: any Recommender, state: Any? = nil) {
    self.model = model
    self.state = state
  }
}

/// A model fitted to a part of the ratings and to all of them.
public struct FittedTwice: Sendable {
  public let part: any Recommender
  public let whole: any Recommender
  /// What it was fitted with; nil where nobody said.
  public var settings: ModelSettings?

  public init(part: any Recommender, whole: any Recommender, settings: ModelSettings? = nil) {
    self.part = part
    self.whole = whole
    self.settings = settings
  }
}

extension Recommender {
  public static func fitTwice(
    part: TrainingSet, whole: TrainingSet, settings: ModelSettings, context: FitContext, others: [String: FittedTwice]
  ) throws -> FittedTwice {
    let first = try fitPart(part, of: whole.ratingCount, settings: settings, context: context)
    return FittedTwice(
      part: first.model, whole: try fit(whole, goingOnFrom: first, settings: settings, context: context))
  }

  public static func fitPart(
    _ part: TrainingSet, of ratingCount: Int, settings: ModelSettings, context: FitContext
  ) throws -> FittedPart {
    FittedPart(model: try fit(part, settings: settings, context: context))
  }

  public static func fit(
    _ whole: TrainingSet, goingOnFrom part: FittedPart, settings: ModelSettings, context: FitContext
  ) throws -> Self {
    try fit(whole, settings: settings, context: context)
  }

  public var chosenSettings: [String: Double] { [:] }

  public func withoutUsers() -> Self { self }

  public func predict(_ profile: UserProfile, movie: Int?, time: UInt32) -> Float { predict(profile, movie: movie) }

  public func chances(_ profile: UserProfile, movie: Int?, time: UInt32) -> [Float]? { nil }

  public func similarMovies(toEach movies: Range<Int>, count: Int) -> [[ScoredMovie]] {
    movies.map { similarMovies(to: $0, count: count) }
  }

  public func reasons(forEach movies: [Int], profile: UserProfile, count: Int) -> [[ScoredMovie]] {
    movies.map { reasons(for: $0, profile: profile, count: count) }
  }

  public var productForm: ProductForm? { nil }

  public func contributions(toEach movies: [Int], profile: UserProfile) -> [[ScoredMovie]] {
    reasons(forEach: movies, profile: profile, count: profile.ratings.count)
  }
}

/// Scores that are products: that of movie i for a profile is `biases`[i] + its vector · row i of `movies`.
public struct ProductForm: Sendable {
  /// Movies x length of a profile's vector.
  public let movies: Matrix
  /// Empty where all are 0.
  public let biases: [Float]

  public init(movies: Matrix, biases: [Float] = []) {
    self.movies = movies
    self.biases = biases.contains { $0 != 0 } ? biases : []
  }
}

/// A user as a model sees them.
public struct UserProfile: Sendable {
  /// By movie.
  public var ratings: [MovieRating]
  /// What the model worked out of them: its layout is the model's own business.
  public var vector: [Float]

  public init(ratings: [MovieRating], vector: [Float] = []) {
    self.ratings = ratings
    self.vector = vector
  }
}

/// A movie with a score, a similarity or a contribution.
public struct ScoredMovie: Sendable, Equatable, BitwiseCopyable {
  public var movie: Int32
  public var score: Float

  public init(movie: Int32, score: Float) {
    self.movie = movie
    self.score = score
  }
}

/// What a fit needs besides data and settings.
public struct FitContext: Sendable {
  public var seed: UInt64
  public var threads: ThreadCount

  /// From so many ratings on a fit to all of them that begins at a fit to most of them is as good as one of its own: what is
  /// left to learn is small beside what was learned.
  package var manyRatings = 5_000_000

  public init(seed: UInt64 = 1, threads: ThreadCount = .allCores) {
    self.seed = seed
    self.threads = threads
  }
}
