public import BinaryFiles
public import LinearAlgebra
public import Ratings

/// Film factors that were fitted elsewhere: by the ALS of Spark's MLlib to the likes of a whole cluster, of which the films'
/// side alone comes back. Members are folded in as `ials` folds them.
///
///     u64 factors | f64 alpha | f64 regularization | texts: films | floats: factors of each film
///
/// MLlib gives a like the weight 1 + alpha and everything else 1. Divided by alpha, its equations for a user are those of
/// `ImplicitEquations` with 1 / alpha for what is not liked; the solution has another length, which changes no order.
public struct ImportedFactors: Sendable, Equatable {
  /// The number of factors of each film.
  public let factorCount: Int
  /// How much more than everything else a like weighed in the fit.
  public let alpha: Double
  /// How strongly members are held at 0 when they are folded in, as the setting of `ials`; nil where it is still to be
  /// chosen.
  public let regularization: Double?
  private let places: [SourceID: Int]
  private let values: [Float]

  /// Regularizations that are worth a try.
  public static let candidates: [Double] = [0.5, 1, 2, 4, 8, 16, 32, 64]

  /// - Throws: `BinaryFileError.damaged`.
  public init(_ bytes: [UInt8]) throws(BinaryFileError) {
    var reader = BinaryReader(bytes)
    let count = try reader.read(UInt64.self)
    guard (1...1024).contains(count) else { throw .damaged }
    factorCount = Int(count)
    alpha = try reader.read(Double.self)
    let regularization = try reader.read(Double.self)
    let setting = ImplicitALSModel.descriptor.settings.first { $0.name == "regularization" }
    guard alpha.isFinite, alpha >= 0.1, regularization == 0 || setting?.range.contains(regularization) ?? false else {
      throw .damaged
    }
    self.regularization = regularization == 0 ? nil : regularization
    let films = try reader.read([String].self)
    values = try reader.readFiniteArray(count: films.count * factorCount)
    guard reader.remaining == 0 else { throw .damaged }
    places = Dictionary(films.enumerated().map { (SourceID($1), $0) }, uniquingKeysWith: { first, _ in first })
    guard places.count == films.count else { throw .damaged }
  }

  /// The model of these factors for the users and films of `training`. A film without factors scores 0.
  ///
  /// - Parameter settings: of `ials`; what is known of the factors takes the place of some.
  /// - Complexity: one fold-in for each user.
  public func model(
    of training: TrainingSet, settings: ModelSettings, regularization: Double, threads: ThreadCount
  ) -> (model: ImplicitALSModel, settings: ModelSettings) {
    let settings = settings.replacing([
      "factors": Double(factorCount), "unobserved-weight": 1 / alpha, "regularization": regularization,
    ])
    var movies = Matrix(rows: training.movieCount, columns: ImplicitEquations.stride(factorCount: factorCount))
    for (movie, about) in training.movies.enumerated() {
      guard let place = places[about.id] else { continue }
      for factor in 0..<factorCount { movies[movie, factor] = values[place * factorCount + factor] }
    }
    let factors = ListFactors(
      signal: ListSignal(training, settings: settings), training: training, movies: movies, factorCount: factorCount,
      weights: ImplicitWeights(settings, movieCount: training.movieCount), threads: threads)
    return (ImplicitALSModel(factors: factors, chosenSettings: ImplicitALSModel.chosen(settings)), settings)
  }
}
