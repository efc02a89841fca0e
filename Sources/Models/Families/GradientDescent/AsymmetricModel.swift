public import BinaryFiles
import LinearAlgebra
public import Ratings

/// Asymmetric factors: a user is represented only by their ratings.
///
/// With ε_uj = (r_uj − b_uj) / σ the standardized residual over the `Baseline`,
///
///     score(u, i) = b_ui + σ [c_i + q_i · n_u^−1/2 Σ_{j rated by u} (ε_uj x_j + y_j)]
///
/// q, x, y and c are learned by stochastic gradient descent with frequency-scaled regularization; as a rating is learned
/// from, it is left out of the sum. There are no parameters per user, so members and new users are the same, and each
/// rating's contribution to a score is exact.
public struct AsymmetricModel: RatingPredictor, ExplainingRecommender, HasLearningCurve {
  public static let descriptor = ModelDescriptor(
    name: "asymmetric", family: "factorization", job: .stars,
    purpose: "Factors of films alone: newcomers count at once, and each star is traced to the ratings behind it.",
    settings: DescentSettings.descriptors(
      factors: 30, epochs: 40, rate: 0.05, decay: 0.93, regularization: 1, bias: 0.6) + [
        ModelSetting(
          "bag-rate", default: 0.2, in: 0.001...1, "learning rate of the summed factors relative to the others"),
        ModelSetting(
          "bag-regularization", default: 4, in: 0...100, "L2 regularization of the summed factors, as “regularization”"),
      ] + ModelSetting.baseline(user: 5, movie: 2),
    memory: ModelMemory(row: 700),
    reference:
      "Y. Koren: Factorization meets the neighborhood: a multifaceted collaborative filtering model. KDD 2008, equation 13"
  )
  public static let fileVersion: UInt32 = 1

  /// Mean and biases, to which the factors add.
  public let baseline: Baseline
  let scale: RatingScale
  let deviation: Float
  let factors: MovieFactors
  let bag: AsymmetricBag
  let directions: TasteDirections
  public let learningCurve: [LearningPoint]

  /// - Complexity: O(epochs x ratings x factors).
  public static func fit(_ training: TrainingSet, settings: ModelSettings, context: FitContext) -> AsymmetricModel {
    let baseline = Baseline(fitting: training, settings: settings, threads: context.threads)
    let bagRate = Float(settings["bag-rate"])
    let bagRegularization = Float(settings["bag-regularization"])
    let settings = DescentSettings(settings, context: context)
    let deviation = StandardizedRatings(training).deviation
    let residuals = baseline.residuals(of: training.byUser, threads: context.threads)
    let scaled = SparseRows(
      offsets: residuals.offsets, columns: residuals.columns, values: residuals.values.map { $0 / deviation },
      columnCount: residuals.columnCount)
    let (descent, curve) = settings.learn(from: scaled, deviation: deviation) {
      AsymmetricDescent($0, settings: settings, bagRate: bagRate, bagRegularization: bagRegularization)
    }
    var factors = MovieFactors(factorCount: settings.factorCount, rows: descent.movies)
    for movie in 0..<factors.movieCount {
      factors.rows[movie, factors.onePlace] = 1
      factors.rows[movie, factors.biasPlace] += baseline.movieBiases[movie] / deviation
    }
    let bag = AsymmetricBag(
      explicit: descent.explicit, implicit: descent.implicit, factorCount: settings.factorCount)
    let tastes = context.threads.map(scaled.rowCount, blockSize: 64) { user in
      let range = scaled.range(ofRow: user)
      return bag.taste(movies: scaled.columns[range], residuals: scaled.values[range])
    }
    return AsymmetricModel(
      baseline: baseline, scale: training.scale, deviation: deviation, factors: factors, bag: bag,
      directions: TasteDirections(
        of: factors.rows,
        tastes: Matrix(rows: tastes.count, columns: settings.factorCount, values: tastes.flatMap { $0 }),
        count: settings.factorCount), learningCurve: curve)
  }

  public var movieCount: Int { factors.movieCount }

