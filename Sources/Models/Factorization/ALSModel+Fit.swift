import LinearAlgebra
public import Ratings

extension ALSModel {
  /// - Complexity: O(sweeps x (ratings x factors² + (users + movies) x factors³)).
  public static func fit(_ training: TrainingSet, settings: ModelSettings, context: FitContext) -> ALSModel {
    var fit = AlternatingFit(
      training, factorCount: Int(settings["factors"]), implicitWeight: Float(settings["implicit-weight"]),
      context: context)
    var equations = fit.sweep(isFirst: true)
    for _ in 1..<max(1, Int(settings["sweeps"])) { equations = fit.sweep(isFirst: false) }
    return fit.model(scale: training.scale, equations: equations)
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

  init(_ training: TrainingSet, factorCount: Int, implicitWeight: Float, context: FitContext) {
    threads = context.threads
    self.implicitWeight = implicitWeight
    let standard = StandardizedRatings(training)
    mean = standard.mean
    deviation = standard.deviation
    users = FactorizedSide(standard.byUser, factorCount: factorCount, seed: context.seed, stream: 1)
    movies = FactorizedSide(standard.byUser.transposed(), factorCount: factorCount, seed: context.seed, stream: 2)
  }

  /// Movies from users, then users from movies, so that folding in agrees with the fit. Returns the users' equations.
  mutating func sweep(isFirst: Bool) -> RowEquations {
    // In the first sweep the users are still random and have nothing to say about who rated what.
    let weight = isFirst ? 0 : implicitWeight
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

  func model(scale: RatingScale, equations: RowEquations) -> ALSModel {
    ALSModel(
      scale: scale, mean: mean, deviation: deviation, userEquations: equations,
      userVectors: users.rows.profileVectors(mean: mean, deviation: deviation),
      directions: PosteriorDirections.of(movies, users: users, threads: threads))
  }
}
