public import BinaryFiles
import LinearAlgebra
public import Ratings

/// timeSVD++: SVD++ whose biases and tastes move with time.
///
/// Ratings are standardized, z = (r − mean) / σ, and modelled as
///
///     z_ui(t) ≈ b_u + α_u dev_u(t) + b_u,day(t) + b_i + b_i,bin(t) + q_i · (p_u + a_u dev_u(t) + n_u^−1/2 Σ_{j rated by u} y_j)
///
/// where dev_u(t) is the signed root of the days from the user's mean date. Movies' part is learned by stochastic gradient
/// descent; users' part is then solved for, in the same way for members and new users. Where the date of a rating is not
/// known all that depends on it is left out; `score`, which asks for no date, is undated.
public struct TimeSVDPlusPlusModel: RatingPredictor, HasLearningCurve {
  public static let descriptor = ModelDescriptor(
    name: "timesvdpp", family: "factorization", job: .stars,
    purpose: "SVD++ that knows dates: films that age well or badly, people who grow stricter, moods of a day.",
    settings: DescentSettings.descriptors(
      factors: 38, epochs: 40, rate: 0.05, decay: 0.93, regularization: 1.2, bias: 0.6) + TimedSettings.descriptors,
    memory: ModelMemory(row: 1_400, rating: 16),
    reference: "Y. Koren: Collaborative filtering with temporal dynamics. KDD 2009")
  public static let fileVersion: UInt32 = 1

  let scale: RatingScale
  let solver: TimedSolver
  let directions: TasteDirections
  public let learningCurve: [LearningPoint]

  /// - Complexity: O(epochs x ratings x factors + users x factors³).
  public static func fit(_ training: TrainingSet, settings: ModelSettings, context: FitContext) -> TimeSVDPlusPlusModel
  {
    let timed = TimedSettings(
      settings, calendar: RatingCalendar(training, binCount: Int(settings["bins"])))
    let settings = DescentSettings(settings, context: context)
    let standard = StandardizedRatings(training)
    let byUser = standard.byUser
    // The validation part of a trial is a part of the same positions: its dates follow by looking the pair up.
    let (descent, curve) = settings.learn(from: byUser, deviation: standard.deviation) { part in
      let times = part.entryCount == byUser.entryCount ? training.times : Self.times(of: part, in: training)
      return TimedDescent(
        part,
        days: (0..<part.rowCount).map { UserDays(times[part.range(ofRow: $0)], calendar: timed.calendar) },
        bins: times.map { timed.calendar.bin(of: $0) ?? 0 }, settings: settings, timed: timed)
    }
    let solver = TimedSolver(
      calendar: timed.calendar, factors: MovieFactors(factorCount: settings.factorCount, rows: descent.movies),
      implicit: descent.implicit, movieBins: descent.movieBins, mean: standard.mean, deviation: standard.deviation,
      ridge: settings.regularization, biasRidge: settings.biasRegularization, driftRidge: timed.driftRegularization,
      dayRidge: timed.dayRegularization)
    return TimeSVDPlusPlusModel(
      scale: training.scale, solver: solver,
      directions: TasteDirections(of: descent.movies, tastes: descent.users, count: settings.factorCount),
      learningCurve: curve)
  }

  private static func times(of part: SparseRows, in training: TrainingSet) -> [UInt32] {
    (0..<part.rowCount).flatMap { user in
      part.columns[part.range(ofRow: user)].map { movie in
        training.byUser.position(row: user, column: movie).map { training.times[$0] } ?? 0
      }
    }
  }

  public var movieCount: Int { solver.factors.movieCount }

  /// The vector has a layout of the solver's own; its first part is what undated scores need.
  public func profile(ofUser user: Int, ratings: [MovieRating]) -> UserProfile {
    UserProfile(ratings: ratings, vector: solver.vector(of: ratings))
  }

  public func foldIn(_ ratings: [MovieRating]) -> UserProfile {
    let ratings = ratings.within(scale)
    return UserProfile(ratings: ratings, vector: solver.vector(of: ratings))
  }

  public func predict(_ profile: UserProfile, movie: Int?) -> Float { predict(profile, movie: movie, time: 0) }

  public func predict(_ profile: UserProfile, movie: Int?, time: UInt32) -> Float {
    let undated =
      movie.map { solver.factors.product(profile.vector, with: $0) } ?? profile.vector[solver.factors.onePlace]
    return scale.clamp(undated + solver.dated(profile.vector, movie: movie, time: time))
  }

  public func score(_ profiles: [UserProfile], into scores: UnsafeMutableBufferPointer<Float>) {
    solver.factors.score(profiles, into: scores)
  }

  public func similarMovies(to movie: Int, count: Int) -> [ScoredMovie] { directions.similar(to: movie, count: count) }

  init(scale: RatingScale, solver: TimedSolver, directions: TasteDirections, learningCurve: [LearningPoint]) {
    self.scale = scale
    self.solver = solver
    self.directions = directions
    self.learningCurve = learningCurve
  }

  public func save(to writer: inout BinaryWriter) {
    writer.write(scale)
    solver.save(to: &writer)
    writer.write(directions.rows.values)
    learningCurve.save(to: &writer)
  }

  public init(from reader: inout BinaryReader) throws(BinaryFileError) {
    let scale = try reader.readScale()
    let solver = try TimedSolver(from: &reader)
    let (rows, columns) = (solver.factors.movieCount, (solver.factors.factorCount + 7) & ~7)
    let directions = Matrix(rows: rows, columns: columns, values: try reader.readFiniteArray(count: rows * columns))
    self.init(
      scale: scale, solver: solver, directions: TasteDirections(rows: directions),
      learningCurve: try [LearningPoint](from: &reader))
  }
}

extension TimedSolver {
  func save(to writer: inout BinaryWriter) {
    calendar.save(to: &writer)
    factors.save(to: &writer)
    writer.write(implicit.values)
    writer.write(movieBins.values)
    for value in [mean, deviation, ridge, biasRidge, driftRidge, dayRidge] { writer.write(value) }
  }

  init(from reader: inout BinaryReader) throws(BinaryFileError) {
    calendar = try RatingCalendar(from: &reader)
    factors = try MovieFactors(from: &reader, maximumFactorCount: 128)
    let count = factors.movieCount
    implicit = Matrix(
      rows: count, columns: factors.stride, values: try reader.readFiniteArray(count: count * factors.stride))
    movieBins = Matrix(
      rows: count, columns: calendar.binCount, values: try reader.readFiniteArray(count: count * calendar.binCount))
    mean = try reader.readFinite()
    deviation = try reader.readFinite()
    ridge = try reader.readFinite()
    biasRidge = try reader.readFinite()
    driftRidge = try reader.readFinite()
    dayRidge = try reader.readFinite()
    guard deviation > 0, ridge >= 0, biasRidge >= 0, driftRidge > 0, dayRidge > 0 else { throw .damaged }
  }
}
