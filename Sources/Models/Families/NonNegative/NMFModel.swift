public import BinaryFiles
import LinearAlgebra
public import Ratings

/// Non-negative matrix factorization with biases: additive factors.
///
/// Ratings are standardized, z = (r − mean) / σ. Factors p_u, q_i ≥ 0 and free biases minimize
///
///     Σ_rated (z_ui − b_u − b_i − p_u · q_i)² + λ Σ_u √n_u |p_u|² + λ Σ_i √n_i |q_i|² + the same for the biases
///
/// by coordinate descent, each number in turn put at its exact minimum, or at 0 where that is negative. As no factor can
/// take back what another gives, factors tend to be interpretable. A new user's factors are
/// found by the same descent with the movies' factors fixed.
public struct NMFModel: RatingPredictor, HasLearningCurve {
  public static let descriptor = ModelDescriptor(
    name: "nmf", family: "factorization", job: .stars,
    purpose: "Factorization into tastes that only add up, so that each factor can be read as a kind of film.",
    settings: [
      ModelSetting("factors", default: 15, in: 1...128, isWhole: true, "number of latent factors"),
      ModelSetting("sweeps", default: 30, in: 1...1000, isWhole: true, "most alternations between movies and users"),
      ModelSetting(
        "regularization", default: 0.8, in: 0.001...10,
        "L2 regularization of factors, times the root of a row's number of ratings"),
      ModelSetting("bias-regularization", default: 0.6, in: 0.001...10, "the same for the biases"),
      ModelSetting(
        "tolerance", default: 0.0005, in: 0...1, "training stops when the training error falls by less than this share"),
    ],
    memory: ModelMemory(row: 600),
    reference:
      "X. Luo, M. Zhou, Y. Xia, Q. Zhu: An efficient non-negative matrix-factorization-based approach to collaborative filtering. IEEE Trans. Industrial Informatics 10(2), 2014; by coordinate descent as in H.-F. Yu et al., ICDM 2012"
  )
  public static let fileVersion: UInt32 = 1

  let scale: RatingScale
  let mean: Float
  let deviation: Float
  let solver: NonNegativeSolver
  /// Users x stride, as profiles carry them.
  let userVectors: Matrix
  let directions: TasteDirections
  public let learningCurve: [LearningPoint]

  /// The movies' factors, none below 0: movies x factors.
  package var movieFactors: [[Float]] {
    (0..<movieCount).map { Array(solver.others.rows[row: $0].prefix(solver.others.factorCount)) }
  }

  public var movieCount: Int { solver.others.movieCount }

  public func profile(ofUser user: Int, ratings: [MovieRating]) -> UserProfile {
    UserProfile(ratings: ratings, vector: Array(userVectors[row: user]))
  }

  /// The same descent that gave the members their factors.
  public func foldIn(_ ratings: [MovieRating]) -> UserProfile {
    let ratings = ratings.within(scale)
    let row = solver.solved(movies: ratings.map(\.movie), values: ratings.map { ($0.value - mean) / deviation })
    return UserProfile(ratings: ratings, vector: solver.others.vector(of: row, mean: mean, deviation: deviation))
  }

  public func predict(_ profile: UserProfile, movie: Int?) -> Float {
    scale.clamp(movie.map { solver.others.product(profile.vector, with: $0) } ?? profile.vector[solver.others.onePlace])
  }

  public func score(_ profiles: [UserProfile], into scores: UnsafeMutableBufferPointer<Float>) {
    solver.others.score(profiles, into: scores)
  }

  public func similarMovies(to movie: Int, count: Int) -> [ScoredMovie] { directions.similar(to: movie, count: count) }

  init(
    scale: RatingScale, mean: Float, deviation: Float, solver: NonNegativeSolver, userVectors: Matrix,
    curve: [LearningPoint]
  ) {
    self.scale = scale
    self.mean = mean
    self.deviation = deviation
    self.solver = solver
    self.userVectors = userVectors
    learningCurve = curve
    directions = TasteDirections(of: solver.others.rows, tastes: userVectors, count: solver.others.factorCount)
  }

  public func save(to writer: inout BinaryWriter) {
    writer.write(scale)
    writer.write(mean)
    writer.write(deviation)
    solver.others.save(to: &writer)
    writer.write(solver.ridge)
    writer.write(solver.biasRidge)
    writer.write(userVectors.values)
    learningCurve.save(to: &writer)
  }

  public init(from reader: inout BinaryReader) throws(BinaryFileError) {
    let scale = try reader.readScale()
    let mean = try reader.readFinite()
    let deviation = try reader.readFinite()
    let factors = try MovieFactors(from: &reader, maximumFactorCount: 128)
    let ridge = try reader.readFinite()
    let biasRidge = try reader.readFinite()
    let vectors = try reader.readFiniteArray()
    let curve = try [LearningPoint](from: &reader)
    guard vectors.count % factors.stride == 0, deviation > 0, ridge > 0, biasRidge > 0 else { throw .damaged }
    self.init(
      scale: scale, mean: mean, deviation: deviation,
      solver: NonNegativeSolver(others: factors, ridge: ridge, biasRidge: biasRidge),
      userVectors: Matrix(rows: vectors.count / factors.stride, columns: factors.stride, values: vectors),
      curve: curve)
  }
}
