public import Models
public import Ratings

extension IntervalMetrics {
  /// The figures by the names that reports have.
  public var figures: [(name: String, value: Double)] { [("coverage-80", coverage), ("interval-width", width)] }

  /// The intervals of `PredictionInterval` around the predictions of `model` on the test set, learned from the training
  /// set only: a second model is fitted on nine tenths of it, and its residuals on the remaining tenth determine
  /// the width of the interval.
  ///
  /// - Throws: what fitting throws.
  public init(
    of model: any Recommender, on testCase: TestCase, settings: ModelSettings, context: FitContext
  ) throws {
    let training = testCase.training
    let inner = TestCase(validatingWithin: training, share: 0.1, seed: context.seed)
    let second = try type(of: model).fit(inner.training, settings: settings, context: context)
    let interval = PredictionInterval(
      Self.observations(Prediction.values(by: second, on: inner, threads: context.threads), on: inner),
      scale: training.scale)
    let predicted = Prediction.values(by: model, on: testCase, threads: context.threads)
    let ranges = Self.observations(predicted, on: testCase).map {
      interval.range(around: $0.predicted, userCount: $0.userCount, movieCount: $0.movieCount)
    }
    self.init(low: ranges.map(\.low), high: ranges.map(\.high), actual: testCase.test.values)
  }

  /// The intervals of `PredictionInterval` around existing predictions: half of the test set, drawn by a
  /// hash, determines the width of the intervals of the other half, and vice versa.
  public init(crossFitting observations: [PredictionInterval.Observation], scale: RatingScale) {
    var low = [Float](repeating: 0, count: observations.count)
    var high = low
    let halves = observations.indices.map { CounterRandom.mix(UInt64($0)) & 1 }
    for half in [0, 1] as [UInt64] {
      let interval = PredictionInterval(zip(observations, halves).filter { $1 != half }.map(\.0), scale: scale)
      for (row, observation) in observations.enumerated() where halves[row] == half {
        (low[row], high[row]) = interval.range(
          around: observation.predicted, userCount: observation.userCount, movieCount: observation.movieCount)
      }
    }
    self.init(low: low, high: high, actual: observations.map(\.actual))
  }

  private static func observations(_ predicted: [Float], on testCase: TestCase) -> [PredictionInterval.Observation] {
    let test = testCase.test
    let byUser = testCase.training.byUser
    return (0..<test.count).map { row in
      let user = Int(test.users[row])
      let userCount =
        user < 0
        ? 0 : user < byUser.rowCount ? byUser.count(ofRow: user) : testCase.newcomers[user - byUser.rowCount].count
      return PredictionInterval.Observation(
        actual: test.values[row], predicted: predicted[row], userCount: userCount,
        movieCount: test.movies[row] < 0 ? 0 : testCase.training.byMovie.count(ofRow: Int(test.movies[row])))
    }
  }
}

extension TestCase {
  /// A random share of a training set as validation set; the rest to train on.
  package init(validatingWithin training: TrainingSet, share: Double, seed: UInt64) {
    let dataset = Dataset(
      users: training.users, movies: training.movies, ratings: training.table, tags: training.tags,
      scale: training.scale)
    self.init(dataset.holdout(fraction: share, seed: seed), of: dataset)
  }
}
