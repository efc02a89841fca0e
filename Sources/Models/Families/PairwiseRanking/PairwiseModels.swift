import LinearAlgebra
public import Ratings

/// Lists from a factorization that learns to put what someone likes before what they do not: BPR.
///
/// Movies are their own factors plus those of their genres, decade and tags, so that a movie without ratings is near similar
/// ones. Users, members and new ones alike, are the least-squares solution over the finished movies (`ListFactors`).
public struct BPRModel: FactorListModel {
  public static let descriptor = ModelDescriptor(
    name: "bpr", family: "pairwise", job: .lists,
    purpose: "Lists that learn from pairs, liked before not liked, and place new films by genre, decade and tags.",
    settings: PairwiseFit.settings(epochs: 40, learningRate: 0.1, regularization: 0.01)
      + ModelSetting.implicitWeights(unobserved: 0.01, regularization: 300) + ModelSetting.listSignal,
    memory: ModelMemory(row: 1_400),
    reference:
      "S. Rendle, C. Freudenthaler, Z. Gantner, L. Schmidt-Thieme: BPR: Bayesian personalized ranking from implicit feedback. UAI 2009"
  )
  public static let fileVersion: UInt32 = 2

  /// Those of users and movies.
  public let factors: ListFactors

  /// A model with these factors.
  public init(factors: ListFactors) { self.factors = factors }

  public static func fit(_ training: TrainingSet, settings: ModelSettings, context: FitContext) -> BPRModel {
    BPRModel(factors: ListFactors(.bpr, training, settings: settings, context: context))
  }
}

/// Lists from a factorization that learns most from ranking errors near the top: WARP.
///
/// As `BPRModel`, but of the movies that someone does not like it looks for one that is ranked too high, and takes a step by how high.
public struct WARPModel: FactorListModel {
  public static let descriptor = ModelDescriptor(
    name: "warp", family: "pairwise", job: .lists,
    purpose: "Lists that learn most from mistakes near the top, and place new films by genre, decade and tags.",
    settings: PairwiseFit.settings(epochs: 20, learningRate: 0.03, regularization: 0.03)
      + ModelSetting.implicitWeights(unobserved: 0.01, regularization: 300) + ModelSetting.listSignal,
    memory: ModelMemory(row: 1_400),
    reference:
      "J. Weston, S. Bengio, N. Usunier: WSABIE: scaling up to large vocabulary image annotation. IJCAI 2011; features as in M. Kula: Metadata embeddings for user and item cold-start recommendations. CBRecSys 2015"
  )
  public static let fileVersion: UInt32 = 2

  /// Those of users and movies.
  public let factors: ListFactors

  /// A model with these factors.
  public init(factors: ListFactors) { self.factors = factors }

  public static func fit(_ training: TrainingSet, settings: ModelSettings, context: FitContext) -> WARPModel {
    WARPModel(factors: ListFactors(.warp, training, settings: settings, context: context))
  }
}

extension ListFactors {
  fileprivate init(
    _ loss: PairwiseLoss, _ training: TrainingSet, settings: ModelSettings, context: FitContext
  ) {
    let signal = ListSignal(training, settings: settings)
    let fit = PairwiseFit(loss, settings: settings)
    let (movies, users, biases) = fit.run(
      likes: signal.likes(in: training), features: MovieFeatures(training), seed: context.seed)
    self.init(
      signal: signal, training: training, movies: movies, biases: biases, factorCount: fit.factorCount,
      weights: ImplicitWeights(settings, movieCount: training.movieCount), threads: context.threads)
    // The descent's user vectors are longer than the least-squares ones by some factor; the biases are cut by it to
    // keep their share in the scores.
    let pairs = zip(self.users.copy().values, users.values)
    let own = pairs.reduce(0.0) { $0 + Double($1.0) * Double($1.0) }
    let both = pairs.reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
    let stretch = own > 0 ? Float(both / own) : 1
    if stretch > 1e-3, stretch.isFinite { self.biases = biases.map { $0 / stretch } }
  }
}
