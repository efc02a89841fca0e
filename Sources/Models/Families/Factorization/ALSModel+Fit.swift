import LinearAlgebra
public import Ratings

extension ALSModel {
  /// - Complexity: O(sweeps x (ratings x factors² + (users + movies) x factors³)).
  public static func fit(_ training: TrainingSet, settings: ModelSettings, context: FitContext) -> ALSModel {
    var fit = AlternatingFit(training, settings: settings, context: context)
    return fit.model(scale: training.scale, sweeps: Int(settings["sweeps"]))
  }

  public static func fitPart(
    _ part: TrainingSet, of ratingCount: Int, settings: ModelSettings, context: FitContext
  ) -> (model: ALSModel, learned: Reached) {
    var fit = AlternatingFit(part, settings: settings, context: context)
    let sweeps = Int(settings["sweeps"])
    let own = ratingCount >= context.manyRatings ? sweeps - lastSweeps(of: sweeps) : sweeps
    return (fit.model(scale: part.scale, sweeps: own), fit.reached)
  }

  /// The fit to everything starts where that to the part ended, which is near its own end: a quarter of the sweeps. For many
  /// ratings they are the last quarter: the part does without them.
  public static func fit(
    _ whole: TrainingSet, from reached: Reached, settings: ModelSettings, context: FitContext
  ) -> ALSModel {
    var second = AlternatingFit(whole, settings: settings, context: context)
    second.start(from: reached)
    return second.model(scale: whole.scale, sweeps: lastSweeps(of: Int(settings["sweeps"])))
  }

  /// What another fit of the same users and movies can start from.
  public struct Reached {
    let users: FactorRows
    let userPrior: [Double]
    let moviePrior: [Double]
    let precision: Double
  }

  private static func lastSweeps(of sweeps: Int) -> Int { max(2, sweeps / 4) }
}

/// The state between sweeps.
private struct AlternatingFit {
  let mean: Float
  let deviation: Float
  let implicitWeight: Float
  let threads: ThreadCount
  var users: FactorizedSide
  var movies: FactorizedSide
  /// τ.
  var precision = 1.0
  private var hasUsers = false

  init(_ training: TrainingSet, settings: ModelSettings, context: FitContext) {
    let factorCount = Int(settings["factors"])
    threads = context.threads
    implicitWeight = Float(settings["implicit-weight"])
    let standard = StandardizedRatings(training)
    mean = standard.mean
    deviation = standard.deviation
    users = FactorizedSide(standard.byUser, factorCount: factorCount, seed: context.seed, stream: 1)
    movies = FactorizedSide(standard.byUser.transposed(), factorCount: factorCount, seed: context.seed, stream: 2)
  }

  /// Movies from users, then users from movies, so that folding in agrees with the fit. Returns the users' equations.
  private mutating func sweep() -> RowEquations {
    // In the first sweep the users are still random and have nothing to say about who rated what.
    let weight = hasUsers ? implicitWeight : 0
    hasUsers = true
    let forMovies = movies.equations(from: users, implicitWeight: weight, precision: precision, threads: threads)
    update(movies.solve(forMovies, threads: threads))
    let forUsers = users.equations(from: movies, implicitWeight: implicitWeight, precision: precision, threads: threads)
    update(users.solve(forUsers, threads: threads))
    return forUsers
  }

  /// Takes the noise from the expected sum of squared errors.
  private mutating func update(_ error: Double) {
    precision = min(1e4, Double(max(1, users.ratings.entryCount)) / max(error, 1e-12))
  }

  var reached: ALSModel.Reached {
    ALSModel.Reached(users: users.rows, userPrior: users.prior, moviePrior: movies.prior, precision: precision)
  }

  mutating func start(from other: ALSModel.Reached) {
    users.rows = other.users
    users.prior = other.userPrior
    movies.prior = other.moviePrior
    precision = other.precision
    hasUsers = true
  }

  mutating func model(scale: RatingScale, sweeps: Int) -> ALSModel {
    var equations = sweep()
    for _ in 1..<max(1, sweeps) { equations = sweep() }
    return ALSModel(
      scale: scale, mean: mean, deviation: deviation, userEquations: equations,
      userVectors: users.rows.profileVectors(mean: mean, deviation: deviation),
      directions: PosteriorDirections.of(movies, users: users, threads: threads))
  }
}
