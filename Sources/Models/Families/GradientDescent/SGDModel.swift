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
public struct SGDModel: TasteBackedModel {
  public static let descriptor = ModelDescriptor(
    name: "sgd", family: "factorization", job: .stars,
    purpose:
      "Tastes as a few factors, learned rating by rating: the classic of the Netflix Prize, with its learning curve.",
    settings: DescentSettings.descriptors(
      factors: 62, epochs: 40, rate: 0.05, decay: 0.93, regularization: 1, bias: 0.6),
    memory: ModelMemory(row: 1_500),
    reference:
      "Y. Koren, R. Bell, C. Volinsky: Matrix factorization techniques for recommender systems. IEEE Computer 42(8), 2009; in blocks as in R. Gemulla et al., KDD 2011"
  )
  public static let fileVersion: UInt32 = 1

  let core: TasteModel

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

  init(core: TasteModel) { self.core = core }
}
