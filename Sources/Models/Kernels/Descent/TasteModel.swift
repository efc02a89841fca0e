import BinaryFiles
import LinearAlgebra
import Ratings

/// What the models here keep once they have learned: movies' factors, what users' tastes follow from, members' tastes.
struct TasteModel: Sendable {
  let scale: RatingScale
  let mean: Float
  let deviation: Float
  let factors: MovieFactors
  let ridge: Float
  let biasRidge: Float
  /// What having rated a movie says, movies x factors; no rows where it says nothing.
  let implicit: Matrix
  /// Users x stride, as profiles carry them.
  let userVectors: Matrix
  let directions: TasteDirections
  let learningCurve: [LearningPoint]

  /// Solves for the taste of every user.
  init(
    solving standard: StandardizedRatings, factors: MovieFactors, implicit: Matrix = Matrix(rows: 0, columns: 0),
    settings: DescentSettings, scale: RatingScale, curve: [LearningPoint]
  ) {
    let (ridge, biasRidge) = (settings.regularization, settings.biasRegularization)
    let byUser = standard.byUser
    let (mean, deviation) = (standard.mean, standard.deviation)
    let blocks = settings.threads.map((byUser.rowCount + 63) / 64) { block in
      var solver = TasteSolver(factors, ridge: ridge, biasRidge: biasRidge)
      return (block * 64..<min(byUser.rowCount, block * 64 + 64)).flatMap { user in
        let prior = Self.implicitTaste(of: byUser.columns[byUser.range(ofRow: user)], implicit, factors.factorCount)
        return factors.vector(
          of: solver.solve(row: user, of: byUser, prior: prior), mean: mean, deviation: deviation)
      }
    }
    self.init(
      scale: scale, mean: mean, deviation: deviation, factors: factors, ridge: ridge, biasRidge: biasRidge,
      implicit: implicit,
      userVectors: Matrix(rows: byUser.rowCount, columns: factors.stride, values: blocks.flatMap { $0 }), curve: curve)
  }

  private init(
    scale: RatingScale, mean: Float, deviation: Float, factors: MovieFactors, ridge: Float, biasRidge: Float,
    implicit: Matrix, userVectors: Matrix, curve: [LearningPoint]
  ) {
    self.scale = scale
    self.mean = mean
    self.deviation = deviation
    self.factors = factors
    self.ridge = ridge
    self.biasRidge = biasRidge
    self.implicit = implicit
    self.userVectors = userVectors
    learningCurve = curve
    directions = TasteDirections(of: factors.rows, tastes: userVectors, count: factors.factorCount)
  }

  /// Σ_j y_j / √n over the rated movies; none without implicit factors.
  static func implicitTaste(of movies: some Collection<Int32>, _ implicit: Matrix, _ factorCount: Int) -> [Float] {
    guard implicit.rows > 0 else { return [] }
    var sum = [Float](repeating: 0, count: factorCount)
    implicit.addRows(movies, to: &sum, scale: 1 / Float(max(1, movies.count)).squareRoot())
    return sum
  }

  func foldIn(_ ratings: [MovieRating]) -> UserProfile {
    let ratings = ratings.within(scale)
    var solver = TasteSolver(factors, ridge: ridge, biasRidge: biasRidge)
    let prior = Self.implicitTaste(of: ratings.map(\.movie), implicit, factors.factorCount)
    let solution = solver.solve(ratings, mean: mean, deviation: deviation, prior: prior)
    return UserProfile(
      ratings: ratings, vector: factors.vector(of: solution, mean: mean, deviation: deviation))
  }

  func predict(_ profile: UserProfile, movie: Int?) -> Float {
    scale.clamp(movie.map { factors.product(profile.vector, with: $0) } ?? profile.vector[factors.onePlace])
  }

  func save(to writer: inout BinaryWriter) {
    writer.write(scale)
    writer.write(mean)
    writer.write(deviation)
    factors.save(to: &writer)
    writer.write(ridge)
    writer.write(biasRidge)
    writer.write(implicit.values)
    writer.write(userVectors.values)
    learningCurve.save(to: &writer)
  }

  init(from reader: inout BinaryReader) throws(BinaryFileError) {
    let scale = try reader.readScale()
    let mean = try reader.readFinite()
    let deviation = try reader.readFinite()
    let factors = try MovieFactors(from: &reader, maximumFactorCount: 128)
    let ridge = try reader.readFinite()
    let biasRidge = try reader.readFinite()
    let implicit = try reader.readFiniteArray()
    let vectors = try reader.readFiniteArray()
    let curve = try [LearningPoint](from: &reader)
    guard implicit.isEmpty || implicit.count == factors.movieCount * factors.stride,
      vectors.count % factors.stride == 0, deviation > 0, ridge >= 0, biasRidge >= 0
    else { throw .damaged }
    self.init(
      scale: scale, mean: mean, deviation: deviation, factors: factors, ridge: ridge, biasRidge: biasRidge,
      implicit: Matrix(
        rows: implicit.isEmpty ? 0 : factors.movieCount, columns: implicit.isEmpty ? 0 : factors.stride,
        values: implicit),
      userVectors: Matrix(rows: vectors.count / factors.stride, columns: factors.stride, values: vectors),
      curve: curve)
  }
}
