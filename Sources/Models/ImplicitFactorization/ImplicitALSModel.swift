import LinearAlgebra
public import Ratings

/// Lists from a factorization of who liked what, fitted by alternating least squares: iALS.
///
/// `ImplicitEquations` says what is minimized. Both sides' rows are solved in turn; with more factors than `block`, a block of
/// factors at a time (iALS++), and the users exactly at the end. A movie without likes scores 0.
public struct ImplicitALSModel: FactorListModel {
  public static let descriptor = ModelDescriptor(
    name: "ials", family: "factorization", job: .lists,
    purpose: "Lists from a factorization of likes: strong at every size of data, and it folds newcomers in exactly.",
    settings: [
      ModelSetting("factors", default: 64, in: 1...1024, isWhole: true, "length of each movie's and user's vector"),
      ModelSetting("sweeps", default: 12, in: 1...200, isWhole: true, "alternations between users and movies"),
      ModelSetting("block", default: 64, in: 8...1024, isWhole: true, "factors that are solved for at once"),
    ] + ModelSetting.implicitWeights(unobserved: 0, regularization: 8) + ModelSetting.listSignal,
    reference:
      "Y. Hu, Y. Koren, C. Volinsky: Collaborative filtering for implicit feedback datasets. ICDM 2008; S. Rendle, W. Krichene, L. Zhang, Y. Koren: Revisiting the performance of iALS on item recommendation benchmarks. RecSys 2022; iALS++, 2021"
  )
  public static let fileVersion: UInt32 = 1

  public let factors: ListFactors

  public init(factors: ListFactors) { self.factors = factors }

  /// - Complexity: O(sweeps x (likes x factors x block + (users + movies) x factors x (factors + block²))).
  public static func fit(_ training: TrainingSet, settings: ModelSettings, context: FitContext) -> ImplicitALSModel {
    let signal = ListSignal(training, settings: settings)
    let byUser = signal.likes(in: training)
    let byMovie = byUser.transposed()
    let factorCount = Int(settings["factors"])
    let weights = ImplicitWeights(settings, movieCount: training.movieCount)
    let stride = ImplicitEquations.stride(factorCount: factorCount)
    let block = min(stride, ImplicitEquations.stride(factorCount: Int(settings["block"])))
    let blockSize = block < stride ? block : nil
    let spread = 0.1 / Double(factorCount).squareRoot()
    let random = { (rows: Int, stream: UInt64) in
      Matrix.randomFactors(rows: rows, factorCount: factorCount, spread: spread, seed: context.seed, stream: stream)
    }
    var users = random(byUser.rowCount, 1)
    var movies = random(byMovie.rowCount, 2)
    for _ in 0..<Int(settings["sweeps"]) {
      let forUsers = ImplicitEquations(others: movies, factorCount: factorCount, weights: weights)
      users.solve(byUser, with: forUsers, blockSize: blockSize, threads: context.threads)
      let forMovies = ImplicitEquations(others: users, factorCount: factorCount, weights: weights)
      movies.solve(byMovie, with: forMovies, blockSize: blockSize, threads: context.threads)
    }
    return ImplicitALSModel(
      factors: ListFactors(
        signal: signal, training: training, movies: movies,
        factorCount: factorCount, weights: weights, threads: context.threads))
  }
}
