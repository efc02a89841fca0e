import LinearAlgebra
public import Ratings

/// SVD++: biased matrix factorization with implicit feedback from which movies a user rated.
///
/// Ratings are standardized, z = (r − mean) / σ, and modelled as
///
///     z_ui ≈ b_u + b_i + q_i · (p_u + n_u^−1/2 Σ_{j rated by u} y_j)
///
/// learned by stochastic gradient descent with frequency-scaled regularization. At the end each user's p_u and b_u are
/// put at the exact minimum for everything else as it is, so that a newcomer is treated as a member is. Only training
/// ratings are in the sums.
public struct SVDPlusPlusModel: TasteBackedModel {
  public static let descriptor = ModelDescriptor(
    name: "svdpp", family: "factorization", job: .stars,
    purpose:
      "Factorization that also hears which films someone chose to watch: better than “sgd” where ratings are few.",
    settings: DescentSettings.descriptors(
      factors: 38, epochs: 40, rate: 0.05, decay: 0.93, regularization: 1.2, bias: 0.6) + [
        ModelSetting(
          "implicit-rate", default: 0.05, in: 0.001...1, "learning rate of the implicit factors relative to the others"),
        ModelSetting(
          "implicit-regularization", default: 4, in: 0...100,
          "L2 regularization of the implicit factors, as “regularization”"),
      ],
    memory: ModelMemory(row: 1_400),
    reference:
      "Y. Koren: Factorization meets the neighborhood: a multifaceted collaborative filtering model. KDD 2008, equation 15"
  )
  public static let fileVersion: UInt32 = 1

  let core: TasteModel

  /// - Complexity: O(epochs x ratings x factors + users x factors³).
  public static func fit(_ training: TrainingSet, settings: ModelSettings, context: FitContext) -> SVDPlusPlusModel {
    let implicitRate = Float(settings["implicit-rate"])
    let implicitRegularization = Float(settings["implicit-regularization"])
    let settings = DescentSettings(settings, context: context)
    let standard = StandardizedRatings(training)
    let (descent, curve) = settings.learn(from: standard.byUser, deviation: standard.deviation) {
      ImplicitDescent(
        $0, settings: settings, implicitRate: implicitRate, implicitRegularization: implicitRegularization)
    }
    return SVDPlusPlusModel(
      core: TasteModel(
        solving: standard, factors: MovieFactors(factorCount: settings.factorCount, rows: descent.movies),
        implicit: descent.implicit, settings: settings, scale: training.scale, curve: curve))
  }

  init(core: TasteModel) { self.core = core }
}
