import LinearAlgebra
public import Ratings

extension ALSModel {
  /// - Complexity: O(sweeps x (ratings x factors² + (users + movies) x factors³)).
  public static func fit(_ training: TrainingSet, settings: ModelSettings, context: FitContext) -> ALSModel {
    var fit = AlternatingFit(training, settings: settings, context: context)
    return fit.model(sweeps: Int(settings["sweeps"]), scale: training.scale)
  }

  /// For many ratings the second fit begins where the first came to, with a third of the sweeps.
  public static func fitTwice(
    part: TrainingSet, whole: TrainingSet, settings: ModelSettings, context: FitContext, others: [String: FittedTwice]
  ) -> FittedTwice {
    let sweeps = Int(settings["sweeps"])
    var first = AlternatingFit(part, settings: settings, context: context)
    let model = first.model(sweeps: sweeps, scale: part.scale)
    guard whole.ratingCount >= context.manyRatings else {
      return FittedTwice(part: model, whole: fit(whole, settings: settings, context: context))
    }
    var second = AlternatingFit(whole, settings: settings, context: context)
    second.goOn(from: first)
    return FittedTwice(part: model, whole: second.model(sweeps: (sweeps + 2) / 3, scale: whole.scale))
  }
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

  /// Whether the users' factors say something yet.
  var hasBegun = false

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
    let weight = hasBegun ? implicitWeight : 0
    hasBegun = true
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

  /// Takes over what `other`, a fit of the same users and movies, knows.
  mutating func goOn(from other: AlternatingFit) {
    users.rows = other.users.rows
    users.prior = other.users.prior
    movies.rows = other.movies.rows
    movies.prior = other.movies.prior
    precision = other.precision
    hasBegun = true
  }

  /// The model after so many more sweeps, one at least.
  mutating func model(sweeps: Int, scale: RatingScale) -> ALSModel {
    var equations = sweep()
    for _ in 1..<max(1, sweeps) { equations = sweep() }
    return ALSModel(
      scale: scale, mean: mean, deviation: deviation, userEquations: equations,
      userVectors: users.rows.profileVectors(mean: mean, deviation: deviation),
      directions: PosteriorDirections.of(movies, users: users, threads: threads))
  }
}
