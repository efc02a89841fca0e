public import Models
import Ratings

/// What was measured of one model: figures by name, one value for each test case.
public struct ModelEvaluation: Sendable {
  public let model: String
  public let family: String
  public let job: ModelDescriptor.Job
  public let settings: ModelSettings
  /// The figures in the order in which they are shown.
  public private(set) var metrics: [(name: String, values: [Double])] = []
  /// Seconds to fit, for each test case.
  public private(set) var fitSeconds: [Double] = []
  /// Seconds to predict or rank the test part, for each test case.
  public private(set) var predictSeconds: [Double] = []

  init(_ descriptor: ModelDescriptor, settings: ModelSettings) {
    model = descriptor.name
    family = descriptor.family
    job = descriptor.job
    self.settings = settings
  }

  /// The mean of a figure over the test cases.
  public func mean(_ name: String) -> Double? {
    guard let values = metrics.first(where: { $0.name == name })?.values, !values.isEmpty else { return nil }
    return values.reduce(0, +) / Double(values.count)
  }

  /// All figures, each the mean over the test cases.
  public var means: [(name: String, value: Double)] {
    metrics.map { ($0.name, $0.values.reduce(0, +) / Double(max(1, $0.values.count))) }
  }

  mutating func add(_ figures: [(name: String, value: Double)], fitSeconds: Double, predictSeconds: Double) {
    for (name, value) in figures {
      if let index = metrics.firstIndex(where: { $0.name == name }) {
        metrics[index].values.append(value)
      } else {
        metrics.append((name, [value]))
      }
    }
    self.fitSeconds.append(fitSeconds)
    self.predictSeconds.append(predictSeconds)
  }
}

extension ModelEvaluation {
  /// Fits a model on each test case and measures it: RMSE and MAE for stars, figures of the top 10 for lists.
  ///
  /// - Throws: what fitting throws.
  public static func measure(
    _ type: any Recommender.Type, settings: ModelSettings, on cases: [TestCase], context: FitContext
  ) throws -> ModelEvaluation {
    var result = ModelEvaluation(type.descriptor, settings: settings)
    for testCase in cases {
      let clock = ContinuousClock()
      let start = clock.now
      let model = try type.fit(testCase.training, settings: settings, context: context)
      let fitted = clock.now
      let figures = Self.figures(of: model, job: type.descriptor.job, on: testCase, context: context)
      result.add(
        figures, fitSeconds: (fitted - start) / .seconds(1), predictSeconds: (clock.now - fitted) / .seconds(1))
    }
    return result
  }

  /// The figures of a fitted model on one test case.
  public static func figures(
    of model: any Recommender, job: ModelDescriptor.Job, on testCase: TestCase, context: FitContext
  ) -> [(name: String, value: Double)] {
    switch job {
    case .stars:
      let predicted = Prediction.values(
        by: model, users: testCase.test.users, movies: testCase.test.movies, training: testCase.training,
        threads: context.threads)
      let metrics = RatingMetrics(predicted: predicted, given: testCase.test.values)
      return [("rmse", metrics.rmse), ("mae", metrics.mae)]
    case .lists:
      let metrics = RankingMetrics(of: model, on: testCase, k: 10, context: context)
      return [
        ("ndcg@10", metrics.ndcg), ("precision@10", metrics.precision), ("recall@10", metrics.recall),
        ("hit-rate@10", metrics.hitRate), ("coverage@10", metrics.coverage),
      ]
    }
  }
}
