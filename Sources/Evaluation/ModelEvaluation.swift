public import Models
import Ratings

/// Options of an evaluation.
public struct EvaluationOptions: Sendable, Equatable {
  /// The list lengths to measure.
  public var cutoffs: [Int]
  /// Whether models that give no probabilities are fitted again, on nine tenths of the training set, to estimate
  /// prediction intervals from the remaining tenth.
  public var learnsIntervals: Bool
  /// The most users for whom lists are made; of more, a sample that depends only on the seed is drawn. Nil: all.
  public var mostListUsers: Int?
  /// Whether lists are also measured with re-ranking for more discovery (`ListDiscovery`).
  public var discovers: Bool

  /// Options; by default lists of ten for all users.
  public init(
    cutoffs: [Int] = [10], learnsIntervals: Bool = false, mostListUsers: Int? = nil, discovers: Bool = false
  ) {
    self.discovers = discovers
    self.cutoffs = cutoffs
    self.learnsIntervals = learnsIntervals
    self.mostListUsers = mostListUsers
  }
}

/// The results for one model: figures by name, one value for each test case.
public struct ModelEvaluation: Sendable {
  /// The model's name, with "+discovery" where its lists were re-ranked.
  public let model: String
  /// The family of its descriptor.
  public let family: String
  /// What it is for, and so which figures it has.
  public let job: ModelDescriptor.Job
  /// Including those that the model chose itself in the last test case.
  public private(set) var settings: ModelSettings
  /// The same model with `ListDiscovery` applied to its lists; empty if not requested.
  public private(set) var discovered: [ModelEvaluation] = []
  /// The figures in display order.
  public private(set) var metrics: [(name: String, values: [Double])] = []
  /// Seconds to fit, for each test case.
  public private(set) var fitSeconds: [Double] = []
  /// Seconds to predict or rank the test set, for each test case.
  public private(set) var predictSeconds: [Double] = []
  /// The learning curve for each test case; empty for models without one.
  public private(set) var learningCurves: [[LearningPoint]] = []
  /// Calibration of predicted stars and probabilities, for each test case.
  public private(set) var calibrations: [Calibration] = []
  /// What each user contributes to the first figure, over all test cases; a user in several test sets appears once for each.
  public private(set) var userFigures: [UserFigure] = []
  /// Peak memory of the process during the evaluation, in megabytes; nil if it was not measured.
  public var peakMegabytes: Double?

