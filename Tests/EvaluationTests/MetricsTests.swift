import Evaluation
import Ratings
import TestSupport
import Testing

@Suite struct `Metrics against values worked by hand` {
  @Test func `errors 1, 0 and -2`() {
    let metrics = RatingMetrics(predicted: [4, 3, 1], actual: [3, 3, 3])
    #expect(abs(metrics.rmse - (5.0 / 3).squareRoot()) < 1e-12)
    #expect(metrics.mae == 1)
    #expect(metrics.count == 3)
    // 1/3, 0 and 2/3 of the actual rating.
    #expect(abs(metrics.mape - 100.0 / 3) < 1e-12)
    #expect(abs(metrics.withinHalf - 1.0 / 3) < 1e-12)
  }

  @Test func `half a star is within half a star, a little more is not`() {
    #expect(RatingMetrics(predicted: [3.5, 2.5, 3.51], actual: [3, 3, 3]).withinHalf == 2.0 / 3)
    // On a scale up to 10 half a star is one point.
    #expect(RatingMetrics(predicted: [8, 8.1], actual: [7, 7], halfStar: 1).withinHalf == 0.5)
  }

  @Test func `a rating of 0 has no percentage error`() {
    let metrics = RatingMetrics(predicted: [1, 5], actual: [0, 4])
    #expect(metrics.mape == 25)
    #expect(metrics.mae == 1)
  }

  @Test func `no ratings give zeros and not NaN`() {
    let metrics = RatingMetrics(predicted: [], actual: [])
    #expect(metrics.rmse == 0 && metrics.mae == 0 && metrics.mape == 0 && metrics.withinHalf == 0)
    let probabilities = ProbabilityMetrics([], actual: [])
    #expect(probabilities.medianError == 0 && probabilities.logLikelihood == 0)
    #expect(probabilities.intervals == IntervalMetrics(low: [], high: [], actual: []))
  }

  @Test func `ranges that hold two of four ratings, ends included`() {
    let metrics = IntervalMetrics(low: [1, 2, 3, 4], high: [2, 4, 4, 5], actual: [2, 1, 5, 4])
    #expect(metrics.coverage == 0.5)
    #expect(metrics.width == 1.25)
  }

  @Test func `hits at ranks 1 and 3 of 3, two relevant`() {
    let metrics = RankingMetrics(lists: [[7, 8, 9]], relevant: [[7, 9]], k: 3, movieCount: 10)
    // (1 + 1/2) / (1 + 1/log2(3))
    #expect(abs(metrics.ndcg - 1.5 / (1 + 1 / 1.584_962_500_721_156)) < 1e-12)
    #expect(abs(metrics.precision - 2.0 / 3) < 1e-12)
    #expect(metrics.recall == 1)
    #expect(metrics.cappedRecall == 1)
    #expect(metrics.hitRate == 1)
    // (1/1 + 2/3) / 2
    #expect(abs(metrics.map - 5.0 / 6) < 1e-12)
    #expect(metrics.mrr == 1)
    #expect(abs(metrics.coverage - 0.3) < 1e-12)
  }

  @Test func `first hit at rank 2 for one user, none for another`() {
    let metrics = RankingMetrics(lists: [[5, 6, 7], [1, 2, 3]], relevant: [[6], [9]], k: 3, movieCount: 12)
    #expect(metrics.mrr == 0.25)
    #expect(metrics.map == 0.25)
    #expect(metrics.hitRate == 0.5)
    #expect(abs(metrics.ndcg - 0.5 / 1.584_962_500_721_156) < 1e-12)
    #expect(metrics.recall == 0.5)
    #expect(abs(metrics.precision - 1.0 / 6) < 1e-12)
  }

  @Test func `recall divides by all relevant movies, also when they are more than k; capped recall does not`() {
    let metrics = RankingMetrics(lists: [[1, 2]], relevant: [[1, 2, 3, 4]], k: 2, movieCount: 4)
    #expect(metrics.recall == 0.5)
    #expect(metrics.cappedRecall == 1)
    #expect(metrics.ndcg == 1)
    #expect(metrics.map == 1)
  }

  @Test func `movies after the first k do not count`() {
    let long = RankingMetrics(lists: [[3, 4, 1, 2]], relevant: [[1, 4]], k: 2, movieCount: 5)
    #expect(long == RankingMetrics(lists: [[3, 4]], relevant: [[1, 4]], k: 2, movieCount: 5))
  }

  @Test func `users without a test movie do not count`() {
    let metrics = RankingMetrics(lists: [[1], [2]], relevant: [[1], []], k: 1, movieCount: 3)
    #expect(metrics.userCount == 1)
    #expect(metrics.precision == 1)
    #expect(abs(metrics.coverage - 1.0 / 3) < 1e-12)
  }

  @Test func `no users give zeros and not NaN`() {
    let metrics = RankingMetrics(lists: [], relevant: [], k: 10, movieCount: 0)
    #expect(metrics.ndcg == 0 && metrics.coverage == 0 && metrics.userCount == 0 && metrics.map == 0)
    let empty = CatalogueFacts(TrainingSet(RatingTable(), users: [], movies: [], scale: .wholeStars))
    let character = ListCharacter(lists: [[], []], k: 10, facts: empty)
    #expect(character.novelty == 0 && character.diversity == 0 && character.popularShare == 0)
  }
}

@Suite struct `Chances against values worked by hand` {
  let probabilities = RatingDistribution([0.05, 0.15, 0.4, 0.3, 0.1], scale: .wholeStars)

