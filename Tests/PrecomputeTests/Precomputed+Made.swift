import LinearAlgebra
import Models
import Precompute
import Ratings
import TestSupport

extension Precomputed {
  /// By a few quick models.
  static func made(
    _ dataset: Dataset = .twoTastes(), threads: Int = 2, includesSeen: Bool = false
  ) throws -> Precomputed {
    let training = TrainingSet(dataset.ratings, of: dataset)
    let named = { (name: String) throws -> NamedModel in
      let type = try ModelCatalogue.model(named: name)
      let model = try type.fit(
        training, settings: ModelSettings(type.descriptor), context: FitContext(threads: ThreadCount(threads)))
      return NamedModel(name: name, model: model)
    }
    let models = PrecomputeModels(
      lists: [try named("ease"), try named("popularity")], stars: try named("biases"),
      similar: try named("item-neighbours"), interval: PredictionInterval([], scale: dataset.scale),
      browser: PrecomputeModels.BrowserInputs(
        model: ALSModel.fit(training, settings: try ModelSettings(ALSModel.descriptor), context: FitContext()),
        interval: PredictionInterval([], scale: dataset.scale)))
    var report = ModelReport(
      name: "biases", family: "baselines", job: "stars", purpose: "p", settings: [("damping", 5)],
      metrics: [("rmse", 0.5)], evaluationProtocol: "none", reference: "r")
    report.measuredOn = MeasuredOn(.holdout(share: 0.1, seed: 7), sampledUsers: 5, importedRatings: 9)
    return Precomputed(
      dataset, training: training, models: models, reports: [report], includesSeen: includesSeen,
      threads: ThreadCount(threads))
  }
}
