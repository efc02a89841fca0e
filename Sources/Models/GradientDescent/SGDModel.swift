public import BinaryFiles
import LinearAlgebra
public import Ratings

/// Biased matrix factorization by stochastic gradient descent.
///
/// Ratings are standardized, z = (r − mean) / σ. Rating by rating, users' and movies' rows step down the gradient of
///
///     Σ_rated (z_ui − b_u − b_i − p_u · q_i)² + λ Σ_u √n_u |p_u|² + λ Σ_i √n_i |q_i|² + the same for the biases
///
/// with n_u and n_i the numbers of ratings: frequency-scaled regularization. At the end each user's row is put at the
/// exact minimum for the movies' rows as they are, so that a newcomer is treated as a member is. A movie without
/// ratings gets the user's mean, a user without ratings the movie's.
public struct SGDModel: Recommender, HasLearningCurve {
  public static let descriptor = ModelDescriptor(
    name: "sgd", family: "factorization", job: .stars,
    purpose:
      "Tastes as a few factors, learned rating by rating: the classic of the Netflix Prize, with its learning curve.",
    settings: DescentSettings.descriptors(
      factors: 62, epochs: 40, rate: 0.05, decay: 0.93, regularization: 1, bias: 0.6),
    reference:
      "Y. Koren, R. Bell, C. Volinsky: Matrix factorization techniques for recommender systems. IEEE Computer 42(8), 2009; in blocks as in R. Gemulla et al., KDD 2011"
  )
  public static let fileVersion: UInt32 = 1

  let core: TasteModel
  public var learningCurve: [LearningPoint] { core.learningCurve }

  /// - Complexity: O(epochs x ratings x factors + users x factors³).
  public static func fit(_ training: TrainingSet, settings: ModelSettings, context: FitContext) -> SGDModel {
    let settings = DescentSettings(settings, context: context)
    let standard = StandardizedRatings(training)
    let (descent, curve) = settings.learn(from: standard.byUser, deviation: standard.deviation) {
      FactorDescent($0, settings: settings)
    }
    return SGDModel(
      core: TasteModel(
        solving: standard, factors: MovieFactors(factorCount: settings.factorCount, rows: descent.movies),
        settings: settings, scale: training.scale, curve: curve))
  }

  public var movieCount: Int { core.factors.movieCount }

  public func profile(ofUser user: Int, ratings: [MovieRating]) -> UserProfile {
    UserProfile(ratings: ratings, vector: Array(core.userVectors[row: user]))
  }

  /// The exact solution of the user's regression.
  public func foldIn(_ ratings: [MovieRating]) -> UserProfile { core.foldIn(ratings) }

  public func predict(_ profile: UserProfile, movie: Int?) -> Float { core.predict(profile, movie: movie) }

  public func score(_ profiles: [UserProfile], into scores: UnsafeMutableBufferPointer<Float>) {
    core.factors.score(profiles, into: scores)
  }

  public func similarMovies(to movie: Int, count: Int) -> [ScoredMovie] {
    core.directions.similar(to: movie, count: count)
  }

  /// None: factors have no ratings to point at.
  public func reasons(for movie: Int, profile: UserProfile, count: Int) -> [ScoredMovie] { [] }

  public func save(to writer: inout BinaryWriter) { core.save(to: &writer) }

  public init(from reader: inout BinaryReader) throws(BinaryFileError) { core = try TasteModel(from: &reader) }

  init(core: TasteModel) { self.core = core }
}
