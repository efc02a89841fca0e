public import Models
import Ratings

/// What is measured besides errors.
public struct EvaluationOptions: Sendable, Equatable {
  /// The lengths of lists at which they are measured.
  public var cutoffs: [Int]
  /// Whether models that give no chances are fitted once more, on nine tenths of the training part, to learn the
  /// range around their predictions from the tenth that is left.
  public var learnsIntervals: Bool

  public init(cutoffs: [Int] = [10], learnsIntervals: Bool = false) {
    self.cutoffs = cutoffs
    self.learnsIntervals = learnsIntervals
  }
}

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
  /// How learning went, for each test case; none for models that keep no curve.
  public private(set) var learningCurves: [[LearningPoint]] = []
  /// Whether predicted stars and chances mean what they say, for each test case.
  public private(set) var calibrations: [Calibration] = []
  /// Peak memory of the process while the model was measured, in megabytes; nil where nobody looked.
  public var peakMegabytes: Double?

  init(_ descriptor: ModelDescriptor, settings: ModelSettings) {
    model = descriptor.name
    family = descriptor.family
    job = descriptor.job
    self.settings = settings
  }

  /// The mean of a figure over the test cases.
  public func mean(_ name: String) -> Double? {
    metrics.first { $0.name == name && !$0.values.isEmpty }.map { Self.mean($0.values) }
  }

  /// All figures, each the mean over the test cases.
  public var means: [(name: String, value: Double)] { metrics.map { ($0.name, Self.mean($0.values)) } }

  /// The standard deviation of each figure between the test cases, √(Σ (x − mean)² / (cases − 1)); none for one case.
  public var deviations: [(name: String, value: Double)] {
    metrics.filter { $0.values.count > 1 }.map { name, values in
      let mean = Self.mean(values)
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return (name, (squares / Double(values.count - 1)).squareRoot())
    }
  }

  private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(max(1, values.count)) }

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
  /// Fits a model on each test case and measures it.
  ///
  /// - Throws: what fitting throws.
  public static func measure(
    _ type: any Recommender.Type, settings: ModelSettings, on cases: [TestCase], context: FitContext,
    options: EvaluationOptions = EvaluationOptions()
  ) throws -> ModelEvaluation {
    var result = ModelEvaluation(type.descriptor, settings: settings)
    for testCase in cases {
      let clock = ContinuousClock()
      let start = clock.now
      let model = try type.fit(testCase.training, settings: settings, context: context)
      let fitted = clock.now
      if let model = model as? any HasLearningCurve { result.learningCurves.append(model.learningCurve) }
      let outcome = Self.outcome(
        of: model, job: type.descriptor.job, on: testCase, context: context, options: options)
      var figures = outcome.figures
      if type.descriptor.job == .stars { result.calibrations.append(outcome.calibration) }
      let predicted = clock.now
      if options.learnsIntervals, type.descriptor.job == .stars, !figures.contains(where: { $0.name == "coverage-80" })
      {
        let intervals = try IntervalMetrics(of: model, on: testCase, settings: settings, context: context)
        figures += intervals.figures
      }
      result.add(
        figures, fitSeconds: (fitted - start) / .seconds(1), predictSeconds: (predicted - fitted) / .seconds(1))
    }
    return result
  }

  /// The figures of a fitted model on one test case: errors for stars, what the lists hold and are like for lists.
  ///
  /// Where test users are from outside the training part, lists have the figures of the literature as well: nDCG@100
  /// and Recall@20 and @50, the latter both over the test movies and over min(k, test movies) ("capped").
  public static func figures(
    of model: any Recommender, job: ModelDescriptor.Job, on testCase: TestCase, context: FitContext,
    options: EvaluationOptions = EvaluationOptions()
  ) -> [(name: String, value: Double)] {
    outcome(of: model, job: job, on: testCase, context: context, options: options).figures
  }

  /// The figures of a fitted model on one test case and, of stars, whether they mean what they say.
  public static func outcome(
    of model: any Recommender, job: ModelDescriptor.Job, on testCase: TestCase, context: FitContext,
    options: EvaluationOptions = EvaluationOptions()
  ) -> (figures: [(name: String, value: Double)], calibration: Calibration) {
    switch job {
    case .stars: starOutcome(of: model, on: testCase, context: context)
    case .lists: (listFigures(of: model, on: testCase, context: context, cutoffs: options.cutoffs), Calibration())
    }
  }

  private static func starOutcome(
    of model: any Recommender, on testCase: TestCase, context: FitContext
  ) -> (figures: [(name: String, value: Double)], calibration: Calibration) {
    let given = testCase.test.values
    let scale = testCase.training.scale
    let predicted = Prediction.values(by: model, on: testCase, threads: context.threads)
    let errors = RatingMetrics(predicted: predicted, given: given, halfStar: scale.maximum / 10)
    let figures = [
      ("rmse", errors.rmse), ("mae", errors.mae), ("mape", errors.mape), ("within-half", errors.withinHalf),
    ]
    let chances = Prediction.chances(by: model, on: testCase, threads: context.threads)
    let calibration = Calibration(predicted: predicted, chances: chances, given: given, scale: scale)
    guard let chances else { return (figures, calibration) }
    let metrics = ChanceMetrics(chances, given: given)
    return (
      figures + [("mae-median", metrics.medianError), ("log-likelihood", metrics.logLikelihood)]
        + metrics.intervals.figures, calibration
    )
  }

  private static func listFigures(
    of model: any Recommender, on testCase: TestCase, context: FitContext, cutoffs: [Int]
  ) -> [(name: String, value: Double)] {
    let isStrong = !testCase.newcomers.isEmpty && testCase.candidates == nil
    let longest = max(cutoffs.max() ?? 10, isStrong ? 100 : 1)
    let lists = TestLists(of: model, on: testCase, k: longest, context: context)
    let movieCount = testCase.training.movieCount
    let metrics = { (k: Int) in
      RankingMetrics(lists: lists.lists, relevant: lists.relevant, k: k, movieCount: movieCount)
    }
    let facts = CatalogueFacts(testCase.training)
    var figures: [(name: String, value: Double)] = []
    for k in cutoffs {
      let (found, character) = (metrics(k), ListCharacter(lists: lists.lists, k: k, facts: facts))
      figures += [
        ("ndcg@\(k)", found.ndcg), ("precision@\(k)", found.precision), ("recall@\(k)", found.recall),
        ("hit-rate@\(k)", found.hitRate), ("map@\(k)", found.map), ("mrr@\(k)", found.mrr),
        ("coverage@\(k)", found.coverage), ("novelty@\(k)", character.novelty),
        ("diversity@\(k)", character.diversity), ("popular@\(k)", character.popularShare),
      ]
    }
    guard isStrong else { return figures }
    var literature = [("ndcg@100", metrics(100).ndcg)]
    for k in [20, 50] {
      let found = metrics(k)
      literature += [("recall@\(k)", found.recall), ("capped-recall@\(k)", found.cappedRecall)]
    }
    return figures + literature.filter { figure in !figures.contains { $0.name == figure.0 } }
  }
}
