import Ratings

/// The ground truth of a synthetic data set: the factors of movies and users, and their popularity and activity.
///
/// A rating is the mean, plus the severity of the user, the quality of the movie, their affinity (the product of two
/// vectors of eight factors) and noise. The variances follow estimates from MovieLens: about half a star
/// of deviation each for users, movies and affinities, and 0.8 of noise.
struct TasteWorld {
  typealias Factors = SIMD8<Float>

  let userTastes: [Factors]
  let userSeverity: [Float]
  let movieTastes: [Factors]
  let movieQuality: [Float]
  /// How often a movie is rated, relative to others.
  let popularity: [Float]
  /// How often a user rates, relative to others.
  let activity: [Float]
  let catalogue: SyntheticCatalogue
  private var mean: Float = 0

  private static let affinitySpread: Float = 0.55
  /// A few factors dominate: a model finds them first. The squares add up to about eight.
  private static let strengths = Factors(2, 1.4, 1, 0.8, 0.6, 0.5, 0.4, 0.3)
  private static let meanStars: Float = 3.78
  private static let noiseSpread: Float = 0.78

  init(synthesizer: Synthesizer) {
    let movies = synthesizer.movies
    let users = synthesizer.users
    let catalogue = SyntheticCatalogue(synthesizer: synthesizer)
    self.catalogue = catalogue
    let spread = LongTail.popularitySpread(movies: movies)
    popularity = LongTail.weights(movies, spread: spread, random: synthesizer.random(.popularity))
    activity = LongTail.weights(users, spread: LongTail.activitySpread, random: synthesizer.random(.activity))

    var random = synthesizer.random(.movieTaste)
    let genreTastes = SyntheticCatalogue.genres.map { _ in Self.normals(&random) }
    movieTastes = (0..<movies).map { movie in
      var shared = Factors()
      for (genre, taste) in genreTastes.enumerated() where catalogue.genreSets[movie] & 1 << genre != 0 {
        shared += taste
      }
      shared /= Float(max(1, catalogue.genreSets[movie].nonzeroBitCount)).squareRoot()
      var own = Self.normals(&random)
      own[0] = Float(Int(catalogue.years[movie]) - 1_990) / 20  // one factor is the era
      return (shared * 0.75 + own * 0.66) * Self.strengths * (Self.affinitySpread / Float(8).squareRoot())
    }
    // Better movies are rated more often.
    movieQuality = popularity.map { weight in
      let fame = Float(PlainMath.logarithm(Double(weight)) / spread)
      return 0.2 * fame + 0.42 * Float(random.normalPair().0)
    }
    random = synthesizer.random(.userTaste)
    userTastes = (0..<users).map { _ in Self.normals(&random) }
    userSeverity = (0..<users).map { _ in 0.46 * Float(random.normalPair().0) }
    mean = Self.meanStars - pilotMean(random: synthesizer.random(.pilot))
  }

  /// The factor of a movie's weight for a user, in (0, 1): people choose what they tend to like.
  func liking(user: Int, movie: Int) -> Float {
    let x = 4 * affinity(user: user, movie: movie)
    return 0.5 + 0.49 * x / (1 + abs(x))
  }

  /// The rating of a user, before rounding to the scale.
  func stars(user: Int, movie: Int, noise: Double) -> Float {
    let offset = latent(user: user, movie: movie) + Self.noiseSpread * Float(noise)
    // Bad ratings are rarer than good ones and further away.
    return mean + offset - 0.08 * offset * offset
  }

  private func affinity(user: Int, movie: Int) -> Float { (userTastes[user] * movieTastes[movie]).sum() }

  private func latent(user: Int, movie: Int) -> Float {
    userSeverity[user] + movieQuality[movie] + affinity(user: user, movie: movie)
  }

  /// The mean offset of the ratings to be drawn, estimated from a sample.
  private func pilotMean(random: CounterRandom) -> Float {
    var random = random
    let users = AliasTable(activity)
    let movies = AliasTable(popularity)
    var sum = 0.0
    var count = 0
    for _ in 0..<40_000 {
      let user = users.draw(&random)
      let movie = movies.draw(&random)
      guard Float(random.uniform()) < liking(user: user, movie: movie) else { continue }
      sum += Double(latent(user: user, movie: movie))
      count += 1
    }
    return Float(sum / Double(max(1, count)))
  }

  private static func normals(_ random: inout CounterRandom) -> Factors {
    var result = Factors()
    for index in stride(from: 0, to: 8, by: 2) {
      let pair = random.normalPair()
      result[index] = Float(pair.0)
      result[index + 1] = Float(pair.1)
    }
    return result
  }
}
