import Models
import Ratings
import Testing

@Suite struct `Intervals around predicted stars` {
  /// Ratings whose spread falls with the number of ratings of the movie, so that one width for all would be wrong.
  private func observations(_ count: Int, seed: UInt64) -> [PredictionInterval.Observation] {
    var random = CounterRandom(seed: seed)
    return (0..<count).map { _ in
      let movieCount = random.index(below: 50)
      let spread = (0.2 + 2 / Double(1 + movieCount)).squareRoot()
      let noise = random.normalPair().0 * spread
      return .init(actual: Float(5 + noise), predicted: 5, userCount: 20, movieCount: movieCount)
    }
  }

  @Test func `four in five fresh ratings fall within, for rare and for well-known movies`() {
    let scale = RatingScale(minimum: -100, maximum: 100, step: 1)
    let interval = PredictionInterval(observations(20_000, seed: 1), scale: scale)
    let fresh = observations(20_000, seed: 2)
    for counts in [0..<3, 3..<10, 10..<50] {
      let group = fresh.filter { counts.contains($0.movieCount) }
      let inside = group.filter {
        let range = interval.range(around: $0.predicted, userCount: $0.userCount, movieCount: $0.movieCount)
        return $0.actual >= range.low && $0.actual <= range.high
      }
      let coverage = Double(inside.count) / Double(group.count)
      #expect(abs(coverage - 0.8) < 0.04, "\(coverage) of movies with \(counts) ratings")
    }
  }

  @Test func `the range stays on the scale and holds the stars`() {
    let interval = PredictionInterval(observations(1000, seed: 3), scale: .wholeStars)
    for stars in stride(from: Float(1), through: 5, by: 0.25) {
      let range = interval.range(around: stars, userCount: 0, movieCount: 0)
      #expect(range.low >= 1 && range.low <= stars && range.high >= stars && range.high <= 5)
    }
  }

  @Test(arguments: [0, 1, 49])
  func `too few residuals still give a range`(count: Int) {
    let interval = PredictionInterval(observations(count, seed: 4), scale: .wholeStars)
    let range = interval.range(around: 3, userCount: 1, movieCount: 1)
    #expect(range.low < 3 && range.high > 3)
  }

  @Test func `residuals that are all zero give a range without NaN`() {
    let same = [PredictionInterval.Observation](
      repeating: .init(actual: 3, predicted: 3, userCount: 5, movieCount: 5), count: 200)
    let range = PredictionInterval(same, scale: .wholeStars).range(around: 3, userCount: 5, movieCount: 5)
    #expect(range.low <= 3 && range.high >= 3)
  }
}
