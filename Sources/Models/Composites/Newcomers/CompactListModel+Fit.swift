package import LinearAlgebra
package import Ratings

extension CompactListModel {
  /// The choice made by a fit, and its gain on held-out users.
  public struct Choice: Sendable, Equatable {
    /// p of the regressions of neighbours, λ of the factors, weights of popularity and of the factors.
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
      popularityRegularization: Double, factorRegularization: Double, popularityWeight: Double, factorWeight: Double,
      gain: Double? = nil
    ) {
      self.popularityRegularization = popularityRegularization
      self.factorRegularization = factorRegularization
      self.popularityWeight = popularityWeight
      self.factorWeight = factorWeight
      self.gain = gain
    }
  }

  private static let shares: [Float] = [3, 20]
  private static let lambdas: [Float] = [0.01, 0.03]
  private static let mixtures = [0.02, 0.04, 0 as Float].flatMap { popularity in
    [0.5, 1 as Float].map { Mixture(popularityWeight: popularity, factorWeight: $0) }
  }
  /// Films with fewer ratings have no meaningful links and factors.
  static let fewestRatings = 3
  static let mostFilms = 12_000

  /// The model of these films, the most rated first, with the settings that make the best lists for users held out of a first fit.
  ///
  /// - Parameters:
  ///   - films: the index of each film's movie, the most rated first; those with few ratings are left out.
  ///   - byteLimit: the approximate limit of the compressed model.
  /// - Complexity: that of `NeighbourRegression` and four short factorizations, twice over.
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
    let likes = NewcomerLikes(training, films: films, signal: signal, seed: seed)
    let links = NeighbourRegression(likes).links(shares: [Float(choice.popularityRegularization)], threads: threads)[0]
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
  private static let linkLimits = [255, 100, 80, 60, 40, 32, 24, 18, 14, 10, 8, 6, 4, 2]
  private static let wellKnown = 10
  private static let linksOfUnknown = 10

  private static func choice(
    _ training: TrainingSet, films: [Int32], ratingCounts: [Int], trial: NewcomerTrial, seed: UInt64,
    threads: ThreadCount
  ) -> Choice {
    var best = Choice(
      popularityRegularization: Double(shares[0]), factorRegularization: Double(lambdas[0]),
      popularityWeight: Double(mixtures[0].popularityWeight), factorWeight: Double(mixtures[0].factorWeight))
    guard !trial.isEmpty else { return best }
    let signal = ListSignal(training)
    let likes = NewcomerLikes(training, films: films, signal: signal, seed: seed, isLeftOut: trial.isHeldOut)
    let links = NeighbourRegression(likes).links(shares: shares, threads: threads)
    let genres = FilmGenres(training, films: films, likes: likes)
    for lambda in lambdas {
      let factors = NewcomerFactors(likes, lambda: lambda, seed: seed, threads: threads)
      for (share, links) in zip(shares, links) {
        let model = CompactListModel(
          signal: signal, high: LikedRatings.high(training.scale), links: links, linkLimit: { _ in linkLimits[0] },
          factors: factors, genres: genres, ratingCounts: ratingCounts, mixture: mixtures[0])
        for (mixture, gain) in zip(mixtures, trial.gains(of: model, mixtures: mixtures, threads: threads))
        where gain > best.gain ?? -1 {
          best = Choice(
            popularityRegularization: Double(share), factorRegularization: Double(lambda),
            popularityWeight: Double(mixture.popularityWeight), factorWeight: Double(mixture.factorWeight),
            gain: gain)
        }
      }
    }
    return best
  }
}
