public import BinaryFiles
import LinearAlgebra
public import Ratings

/// Bayesian matrix factorization with features, by Gibbs sampling: a factorization machine of user and movie blocks.
///
/// A rating is η = p_u · q_i + a_u + b_i + (effects of its date) plus noise; with the ordered probit its level is where
/// η plus standard normal noise falls between cutpoints. The vectors x_u = (p_u, a_u) have the prior
/// N(μ + Σ_c f_uc t_c, diag(Λ)⁻¹), where the features f of a user are the bag of rated movies (each 1/√n), age, gender
/// and occupation; those of a movie are the bag of its users, genres, year, decade, directors and tags. Each group of
/// features has coefficients t ~ N(0, diag(λ_group)⁻¹), each component of dates effects of a precision of its own, and
/// all precisions have gamma priors: there is nothing to tune.
///
/// Each sweep draws all of it: the rows of a side jointly (one Cholesky factorization for each), the coefficients one by
/// one given the rows, the latent ratings and the cutpoints. Predictions average over the draws of single sweeps, never
/// over factors: η's mean and variance over the kept samples, for any pair, give expected stars and the probability of each
/// level. The effects of dates enter by their posterior means.
///
/// A user without ratings and an unknown movie are draws from the prior; a movie without ratings is drawn around the mean that
/// its features predict. Bags only contain ratings of the training set.
///
/// Memory of a fitted model: 2 bytes x kept samples x (users + movies) x (factors + 1), and as much again for the
/// movies' coefficients in up to 64 samples; `kept` is lowered where the former would exceed 100 MB, but not below 32.
public struct BayesianModel: RatingPredictor, WarmStartingRecommender {
  public static let descriptor = ModelDescriptor(
    name: "bayesian", family: "factorization", job: .stars,
    purpose:
      "The most accurate stars of a single model, with the chance of each rating: averages over all that the data allow.",
    settings: [
      ModelSetting(
        "factors", default: 0, in: 0...Double(FactorRows.maximumFactorCount), isWhole: true,
        "number of latent factors; 0 chooses by the size of the data"),
      ModelSetting(
        "samples", default: 0, in: 0...10_000, isWhole: true,
        "sweeps of the sampler, including burn-in; 0 chooses by the number of ratings"),
      ModelSetting(
        "burn-in", default: 0, in: 0...10_000, isWhole: true, "number of burn-in sweeps; 0 is a fifth"),
      ModelSetting(
        "kept", default: 256, in: 16...1024, isWhole: true,
        "most samples to average over; fewer if they would take over 100 MB"),
      ModelSetting(
        "implicit", default: 1, in: 0...1, isWhole: true, "1 uses implicit feedback (which movies a user rated)"),
      ModelSetting(
        "side", default: 1, in: 0...1, isWhole: true,
        "1 uses side information: genres, years, tags, age, gender, occupation"),
      ModelSetting("dates", default: 1, in: 0...1, isWhole: true, role: .dates, "1 uses the timestamps of ratings"),
      ModelSetting("probit", default: 1, in: 0...1, isWhole: true, "1 treats ratings as ordinal levels, 0 as numbers"),
    ],
    memory: ModelMemory(row: 5_000, rating: 100),
    reference:
      "R. Salakhutdinov, A. Mnih: Bayesian probabilistic matrix factorization using Markov chain Monte Carlo. ICML 2008; S. Rendle, L. Zhang, Y. Koren: On the difficulty of evaluating baselines. arXiv 1905.01395"
  )
  public static let fileVersion: UInt32 = 1

  let head: RatingHead
  /// (p, a) of each user.
  let users: SampledRows
  /// (q, b) of each movie and, last, of a movie of which nothing is known.
  let movies: SampledRows
  let calendar: DateEffectTable
  let newcomers: NewcomerPosterior
  /// For `similarMovies`.
  let directions: Matrix

  public var movieCount: Int { movies.rowCount - 1 }

  public func profile(ofUser user: Int, ratings: [MovieRating]) -> UserProfile {
    UserProfile(
      ratings: ratings,
      vector: [Float(users.sampleCount)] + users.unpacked(row: user)
        + calendar.encodedEffects(ofUser: Int32(user), ratings: ratings))
  }

  public func predict(_ profile: UserProfile, movie: Int?) -> Float { predict(profile, movie: movie, time: 0) }

  public func predict(_ profile: UserProfile, movie: Int?, time: UInt32) -> Float {
    let (mean, variance) = moments(profile, movie: movie, time: time)
    return head.scale.clamp(head.stars(mean: mean, variance: variance))
  }

  public func probabilities(_ profile: UserProfile, movie: Int?, time: UInt32) -> [Float]? {
    let (mean, variance) = moments(profile, movie: movie, time: time)
    return head.probabilities(mean: mean, variance: variance)
  }

  public func save(to writer: inout BinaryWriter) {
    head.save(to: &writer)
    users.save(to: &writer)
    movies.save(to: &writer)
    calendar.save(to: &writer)
    newcomers.save(to: &writer)
  }

  public init(from reader: inout BinaryReader) throws(BinaryFileError) {
    let head = try RatingHead(from: &reader)
    let users = try SampledRows(from: &reader)
    let movies = try SampledRows(from: &reader)
    let calendar = try DateEffectTable(from: &reader)
    guard movies.rowCount > 0, users.dimensionCount == movies.dimensionCount, users.sampleCount == movies.sampleCount
    else { throw .damaged }
    let newcomers = try NewcomerPosterior(
      from: &reader, movieCount: movies.rowCount - 1, levelCount: head.levels.count)
    guard newcomers.dimensionCount == movies.dimensionCount, newcomers.sampleCount <= movies.sampleCount,
      newcomers.bounds.isEmpty == (head.line != nil)
    else { throw .damaged }
    self.init(head: head, users: users, movies: movies, calendar: calendar, newcomers: newcomers)
  }

  init(
    head: RatingHead, users: SampledRows, movies: SampledRows, calendar: DateEffectTable, newcomers: NewcomerPosterior
  ) {
    self.head = head
    self.users = users
    self.movies = movies
    self.calendar = calendar
    self.newcomers = newcomers
    directions = Self.directions(of: movies, users: users)
  }
}
