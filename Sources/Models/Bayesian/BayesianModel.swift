public import BinaryFiles
import LinearAlgebra
public import Ratings

/// Bayesian matrix factorization with features, by Gibbs sampling.
public struct BayesianModel: Recommender {
  public static let descriptor = ModelDescriptor(
    name: "bayesian", family: "factorization", job: .stars,
    purpose:
      "The most accurate stars of a single model, with the chance of each rating: averages over all that the data allow.",
    settings: [
      ModelSetting(
        "factors", default: 0, in: 0...Double(FactorRows.maximumFactorCount), isWhole: true,
        "dimensions of taste; 0 chooses by the number of ratings"),
      ModelSetting(
        "samples", default: 0, in: 0...100_000, isWhole: true,
        "sweeps of the sampler, burn-in included; 0 chooses by the number of ratings"),
      ModelSetting("burn-in", default: 0, in: 0...100_000, isWhole: true, "first sweeps, which are not used; 0 is a fifth"),
      ModelSetting("kept", default: 192, in: 16...4096, isWhole: true, "sweeps that predictions average over, at most"),
      ModelSetting("implicit", default: 1, in: 0...1, isWhole: true, "1 uses which movies were rated by whom"),
      ModelSetting("side", default: 1, in: 0...1, isWhole: true, "1 uses genres, years, tags, age, gender, occupation"),
      ModelSetting("dates", default: 1, in: 0...1, isWhole: true, "1 uses when a rating was given"),
      ModelSetting("probit", default: 1, in: 0...1, isWhole: true, "1 takes ratings as levels, 0 as numbers"),
    ],
    reference:
      "R. Salakhutdinov, A. Mnih: Bayesian probabilistic matrix factorization using Markov chain Monte Carlo. ICML 2008; S. Rendle, L. Zhang, Y. Koren: On the difficulty of evaluating baselines. arXiv 1905.01395"
  )
  public static let fileVersion: UInt32 = 1

  let head: RatingHead
  /// (p, a) of each user.
  let users: SampledRows
  /// (q, b) of each movie and, last, of a movie of which nothing is known.
  let movies: SampledRows
  let calendar: RatingCalendar

  public var movieCount: Int { movies.rowCount - 1 }

  public func profile(ofUser user: Int, ratings: [MovieRating]) -> UserProfile {
    UserProfile(
      ratings: ratings,
      vector: [Float(users.sampleCount)] + users.unpacked(row: user) + calendar.encodedEffects(ofUser: Int32(user)))
  }

  public func foldIn(_ ratings: [MovieRating]) -> UserProfile { UserProfile(ratings: ratings, vector: [Float(users.sampleCount)] + users.unpacked(row: 0)) }

  public func predict(_ profile: UserProfile, movie: Int?) -> Float { predict(profile, movie: movie, time: 0) }

  public func predict(_ profile: UserProfile, movie: Int?, time: UInt32) -> Float {
    let (mean, variance) = moments(profile, movie: movie, time: time)
    return head.scale.clamp(head.stars(mean: mean, variance: variance))
  }

  public func chances(_ profile: UserProfile, movie: Int?, time: UInt32) -> [Float]? {
    let (mean, variance) = moments(profile, movie: movie, time: time)
    return head.chances(mean: mean, variance: variance)
  }

  /// Mean and variance of η. A profile's vector: samples n | dimensions x n numbers | effects of the user's dates.
  func moments(_ profile: UserProfile, movie: Int?, time: UInt32) -> (mean: Float, variance: Float) {
    let count = Int(profile.vector[0])
    var result = profile.vector.withUnsafeBufferPointer { vector in
      movies.moments(of: movie ?? movieCount, profile: vector.baseAddress.unsafelyUnwrapped + 1, count: count)
    }
    if !calendar.components.isEmpty {
      let effects = profile.vector[(1 + count * movies.dimensionCount)...]
      let known = time > 0 ? time : calendar.lastTime(of: profile.ratings)
      let (offset, unknown) = calendar.effect(userEffects: effects, movie: movie.map { Int32($0) }, time: known)
      result.mean += offset
      result.variance += unknown
    }
    return result
  }

  public func score(_ profiles: [UserProfile], into scores: UnsafeMutableBufferPointer<Float>) {
    for (row, profile) in profiles.enumerated() {
      for movie in 0..<movieCount {
        let (mean, variance) = moments(profile, movie: movie, time: 0)
        scores[row * movieCount + movie] = head.stars(mean: mean, variance: variance)
      }
    }
  }

  public func similarMovies(to movie: Int, count: Int) -> [ScoredMovie] { [] }

  public func reasons(for movie: Int, profile: UserProfile, count: Int) -> [ScoredMovie] { [] }

  public func save(to writer: inout BinaryWriter) {
    head.save(to: &writer)
    users.save(to: &writer)
    movies.save(to: &writer)
    calendar.save(to: &writer)
  }

  public init(from reader: inout BinaryReader) throws(BinaryFileError) {
    head = try RatingHead(from: &reader)
    users = try SampledRows(from: &reader)
    movies = try SampledRows(from: &reader)
    calendar = try RatingCalendar(from: &reader)
  }

  init(head: RatingHead, users: SampledRows, movies: SampledRows, calendar: RatingCalendar) {
    self.calendar = calendar
    self.head = head
    self.users = users
    self.movies = movies
  }
}
