import Evaluation
import Models
import Precompute
import Ratings

/// The models of a build, fitted and measured.
struct Training {
  /// A model fitted with all ratings, and its figures on the validation part.
  struct Result: Sendable {
    let descriptor: ModelDescriptor
    let settings: ModelSettings
    let model: any Recommender
    /// Fitted with the training part only; what the figures are measured with.
    let validated: any Recommender
    let seconds: Double
  }

  /// The validation part and the rest.
  let testCase: TestCase
  let evaluationProtocol: EvaluationProtocol
  /// All ratings.
  let everything: TrainingSet
  private(set) var results: [Result] = []
  /// What the models page tells.
  private(set) var reports: [ModelReport] = []

  /// Share of the ratings that the build's own figures are measured on.
  static let validationShare = 0.1

  /// Divides the data: its own validation part if it brings one, otherwise a random tenth.
  init(_ dataset: Dataset, seed: UInt64) {
    evaluationProtocol =
      dataset.validation.isEmpty ? .holdout(fraction: Self.validationShare, seed: seed) : .validation
    testCase = evaluationProtocol.testCases(of: dataset)[0]
    everything = TrainingSet(dataset.allRatings, of: dataset)
  }

  /// Fits each model twice: with the training part to be measured, and with everything to be used.
  mutating func fit(
    _ types: [any Recommender.Type], tuned: TunedSettings, context: FitContext, done: (Result) -> Void
  ) throws {
    for type in types {
      let settings = try Self.settings(of: type.descriptor, tuned: tuned)
      let clock = ContinuousClock()
      let start = clock.now
      let result = Result(
        descriptor: type.descriptor, settings: settings,
        model: try type.fit(everything, settings: settings, context: context),
        validated: try type.fit(testCase.training, settings: settings, context: context),
        seconds: (clock.now - start) / .seconds(1))
      results.append(result)
      done(result)
    }
  }

  /// The tuned settings, or the defaults. A page has no date of a future rating, so models leave dates out.
  private static func settings(of model: ModelDescriptor, tuned: TunedSettings) throws -> ModelSettings {
    var values = Dictionary(
      try tuned.settings(of: model).all.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    if values["dates"] != nil { values["dates"] = 0 }
    return try ModelSettings(model, overrides: values)
  }

  /// Measures each model on the validation part.
  mutating func evaluate(context: FitContext) {
    reports = results.map {
      ModelReport(
        of: $0.validated, $0.descriptor, settings: $0.settings, on: testCase, evaluationProtocol: evaluationProtocol,
        context: context)
    }
  }

  /// The stars model with the lowest validation RMSE; of equals the first.
  var bestStars: Result? {
    zip(results, reports).filter { $0.0.descriptor.job == .stars }
      .min { Self.rmse($0.1) < Self.rmse($1.1) }?.0
  }

  /// The model that gives the similar movies: the first of a list of those that do it well, or any.
  var similar: Result? {
    let order = ModelChoice.similarityOrder
    return results.min { first, second in
      (order.firstIndex(of: first.descriptor.name) ?? order.count)
        < (order.firstIndex(of: second.descriptor.name) ?? order.count)
    }
  }

  /// The model that gives similar movies by the other measure: a list model where `similar` is one of stars, and the
  /// other way round.
  var alsoSimilar: Result? {
    guard let similar else { return nil }
    let order = ModelChoice.otherSimilarityOrder
    return results.filter { $0.descriptor.job != similar.descriptor.job && order.contains($0.descriptor.name) }
      .min { (order.firstIndex(of: $0.descriptor.name) ?? 0) < (order.firstIndex(of: $1.descriptor.name) ?? 0) }
  }

  /// Saves the models for `recommend`, `predict` and `similar`.
  func save(to folder: SiteFolder, dataset: UInt64) throws {
    for result in results { try result.model.write(dataset: dataset, to: folder.model(result.descriptor.name)) }
  }

  private static func rmse(_ report: ModelReport) -> Double {
    report.metrics.first { $0.name == "rmse" }?.value ?? .infinity
  }

  /// The range around the stars of `stars`, learned on the validation part.
  func interval(of stars: Result, context: FitContext) -> PredictionInterval {
    PredictionInterval(
      Self.observations(of: stars.validated, on: testCase, context: context), scale: everything.scale)
  }
}

extension Precomputed {
  /// What the pages show, from trained and measured models.
  init(_ dataset: Dataset, training: Training, settings: SiteSettings, context: FitContext) throws {
    guard let stars = training.bestStars, let similar = training.similar else {
      preconditionFailure("a build always trains a stars model and a lists model")
    }
    let named = { (result: Training.Result) in NamedModel(name: result.descriptor.name, model: result.model) }
    let models = PrecomputeModels(
      lists: training.results.filter { $0.descriptor.job == .lists }.map(named), stars: named(stars),
      similar: named(similar), similarMeasure: similar.descriptor.job == .stars ? .taste : .audience,
      alsoSimilar: training.alsoSimilar.map(named),
      people: UserNeighboursModel.fit(
        training.everything, settings: try ModelSettings(UserNeighboursModel.descriptor), context: context),
      interval: training.interval(of: stars, context: context))
    self.init(
      dataset, training: training.everything, models: models, reports: training.reports,
      includesSeen: settings.includesSeen, threads: context.threads)
  }
}
