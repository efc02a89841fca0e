public import BinaryFiles
import LinearAlgebra
public import Ratings

/// Biased matrix factorization by alternating least squares, with uncertainty and with what people chose to rate.
///
/// Ratings are standardized, z = (r − mean) / σ, and modelled as z_ui ~ N(b_u + b_i + p_u · q_i, 1/τ). Each factor and
/// bias has a normal prior around 0, with one precision λ_d for each dimension d and side. With independent normal
/// approximations for all of them, fitting minimizes the expected
///
///     τ Σ_rated (z_ui − b_u − b_i − p_u · q_i)² + Σ_d λ_d (Σ_u p_ud² + …) + v [Σ_u Σ_i (1_ui − p_u · g_i)² + Σ_i |g_i|²] + …
///
/// less the entropies (mean-field variational Bayes). For the means of one row that is a least-squares problem with
/// the Gram matrix of the other side's means plus the diagonal of its variances: rarely rated movies are leant on
/// less, which is all the regularization there is. Variances, λ and τ follow from the data in closed form, so there
/// is no regularization to tune. The last sum, once for each side, makes p_u also tell which movies *u* rated (1_ui is 1
/// for rated pairs, else 0) through implicit factors g_i; v is the setting `implicit-weight`.
///
/// A movie without ratings gets the user's mean, a user without ratings the movie's.
public struct ALSModel: RatingPredictor, ExplainingRecommender, WarmStartingRecommender, HasProductForm {
  public static let descriptor = ModelDescriptor(
    name: "als", family: "factorization", job: .stars,
    purpose: "Tastes as a few factors of users and movies: accurate stars in little time, nothing to tune.",
    settings: [
      ModelSetting(
        "factors", default: 22, in: 1...Double(FactorRows.maximumFactorCount), isWhole: true,
        "number of latent factors; fastest if two more make a multiple of eight"),
      ModelSetting("sweeps", default: 30, in: 1...1000, isWhole: true, "alternations between movies and users"),
      ModelSetting(
        "implicit-weight", default: 3, in: 0...100,
        "weight of implicit feedback (whether a movie was rated) relative to ratings; 0 to ignore it"),
    ],
    memory: ModelMemory(row: 2_800),
    reference:
      "Y. J. Lim, Y. W. Teh: Variational Bayesian approach to movie rating prediction. KDD Cup 2007; implicit factors as in D. Cortes: Cold-start recommendations in collective matrix factorization. arXiv 1809.00366"
  )
  public static let fileVersion: UInt32 = 2

  let scale: RatingScale
  /// z = (r − mean) / deviation.
  let mean: Float
  let deviation: Float
  /// What a user's factors and bias follow from; its `others` are the movies.
  let userEquations: RowEquations
  /// Users x stride, as `profile` hands them out; no rows where users are folded in.
  private(set) var userVectors: StoredMatrix
  /// Movies x stride: two rows' product is the similarity of two movies.
  let directions: StoredMatrix

  var movies: StoredFactorRows { userEquations.others }

  public var movieCount: Int { movies.rowCount }

  public var productForm: ProductForm { ProductForm(movies: movies.means) }

  public func profile(ofUser user: Int, ratings: [MovieRating]) -> UserProfile {
    user < userVectors.rows
      ? UserProfile(ratings: ratings, vector: userVectors[row: user]) : foldIn(ratings)
  }

  public func withoutUsers() -> ALSModel {
    var model = self
    model.userVectors = StoredMatrix(columns: userVectors.columns)
    return model
  }

  /// The exact solution of the user's normal equations: for the ratings of a user of the training set the fitted one.
  public func foldIn(_ ratings: [MovieRating]) -> UserProfile {
    let ratings = ratings.within(scale)
    return UserProfile(ratings: ratings, vector: solvedVector(of: ratings))
  }

  public func predict(_ profile: UserProfile, movie: Int?) -> Float {
    scale.clamp(movie.map { product(profile.vector, with: $0) } ?? profile.vector[movies.onePlace])
  }

  public func save(to writer: inout BinaryWriter) {
    writer.write(scale)
    writer.write(mean)
    writer.write(deviation)
    userEquations.save(to: &writer)
    userVectors.save(to: &writer)
    directions.save(to: &writer)
  }

  public init(from reader: inout BinaryReader) throws(BinaryFileError) {
    scale = try reader.readScale()
    mean = try reader.readFinite()
    deviation = try reader.readFinite()
    userEquations = try RowEquations(from: &reader)
    guard deviation > 0 else { throw .damaged }
    userVectors = try StoredMatrix(from: &reader, columns: userEquations.stride)
    directions = try StoredMatrix(
      from: &reader, rows: userEquations.others.rowCount, columns: userEquations.stride)
  }

  init(
    scale: RatingScale, mean: Float, deviation: Float, userEquations: RowEquations, userVectors: Matrix,
    directions: Matrix
  ) {
    self.scale = scale
    self.mean = mean
    self.deviation = deviation
    self.userEquations = userEquations
    self.userVectors = StoredMatrix(userVectors)
    self.directions = StoredMatrix(directions)
  }
}