  @Test func `the median is the level at which half of the probability is reached`() {
    #expect(probabilities.median == 3)
    #expect(RatingDistribution([0.5, 0, 0, 0, 0.5], scale: .wholeStars).median == 1)
    #expect(RatingDistribution([0, 0, 0, 0, 1], scale: .wholeStars).median == 5)
  }

  @Test func `the interval has the levels whose probability is nearest to the requested one`() {
    // 0.4, 0.7, 0.85, 0.95, 1.
    #expect(probabilities.interval() == (2, 4))
    #expect(probabilities.interval(holding: 0.7) == (3, 4))
    #expect(probabilities.interval(holding: 0.3) == (3, 3))
    #expect(probabilities.interval(holding: 1) == (1, 5))
  }

  @Test func `ranges stay on the scale`() {
    #expect(RatingDistribution([1, 0, 0, 0, 0], scale: .wholeStars).interval() == (1, 1))
    #expect(RatingDistribution([0.1, 0.1, 0.1, 0.2, 0.5], scale: .wholeStars).interval() == (3, 5))
    #expect(RatingDistribution([1], scale: RatingScale(minimum: 3, maximum: 3, step: 1)).interval() == (3, 3))
  }

  @Test func `log-likelihood is the logarithm of the probability of the actual rating`() {
    #expect(abs(probabilities.logLikelihood(of: 3) + 0.916_290_7) < 1e-6)
    #expect(RatingDistribution([1, 0, 0, 0, 0], scale: .wholeStars).logLikelihood(of: 5) > -21)
  }

  @Test func `all figures of two ratings`() {
    let metrics = ProbabilityMetrics([probabilities, probabilities], actual: [4, 1])
    #expect(metrics.medianError == 1.5)
    // (ln 0.3 + ln 0.05) / 2
    #expect(abs(metrics.logLikelihood - (-1.203_972_8 - 2.995_732_3) / 2) < 1e-6)
    #expect(metrics.intervals.coverage == 0.5)
  }

  @Test func `of ratings drawn from the probabilities four in five are in the interval`() {
    var random = CounterRandom(seed: 5)
    var all: [RatingDistribution] = []
    var actual: [Float] = []
    for _ in 0..<20_000 {
      // Normal opinions around a mean of their own, seen as half stars.
      let mean = 1.5 + 2.5 * random.uniform()
      let scale = RatingScale.halfStars
      var weights = (0..<scale.levelCount).map { level -> Float in
        let distance = Double(scale.value(ofLevel: level)) - mean
        return Float(1 / (1 + distance * distance * distance * distance))
      }
      let sum = weights.reduce(0, +)
      weights = weights.map { $0 / sum }
      var left = Float(random.uniform())
      let level = weights.firstIndex {
        left -= $0
        return left <= 0
      }
      all.append(RatingDistribution(weights, scale: scale))
      actual.append(scale.value(ofLevel: level ?? 9))
    }
    let coverage = ProbabilityMetrics(all, actual: actual).intervals.coverage
    #expect(abs(coverage - 0.8) < 0.01, "\(coverage)")
  }
}

@Suite struct `Properties of lists, against values computed by hand` {
  /// Movie 0 is rated by all four users, 1 by two, 2 by one, 3 by nobody.
  private func training(genres: [[String]]) -> TrainingSet {
    var dataset = Dataset.made(
      users: 4, movies: 4,
      ratings: [(0, 0, 4), (1, 0, 3), (2, 0, 3), (3, 0, 2), (0, 1, 5), (1, 1, 4), (0, 2, 1)])
    for (movie, genres) in genres.enumerated() { dataset.movies[movie].genres = genres }
    return TrainingSet(dataset.ratings, of: dataset)
  }

  @Test func `novelty is the mean self-information`() {
    let facts = CatalogueFacts(training(genres: []))
    // 0 bits, 1 bit, 2 bits; a movie without ratings counts as having one.
    #expect(ListCharacter(lists: [[0, 1], [2, 3]], k: 2, facts: facts).novelty == 1.25)
  }

  @Test func `one movie of four is popular`() {
    let facts = CatalogueFacts(training(genres: []))
    #expect(ListCharacter(lists: [[0, 1], [2, 3], []], k: 2, facts: facts).popularShare == 0.25)
  }

  @Test func `diversity by genres`() {
    let facts = CatalogueFacts(training(genres: [["Drama"], ["Drama", "Comedy"], ["War"], []]))
    // Cosines: 0-1: 1/√2; all others 0.
    let character = ListCharacter(lists: [[0, 1, 2]], k: 3, facts: facts)
    #expect(abs(character.diversity - (1 - 0.5.squareRoot() / 3)) < 1e-12)
    #expect(ListCharacter(lists: [[2, 3]], k: 3, facts: facts).diversity == 1)
  }

  @Test func `diversity by raters if there are no genres`() {
    let facts = CatalogueFacts(training(genres: []))
    // Users {0,1,2,3} and {0,1}: 2 / √8.
    #expect(abs(ListCharacter(lists: [[0, 1]], k: 2, facts: facts).diversity - (1 - 2 / 8.0.squareRoot())) < 1e-12)
    #expect(ListCharacter(lists: [[0, 3]], k: 2, facts: facts).diversity == 1)
  }

  @Test func `a list of one movie has no diversity to speak of`() {
    let facts = CatalogueFacts(training(genres: []))
    #expect(ListCharacter(lists: [[0]], k: 5, facts: facts).diversity == 0)
  }
}
