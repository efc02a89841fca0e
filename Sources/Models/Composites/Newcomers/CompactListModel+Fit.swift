package import LinearAlgebra
package import Ratings

extension CompactListModel {
  /// The choice made by a fit, and its gain on held-out users.
  public struct Choice: Sendable, Equatable {
    /// How users weigh in the regressions of neighbours, and their λ.
    public var weighting: Weighting
    /// p of the regressions of neighbours.
    public var popularityRegularization: Double
    /// λ of the factors.
    public var factorRegularization: Double
    /// p of the score.
    public var popularityWeight: Double
    /// β of the score.
    public var factorWeight: Double
    /// Mean nDCG@10 of the lists of held-out users; nil if there were too few.
    public var gain: Double?

    package init(
      weighting: Weighting, popularityRegularization: Double, factorRegularization: Double, popularityWeight: Double,
      factorWeight: Double, gain: Double? = nil
    ) {
      self.weighting = weighting
      self.popularityRegularization = popularityRegularization
      self.factorRegularization = factorRegularization
      self.popularityWeight = popularityWeight
      self.factorWeight = factorWeight
      self.gain = gain
    }
  }

  /// How users weigh in the regressions of neighbours (`NewcomerLikes`), and the λ that goes with it.
  public enum Weighting: UInt8, Sendable {
    /// Users with many likes weigh less: for users who rated much and films that many rated.
    case byLikes
    /// All users weigh the same: for sparse ratings.
    case equal

    var userScaling: Double { self == .byLikes ? 0.25 : 0 }
    var ridge: Float { self == .byLikes ? 200 : 20 }
  }

  /// How much better, on held-out users, lists by another weighting have to be: less may be chance.
  private static let leastImprovement = 1.005
  private static let shares: [Float] = [3, 20]
  private static let lambdas: [Float] = [0.01, 0.03]
  private static let mixtures = [0.02, 0.04, 0 as Float].flatMap { popularity in
    [0.25, 0.5, 1 as Float].map { Mixture(popularityWeight: popularity, factorWeight: $0) }
  }
  /// Films with fewer ratings have no meaningful links and factors.
  static let fewestRatings = 3
  static let mostFilms = 12_000

  /// The model of these films, the most rated first, with the settings that make the best lists for users held out of a first fit.
  ///
  /// - Parameters:
  ///   - films: the index of each film's movie, the most rated first; those with few ratings are left out.
  ///   - byteLimit: the approximate limit of the compressed model.
  /// - Complexity: that of four `NeighbourRegression`s and three short factorizations.
  package static func fit(
    _ training: TrainingSet, films: [Int32], byteLimit: Int, seed: UInt64, threads: ThreadCount
  ) -> (model: CompactListModel, choice: Choice) {
    let counts = films.map { training.byMovie.count(ofRow: Int($0)) }
    let known = min(mostFilms, counts.firstIndex { $0 < fewestRatings } ?? counts.count)
    let all = films
    let films = Array(films.prefix(known))
    let ratingCounts = Array(counts.prefix(known))
    let signal = ListSignal(training)
    let trial = NewcomerTrial(training, films: films, seed: seed)
    let choice = choice(training, films: films, ratingCounts: ratingCounts, trial: trial, seed: seed, threads: threads)
    let likes = NewcomerLikes(
      training, films: films, signal: signal, userScaling: choice.weighting.userScaling, seed: seed)
    let links = NeighbourRegression(likes, ridge: choice.weighting.ridge)
      .links(shares: [Float(choice.popularityRegularization)], threads: threads)[0]
    let factors = NewcomerFactors(likes, lambda: Float(choice.factorRegularization), seed: seed, threads: threads)
    let mixture = Mixture(
      popularityWeight: Float(choice.popularityWeight), factorWeight: Float(choice.factorWeight))
    let genres = FilmGenres(training, films: all, likes: likes)
    var model: CompactListModel
    var limits = linkLimits[...]
    repeat {
      let limit = limits.removeFirst()
      model = CompactListModel(
        signal: signal, high: LikedRatings.high(training.scale), links: links,
        linkLimit: { ratingCounts[$0] < wellKnown ? min(limit, linksOfUnknown) : limit }, factors: factors,
        genres: genres, ratingCounts: ratingCounts, mixture: mixture)
    } while model.packedSize > byteLimit && !limits.isEmpty
    return (model, choice)
  }

  /// How many links to a film are kept, as long as the model is too large; of films with few ratings fewer.
  private static let linkLimits = [
    255, 120, 100, 90, 80, 70, 62, 55, 48, 42, 37, 32, 28, 24, 21, 18, 16, 14, 12, 10, 8, 6, 4, 2,
  ]
  static let wellKnown = 10
  private static let linksOfUnknown = 6

  private static func choice(
    _ training: TrainingSet, films: [Int32], ratingCounts: [Int], trial: NewcomerTrial, seed: UInt64,
    threads: ThreadCount
  ) -> Choice {
    var best = Choice(
      weighting: .byLikes, popularityRegularization: Double(shares[0]), factorRegularization: Double(lambdas[0]),
      popularityWeight: Double(mixtures[0].popularityWeight), factorWeight: Double(mixtures[0].factorWeight))
    guard !trial.isEmpty else { return best }
    let signal = ListSignal(training)
    let likes = NewcomerLikes(
      training, films: films, signal: signal, userScaling: best.weighting.userScaling, seed: seed,
      isLeftOut: trial.isHeldOut)
    let genres = FilmGenres(training, films: films, likes: likes)
    let factors = lambdas.map { NewcomerFactors(likes, lambda: $0, seed: seed, threads: threads) }
    /// The best mixture of the parts.
    let tried = { (weighting: Weighting, share: Float, links: [[NeighbourRegression.Link]], factors: NewcomerFactors) in
      let model = CompactListModel(
        signal: signal, high: LikedRatings.high(training.scale), links: links, linkLimit: { _ in linkLimits[0] },
        factors: factors, genres: genres, ratingCounts: ratingCounts, mixture: mixtures[0])
      let gains = trial.gains(of: model, mixtures: mixtures, threads: threads)
      let place = gains.indices.reduce(0) { gains[$1] > gains[$0] ? $1 : $0 }
      return Choice(
        weighting: weighting, popularityRegularization: Double(share), factorRegularization: Double(factors.lambda),
        popularityWeight: Double(mixtures[place].popularityWeight), factorWeight: Double(mixtures[place].factorWeight),
        gain: gains[place])
    }
    let links = NeighbourRegression(likes, ridge: best.weighting.ridge).links(shares: shares, threads: threads)
    for factors in factors {
      for (share, links) in zip(shares, links) {
        let choice = tried(.byLikes, share, links, factors)
        if choice.gain ?? 0 > best.gain ?? -1 { best = choice }
      }
    }
    // The factors do not depend on the weights of users.
    let others = NewcomerLikes(
      training, films: films, signal: signal, userScaling: Weighting.equal.userScaling, seed: seed,
      isLeftOut: trial.isHeldOut)
    let share = Float(best.popularityRegularization)
    let equal = NeighbourRegression(others, ridge: Weighting.equal.ridge).links(shares: [share], threads: threads)[0]
    for factors in factors where Double(factors.lambda) == best.factorRegularization {
      let choice = tried(.equal, share, equal, factors)
      if choice.gain ?? 0 > Self.leastImprovement * (best.gain ?? 0) { best = choice }
    }
    return best
  }
}