  public func profile(ofUser user: Int, ratings: [MovieRating]) -> UserProfile {
    profile(ratings, userBias: baseline.userBiases[user])
  }

  public func foldIn(_ ratings: [MovieRating]) -> UserProfile {
    let ratings = ratings.within(scale)
    return profile(ratings, userBias: baseline.userBias(of: ratings))
  }

  /// The vector that `factors` scores, and then the user's bias.
  private func profile(_ ratings: [MovieRating], userBias: Float) -> UserProfile {
    let taste = bag.taste(
      movies: ratings.map(\.movie)[...], residuals: residuals(of: ratings, userBias: userBias)[...])
    let vector = factors.vector(
      of: taste + [userBias / deviation], mean: baseline.mean, deviation: deviation)
    return UserProfile(ratings: ratings, vector: vector + [userBias])
  }

  private func residuals(of ratings: [MovieRating], userBias: Float) -> [Float] {
    baseline.residuals(of: ratings, userBias: userBias).map { $0 / deviation }
  }

  public func predict(_ profile: UserProfile, movie: Int?) -> Float {
    scale.clamp(movie.map { factors.product(profile.vector, with: $0) } ?? profile.vector[factors.onePlace])
  }

  public func score(_ profiles: [UserProfile], into scores: UnsafeMutableBufferPointer<Float>) {
    factors.score(profiles, into: scores)
  }

  public func similarMovies(to movie: Int, count: Int) -> [ScoredMovie] { directions.similar(to: movie, count: count) }

  /// The contributions of all ratings add up to the taste part of the score: what remains beside the biases.
  public func reasons(for movie: Int, profile: UserProfile, count: Int) -> [ScoredMovie] {
    let userBias = profile.vector[factors.stride]
    let contributions = bag.contributions(
      to: factors.rows[row: movie], movies: profile.ratings.map(\.movie),
      residuals: residuals(of: profile.ratings, userBias: userBias))
    return zip(profile.ratings, contributions).map { ScoredMovie(movie: $0.movie, score: $1 * deviation) }
      .strongest(count)
  }

  init(
    baseline: Baseline, scale: RatingScale, deviation: Float, factors: MovieFactors, bag: AsymmetricBag,
    directions: TasteDirections, learningCurve: [LearningPoint]
  ) {
    self.baseline = baseline
    self.scale = scale
    self.deviation = deviation
    self.factors = factors
    self.bag = bag
    self.directions = directions
    self.learningCurve = learningCurve
  }
}

extension AsymmetricModel {
  public func save(to writer: inout BinaryWriter) {
    writer.write(scale)
    baseline.save(to: &writer)
    writer.write(deviation)
    factors.save(to: &writer)
    writer.write(bag.explicit.values)
    writer.write(bag.implicit.values)
    writer.write(directions.rows.values)
    learningCurve.save(to: &writer)
  }

  public init(from reader: inout BinaryReader) throws(BinaryFileError) {
    let scale = try reader.readScale()
    let baseline = try Baseline(from: &reader)
    let deviation = try reader.readFinite()
    let factors = try MovieFactors(from: &reader, maximumFactorCount: 128)
    guard deviation > 0, factors.movieCount == baseline.movieBiases.count else { throw .damaged }
    let (rows, columns) = (factors.movieCount, factors.stride)
    let explicit = Matrix(rows: rows, columns: columns, values: try reader.readFiniteArray(count: rows * columns))
    let implicit = Matrix(rows: rows, columns: columns, values: try reader.readFiniteArray(count: rows * columns))
    let width = (factors.factorCount + 7) & ~7
    let directions = Matrix(rows: rows, columns: width, values: try reader.readFiniteArray(count: rows * width))
    self.init(
      baseline: baseline, scale: scale, deviation: deviation, factors: factors,
      bag: AsymmetricBag(explicit: explicit, implicit: implicit, factorCount: factors.factorCount),
      directions: TasteDirections(rows: directions), learningCurve: try [LearningPoint](from: &reader))
  }
}