  init(_ descriptor: ModelDescriptor, settings: ModelSettings, discovers: Bool = false) {
    model = descriptor.name + (discovers ? "+discovery" : "")
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
  /// - Parameter observe: called with the model's output for each test case, by its index; the name is the model's, or that of the same
  ///   model with `ListDiscovery`.
  /// - Throws: what fitting and `observe` throw.
  public static func measure(
    _ type: any Recommender.Type, settings: ModelSettings, on cases: [TestCase], context: FitContext,
    options: EvaluationOptions = EvaluationOptions(),
    observe: (_ model: String, _ testCase: Int, Observations) throws -> Void = { _, _, _ in }
  ) throws -> ModelEvaluation {
    var result = ModelEvaluation(type.descriptor, settings: settings)
    var discovered = ModelEvaluation(type.descriptor, settings: settings, discovers: true)
    for (index, testCase) in cases.enumerated() {
      let clock = ContinuousClock()
      let start = clock.now
      let model = try type.fit(testCase.training, settings: settings, context: context)
      let fitted = clock.now
      result.settings = settings.choosing(by: model)
      discovered.settings = result.settings
      if let model = model as? any HasLearningCurve { result.learningCurves.append(model.learningCurve) }
      let outcome = Self.outcome(
        of: model, job: type.descriptor.job, on: testCase, context: context, options: options)
      var figures = outcome.figures
      if type.descriptor.job == .stars { result.calibrations.append(outcome.calibration) }
      if options.learnsIntervals, type.descriptor.job == .stars, !figures.contains(where: { $0.name == "coverage-80" })
      {
        let intervals = try IntervalMetrics(of: model, on: testCase, settings: settings, context: context)
        figures += intervals.figures
      }
      result.add(figures, fitSeconds: (fitted - start) / .seconds(1), predictSeconds: outcome.seconds)
      result.userFigures += outcome.userFigures
      try observe(result.model, index, outcome.observations)
      guard options.discovers, type.descriptor.job == .lists, testCase.candidates == nil else { continue }
      let begun = clock.now
      let curve = try DiscoveryCurve(
        type, training: testCase.training, settings: result.settings, context: context)
      let discovery = ListDiscovery(
        model, training: testCase.training, weights: ListDiscovery.Weights(strength: curve.strength),
        seed: context.seed, threads: context.threads)
      let counted = clock.now
      let found = Self.listOutcome(
        of: model, discovery: discovery, on: testCase, context: context, options: options)
      discovered.add(
        found.figures, fitSeconds: ((fitted - start) + (counted - begun)) / .seconds(1), predictSeconds: found.seconds)
      discovered.userFigures += found.userFigures
      try observe(discovered.model, index, found.observations)
    }
    if !discovered.fitSeconds.isEmpty { result.discovered = [discovered] }
    return result
  }

  /// The results of a fitted model on one test case.
  public struct Outcome: Sendable {
    /// Errors for stars; accuracy and properties of lists for lists.
    ///
    /// If test users are outside the training set, lists also have the figures of the literature: nDCG@100
    /// and Recall@20 and @50, the latter both over the test movies and over min(k, test movies) ("capped").
    public var figures: [(name: String, value: Double)]
    /// The calibration, for stars.
    public var calibration = Calibration()
    /// Seconds to predict or rank, without the time to compute metrics.
    public var seconds: Double
    /// The model's output.
    public var observations: Observations
    /// What each user contributes to the first figure.
    public var userFigures: [UserFigure]
  }

  /// Predicts or ranks the test set and measures the result.
  public static func outcome(
    of model: any Recommender, job: ModelDescriptor.Job, on testCase: TestCase, context: FitContext,
    options: EvaluationOptions = EvaluationOptions()
  ) -> Outcome {
    switch job {
    case .stars: starOutcome(of: model, on: testCase, context: context)
    case .lists: listOutcome(of: model, on: testCase, context: context, options: options)
    }
  }

  private static func starOutcome(of model: any Recommender, on testCase: TestCase, context: FitContext) -> Outcome {
    let clock = ContinuousClock()
    let start = clock.now
    let actual = testCase.test.values
    let scale = testCase.training.scale
    let predicted = Prediction.values(by: model, on: testCase, threads: context.threads)
    let probabilities = Prediction.probabilities(by: model, on: testCase, threads: context.threads)
    let seconds = (clock.now - start) / .seconds(1)
    let errors = RatingMetrics(predicted: predicted, actual: actual, halfStar: scale.maximum / 10)
    let figures = [
      ("rmse", errors.rmse), ("mae", errors.mae), ("mape", errors.mape), ("within-half", errors.withinHalf),
    ]
    let calibration = Calibration(predicted: predicted, probabilities: probabilities, actual: actual, scale: scale)
    let observations = Observations.predictions(predicted)
    let userFigures = observations.userFigures(on: testCase, relevant: [], k: 0)
    guard let probabilities else {
      return Outcome(
        figures: figures, calibration: calibration, seconds: seconds, observations: observations,
        userFigures: userFigures)
    }
    let metrics = ProbabilityMetrics(probabilities, actual: actual)
    return Outcome(
      figures: figures + [("mae-median", metrics.medianError), ("log-likelihood", metrics.logLikelihood)]
        + metrics.intervals.figures,
      calibration: calibration, seconds: seconds, observations: observations, userFigures: userFigures)
  }

  private static func listOutcome(
    of model: any Recommender, discovery: ListDiscovery? = nil, on testCase: TestCase, context: FitContext,
    options: EvaluationOptions
  ) -> Outcome {
    let isStrong = !testCase.newcomers.isEmpty && testCase.candidates == nil
    let longest = max(options.cutoffs.max() ?? 10, isStrong ? 100 : 1)
    let lists = TestLists(
      of: model, discovery: discovery, on: testCase, k: longest, mostUsers: options.mostListUsers, context: context)
    let movieCount = testCase.training.movieCount
    let movies = lists.lists
    let observations = Observations.lists(users: lists.users, lists: lists.scored)
    let userFigures = observations.userFigures(on: testCase, relevant: lists.relevant, k: options.cutoffs.first ?? 10)
    let metrics = { (k: Int) in
      RankingMetrics(lists: movies, relevant: lists.relevant, k: k, movieCount: movieCount)
    }
    let facts = CatalogueFacts(testCase.training)
    var figures: [(name: String, value: Double)] = []
    for k in options.cutoffs {
      let (found, character) = (metrics(k), ListCharacter(lists: movies, k: k, facts: facts))
      figures += [
        ("ndcg@\(k)", found.ndcg), ("precision@\(k)", found.precision), ("recall@\(k)", found.recall),
        ("hit-rate@\(k)", found.hitRate), ("map@\(k)", found.map), ("mrr@\(k)", found.mrr),
        ("coverage@\(k)", found.coverage), ("novelty@\(k)", character.novelty),
        ("diversity@\(k)", character.diversity), ("popular@\(k)", character.popularShare),
      ]
    }
    guard isStrong else {
      return Outcome(
        figures: figures, seconds: lists.seconds, observations: observations, userFigures: userFigures)
    }
    var literature = [("ndcg@100", metrics(100).ndcg)]
    for k in [20, 50] {
      let found = metrics(k)
      literature += [("recall@\(k)", found.recall), ("capped-recall@\(k)", found.cappedRecall)]
    }
    figures += literature.filter { figure in !figures.contains { $0.name == figure.0 } }
    return Outcome(figures: figures, seconds: lists.seconds, observations: observations, userFigures: userFigures)
  }
}
