import Evaluation
import LinearAlgebra
package import Models
package import Precompute
package import Ratings
package import Settings
import Site

/// The models of a build, fitted and measured.
package struct Training {
  /// A model, as far as it is known: what an earlier build left is not fitted or measured again.
  package struct Model: Sendable {
    let type: any Recommender.Type
    let settings: ModelSettings
    /// Fitted with all ratings.
    package var model: (any Recommender)?
    /// Fitted with the training part only; what the figures are measured with.
    var validated: (any Recommender)?
    var report: ModelReport?
    /// The range around its stars, learned on the validation part; nil for a list model.
    package var interval: PredictionInterval?
    /// Seconds that fitting took in this build.
    var seconds = 0.0

    fileprivate init(_ type: any Recommender.Type, settings: ModelSettings) {
      self.type = type
      self.settings = settings
    }

    package var descriptor: ModelDescriptor { type.descriptor }

    /// Whether nothing of it is left to do.
    var isKnown: Bool { model != nil && report != nil }

    /// Whether it is made of the models before it.
    var isBlend: Bool { descriptor.traits.contains(.blend) }
  }

  let evaluationProtocol: EvaluationProtocol
  var models: [Model] = []
  /// Its ratings are let go of as soon as they are all in one training set.
  private var dataset: Dataset
  private var whole: TrainingSet?
  /// The validation part, once `split` has run.
  private var test: RatingTable?
  /// The rest of the ratings, while it is needed.
  private var part: TrainingSet?
  /// Film factors from elsewhere, which take the place of iALS's own where their lists are better.
  var imported: FactorsApart?
  /// How those did; nil where they were not measured.
  var importedOutcome: ImportedOutcome?

  /// Share of the ratings that the build's own figures are measured on.
  static let validationShare = 0.1

  /// - Parameter seed: draws the validation part where the data bring none.
  package init(_ dataset: Dataset, seed: UInt64) {
    self.dataset = dataset
    evaluationProtocol =
      dataset.validation.isEmpty ? .holdout(fraction: Self.validationShare, seed: seed) : .validation
  }

  /// All ratings, once `fit` has run.
  var everything: TrainingSet {
    guard let whole else { preconditionFailure("the ratings are gathered by fitting") }
    return whole
  }

  /// Takes a model to the others, to be fitted and measured.
  package mutating func add(_ type: any Recommender.Type, tuned: TunedSettings) throws {
    models.append(Model(type, settings: try Self.settings(of: type.descriptor, tuned: tuned)))
  }

  /// Whether a model is still to be fitted or measured.
  var needsSplit: Bool { !isFitted }
  var isFitted: Bool { models.allSatisfy(\.isKnown) }
  var isEvaluated: Bool { models.allSatisfy { $0.report != nil } }

  /// Divides the data: their own validation part if they bring one, otherwise a random tenth.
  ///
  /// - Returns: the number of ratings set aside.
  @discardableResult
  package mutating func split() -> Int {
    let testCase = evaluationProtocol.testCases(of: dataset)[0]
    (test, part) = (testCase.test, testCase.training)
    return testCase.test.count
  }

  /// Fits each model twice where it is not known: with the training part to be measured, and with everything to be used.
  ///
  /// Blends take over the other models as they are fitted here, so for a new blend all are fitted, one after the other, blends
  /// last. Without one, all are fitted to the part first: the two training sets need not be in memory at once.
  package mutating func fit(context: FitContext, done: (_ name: String, _ share: Double) -> Void) throws {
    if models.contains(where: { $0.isBlend && !$0.isKnown }) {
      try fitTogether(context: context, done: done)
    } else {
      try fitApart(context: context, done: done)
    }
  }

  private mutating func fitTogether(context: FitContext, done: (String, Double) -> Void) throws {
    let everything = gatherEverything()
    guard let part else { return }
    var others: [String: HoldoutAndFullFit] = [:]
    let order = models.indices.filter { !models[$0].isBlend } + models.indices.filter { models[$0].isBlend }
    for (place, index) in order.enumerated() {
      let name = models[index].descriptor.name
      try measure(index) { model in
        var fitted = try model.type.fittedHoldoutAndFull(
          part: part, whole: everything, settings: model.settings, context: context, others: others)
        fitted.settings = model.settings
        others[name] = fitted
        (model.model, model.validated) = (fitted.whole, fitted.part)
      }
      done(name, Double(place + 1) / Double(order.count))
    }
  }

  private mutating func fitApart(context: FitContext, done: (String, Double) -> Void) throws {
    let unknown = models.indices.filter { !models[$0].isKnown }
    var fitted: [FittedPart] = []
    for (place, index) in unknown.enumerated() {
      guard let part, let test else { continue }
      try measure(index) { model in
        let first = try model.type.fittedPart(
          part, of: part.ratingCount + test.count, settings: model.settings, context: context)
        fitted.append(first)
        model.validated = first.model
      }
      done(models[index].descriptor.name, Double(place + 1) / Double(2 * unknown.count))
    }
    part = nil
    let everything = gatherEverything()
    for (place, index) in unknown.enumerated().reversed() {
      guard let first = fitted.popLast() else { continue }
      try measure(index) { model in
        model.model = try first.fit(everything)
      }
      done(models[index].descriptor.name, 1 - Double(place) / Double(2 * unknown.count))
    }
  }

  /// Works on a model and adds the seconds to its own.
  private mutating func measure(_ index: Int, _ work: (inout Model) throws -> Void) rethrows {
    let clock = ContinuousClock()
    let start = clock.now
    try work(&models[index])
    models[index].seconds += (clock.now - start) / .seconds(1)
  }

  /// Puts all ratings into one training set.
  private mutating func gatherEverything() -> TrainingSet {
    let ratings = dataset.allRatings
    (dataset.ratings, dataset.validation) = (RatingTable(), RatingTable())
    let everything = TrainingSet(ratings, of: dataset)
    whole = everything
    return everything
  }

  /// The tuned settings, or the defaults. A page has no date of a future rating, so models leave dates out; and what goes
  /// together within one sitting tells of random ratings that were left out, not of the next ones: sessions count only
  /// where the owner says so. `overrides` come before all that.
  package static func settings(
    of model: ModelDescriptor, tuned: TunedSettings, overrides: SettingOverrides? = nil
  ) throws -> ModelSettings {
    var values = tuned.values(of: model.name)
    if let dates = model.setting(.dates) { values[dates.name] = 0 }
    if let sessions = model.setting(.sessions), values[sessions.name] == nil { values[sessions.name] = 0 }
    return try ModelSettings(
      model, overrides: values.merging(overrides?.values(of: model.name) ?? [:]) { $1 })
  }

  /// The same, where a list model is to look at no sessions.
  package static func withoutSessions(_ settings: [String: Double], of model: ModelDescriptor) -> [String: Double] {
    var settings = settings
    if let sessions = model.setting(.sessions), settings[sessions.name] != nil { settings[sessions.name] = 0 }
    return settings
  }

  /// Measures each model on the validation part where that was not done.
  ///
  /// - Parameter discovers: whether lists are put in an order in which more of the catalogue is found, and what that costs is to be
  ///   known.
  /// - Returns: the number of figures.
  @discardableResult
  package mutating func evaluate(discovers: Bool = false, context: FitContext) -> Int {
    let testCase = test.map { TestCase(training: part ?? everything.withholding($0), test: $0) }
    (test, part) = (nil, nil)
    for index in models.indices {
      guard let testCase, let validated = models[index].validated else { continue }
      let (descriptor, settings) = (models[index].descriptor, models[index].settings)
      models[index].report = ModelReport(
        of: validated, descriptor, settings: settings, on: testCase, evaluationProtocol: evaluationProtocol,
        context: context)
      // A list that is the same for everybody has no mix of anybody's.
      if discovers, descriptor.job == .lists, !(validated is PopularityModel) {
        models[index].report?.discoveryCurve = DiscoveryCurve(
          of: validated, on: testCase, seed: context.seed, threads: context.threads)
      }
      if descriptor.job == .stars {
        models[index].interval = PredictionInterval(
          Self.observations(of: validated, on: testCase, context: context), scale: everything.scale)
      }
      models[index].validated = nil
      if let imported, models[index].type == ImplicitALSModel.self {
        weigh(imported, against: index, on: testCase, context: context)
      }
    }
    if imported != nil { putBestListFirst() }
    return models.reduce(0) { $0 + ($1.report?.metrics.count ?? 0) }
  }

  /// How strongly the lists of each model are put in another order, by the model's name.
  fileprivate var discoveries: [String: ListDiscovery.Weights] {
    var weights: [String: ListDiscovery.Weights] = [:]
    for report in reports {
      guard let strength = report.discoveryCurve?.strength, strength > 0 else { continue }
      weights[report.name] = ListDiscovery.Weights(strength: strength)
    }
    return weights
  }

  /// The data of the models page.
  var reports: [ModelReport] { models.compactMap(\.report) }

  /// The stars model with the lowest validation RMSE; of equals the first.
  package var bestStars: Model? {
    models.filter { $0.descriptor.job == .stars }.min { Self.rmse($0) < Self.rmse($1) }
  }

  /// The model that gives the similar movies: the first of a list of those that do it well, or any.
  var similar: Model? {
    let order = ModelChoice.similarityOrder
    return models.min { first, second in
      (order.firstIndex(of: first.descriptor.name) ?? order.count)
        < (order.firstIndex(of: second.descriptor.name) ?? order.count)
    }
  }

  /// The model that gives similar movies by the other measure: a list model where `similar` is one of stars, and the
  /// other way round.
  var alsoSimilar: Model? {
    guard let similar else { return nil }
    let order = ModelChoice.otherSimilarityOrder
    return models.filter { $0.descriptor.job != similar.descriptor.job && order.contains($0.descriptor.name) }
      .min { (order.firstIndex(of: $0.descriptor.name) ?? 0) < (order.firstIndex(of: $1.descriptor.name) ?? 0) }
  }

  /// What browsers predict with, if it was trained.
  package var forBrowsers: PrecomputeModels.BrowserInputs? {
    for model in models {
      guard let fitted = model.model as? ALSModel, let interval = model.interval else { continue }
      return PrecomputeModels.BrowserInputs(model: fitted, interval: interval)
    }
    return nil
  }

  private static func rmse(_ model: Model) -> Double {
    model.report?.metrics.first { $0.name == "rmse" }?.value ?? .infinity
  }
}

extension Precomputed {
  /// What the pages show, from trained and measured models.
  package init(
    _ dataset: Dataset, training: Training, settings: SiteSettings, apart: MembersApart?, context: FitContext
  ) throws {
    guard let stars = training.bestStars, let interval = stars.interval, let similar = training.similar else {
      preconditionFailure("a build always trains a stars model and a lists model")
    }
    let named = { (model: Training.Model) -> NamedModel in
      guard let fitted = model.model else { preconditionFailure("\(model.descriptor.name) was not fitted") }
      return NamedModel(name: model.descriptor.name, model: fitted)
    }
    let models = PrecomputeModels(
      lists: training.models.filter { $0.descriptor.job == .lists }.map(named), stars: named(stars),
      similar: named(similar), similarMeasure: similar.descriptor.job == .stars ? .taste : .audience,
      alsoSimilar: training.alsoSimilar.map(named), interval: interval, browser: training.forBrowsers,
      discoveries: training.discoveries, seed: context.seed)
    self.init(
      dataset, training: training.everything, models: models, reports: training.reports,
      includesSeen: settings.includesSeen,
      members: MemberScope(
        foldsIn: settings.foldsMembersIn, findsPeople: settings.site.showsPeople, apart: apart),
      threads: context.threads)
  }
}
