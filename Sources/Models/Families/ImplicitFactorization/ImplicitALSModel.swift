import LinearAlgebra
public import Ratings

/// Lists from a factorization of who liked what, fitted by alternating least squares: iALS.
///
/// `ImplicitEquations` says what is minimized. Both sides' rows are solved in turn; with more factors than `block`, a block of
/// factors at a time (iALS++), and the users exactly at the end. A movie without likes scores 0.
public struct ImplicitALSModel: FactorListModel, WarmStartingRecommender, SelfTuningRecommender {
  public static let descriptor = ModelDescriptor(
    name: "ials", family: "factorization", job: .lists,
    purpose: "Lists from a factorization of likes: strong at every size of data, and it folds newcomers in exactly.",
    settings: [
      ModelSetting(
        "factors", default: 64, in: 1...1024, isWhole: true, isChosen: true, "number of latent factors"),
      ModelSetting("sweeps", default: 12, in: 1...200, isWhole: true, "alternations between users and movies"),
      ModelSetting("block", default: 64, in: 8...1024, isWhole: true, "factors solved for at once"),
    ] + ModelSetting.implicitWeights(unobserved: 0, regularization: 8, isChosen: true) + ModelSetting.listSignal,
    memory: ModelMemory(row: 2_400),
    reference:
      "Y. Hu, Y. Koren, C. Volinsky: Collaborative filtering for implicit feedback datasets. ICDM 2008; S. Rendle, W. Krichene, L. Zhang, Y. Koren: Revisiting the performance of iALS on item recommendation benchmarks. RecSys 2022; iALS++, 2021"
  )
  public static let fileVersion: UInt32 = 4

  /// Those of users and movies.
  public let factors: ListFactors
  public let chosenSettings: [String: Double]

  /// A model with these factors, whose settings were given.
  public init(factors: ListFactors) { self.init(factors: factors, chosenSettings: [:]) }

  init(factors: ListFactors, chosenSettings: [String: Double]) {
    self.factors = factors
    self.chosenSettings = chosenSettings
  }

  public func withoutUsers() -> ImplicitALSModel {
    ImplicitALSModel(factors: factors.withoutUsers(), chosenSettings: chosenSettings)
  }

  /// Unset settings are tuned first (`choosing`).
  ///
  /// - Complexity: O(sweeps x (likes x factors x block + (users + movies) x factors x (factors + block²))).
  public static func fit(
    _ training: TrainingSet, settings: ModelSettings, context: FitContext
  ) throws -> ImplicitALSModel {
    fit(training, exactly: try choosing(settings, for: training, context: context), context: context)
  }

  public static func fit(
    _ training: TrainingSet, exactly settings: ModelSettings, context: FitContext
  ) -> ImplicitALSModel {
    var fit = ImplicitFit(training, settings: settings, context: context)
    return fit.model(of: training, sweeps: Int(settings["sweeps"]))
  }

  public static func fitPart(
    _ part: TrainingSet, of ratingCount: Int, settings: ModelSettings, context: FitContext
  ) throws -> (model: ImplicitALSModel, learned: Learned) {
    let settings = try choosing(settings, for: part, context: context)
    var fit = ImplicitFit(part, settings: settings, context: context)
    let sweeps = Int(settings["sweeps"])
    let own = ratingCount >= context.manyRatings ? sweeps - lastSweeps(of: sweeps) : sweeps
    return (fit.model(of: part, sweeps: max(1, own)), Learned(factors: fit.factors, settings: settings))
  }

  /// For many ratings the second fit is warm-started from the first and does the last third of the sweeps.
  public static func fit(
    _ whole: TrainingSet, from learned: Learned, settings: ModelSettings, context: FitContext
  ) -> ImplicitALSModel {
    guard whole.ratingCount >= context.manyRatings else {
      return fit(whole, exactly: learned.settings, context: context)
    }
    var second = ImplicitFit(whole, settings: learned.settings, context: context)
    second.factors = learned.factors
    return second.model(of: whole, sweeps: lastSweeps(of: Int(settings["sweeps"])))
  }

  /// The state of a fit, and the settings that it chose.
  public struct Learned {
    fileprivate let factors: ImplicitFit.Factors
    fileprivate let settings: ModelSettings
  }

  private static func lastSweeps(of sweeps: Int) -> Int { (sweeps + 2) / 3 }
}

/// The state between sweeps.
fileprivate struct ImplicitFit {
  struct Factors {
    var users: Matrix
    var movies: Matrix
  }

  var factors: Factors
  private let signal: ListSignal
  private let byUser: SparseRows
  private let byMovie: SparseRows
  private let factorCount: Int
  private let weights: ImplicitWeights
  /// Factors that are solved for at once; nil for all.
  private let blockSize: Int?
  private let threads: ThreadCount
  private let chosenSettings: [String: Double]

  init(_ training: TrainingSet, settings: ModelSettings, context: FitContext) {
    signal = ListSignal(training, settings: settings)
    byUser = signal.likes(in: training)
    byMovie = byUser.transposed()
    factorCount = Int(settings["factors"])
    weights = ImplicitWeights(settings, movieCount: training.movieCount)
    threads = context.threads
    chosenSettings = ImplicitALSModel.chosen(settings)
    let stride = ImplicitEquations.stride(factorCount: factorCount)
    let block = min(stride, ImplicitEquations.stride(factorCount: Int(settings["block"])))
    blockSize = block < stride ? block : nil
    let width = factorCount
    let spread = 0.1 / Double(factorCount).squareRoot()
    let random = { (rows: Int, stream: UInt64) in
      Matrix.randomFactors(rows: rows, factorCount: width, spread: spread, seed: context.seed, stream: stream)
    }
    factors = Factors(users: random(byUser.rowCount, 1), movies: random(byMovie.rowCount, 2))
  }

  /// The model after this many more sweeps.
  mutating func model(of training: TrainingSet, sweeps: Int) -> ImplicitALSModel {
    for _ in 0..<sweeps {
      let forUsers = ImplicitEquations(others: factors.movies, factorCount: factorCount, weights: weights)
      factors.users.solve(byUser, with: forUsers, blockSize: blockSize, threads: threads)
      let forMovies = ImplicitEquations(others: factors.users, factorCount: factorCount, weights: weights)
      factors.movies.solve(byMovie, with: forMovies, blockSize: blockSize, threads: threads)
    }
    return ImplicitALSModel(
      factors: ListFactors(
        signal: signal, training: training, movies: factors.movies,
        factorCount: factorCount, weights: weights, threads: threads), chosenSettings: chosenSettings)
  }
}
