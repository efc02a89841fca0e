import LinearAlgebra
import Ratings

/// How pairs of a liked movie and another are drawn and weighed.
enum PairwiseLoss: Sendable {
  /// One other movie, drawn evenly; its weight is how wrong the order is: 1 / (1 + e^difference) (Rendle et al. 2009).
  case bpr
  /// Others are drawn until one is not a margin of 1 behind; its weight grows with the rank that the number of draws
  /// tells of (Weston et al. 2011).
  case warp
}

/// Stochastic gradient descent on pairs of movies: score(u, i) = b_i + p_u'y_i with y_i the movie's own factors plus those of
/// its features.
///
/// One thread and one order, drawn by (seed, epoch): the bits do not depend on the machine's cores.
struct PairwiseFit: Sendable {
  let loss: PairwiseLoss
  let factorCount: Int
  let epochs: Int
  let learningRate: Float
  let regularization: Float
  /// The most others that WARP draws for a like.
  static let mostDraws = 30

  init(_ loss: PairwiseLoss, settings: ModelSettings) {
    self.loss = loss
    factorCount = Int(settings["factors"])
    epochs = Int(settings["epochs"])
    learningRate = Float(settings["learning-rate"])
    regularization = Float(settings["sgd-regularization"])
  }

  static func settings(epochs: Double, learningRate: Double, regularization: Double) -> [ModelSetting] {
    [
      ModelSetting("factors", default: 64, in: 1...512, isWhole: true, "number of latent factors"),
      ModelSetting("epochs", default: epochs, in: 1...500, isWhole: true, "passes over the likes"),
      ModelSetting(
        "learning-rate", default: learningRate, in: 0.0001...1, "initial learning rate; it falls to a tenth"),
      ModelSetting(
        "sgd-regularization", default: regularization, in: 0...1, "L2 regularization of each step"),
    ]
  }
}
