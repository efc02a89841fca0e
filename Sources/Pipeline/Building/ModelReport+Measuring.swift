import Evaluation
import Models
import Precompute
import Ratings

extension ModelReport {
  /// What is told about a model that was fitted on the training part of `testCase`.
  ///
  /// Stars models that give no chances get ranges from the residuals; how often those hold is measured on residuals
  /// that they were not learned from.
  init(
    of model: any Recommender, _ descriptor: ModelDescriptor, settings: ModelSettings, on testCase: TestCase,
    evaluationProtocol: EvaluationProtocol, context: FitContext
  ) {
    let (figures, calibration) = ModelEvaluation.outcome(
      of: model, job: descriptor.job, on: testCase, context: context)
    self.init(
      name: descriptor.name, family: descriptor.family, job: descriptor.job.rawValue, purpose: descriptor.purpose,
      settings: settings.all, metrics: figures, evaluationProtocol: evaluationProtocol.description,
      reference: descriptor.reference)
    learningCurve = (model as? any HasLearningCurve)?.learningCurve ?? []
    starCalibration = calibration.stars
    chanceCalibration = calibration.chances
    if descriptor.job == .stars, !figures.contains(where: { $0.name == "coverage-80" }) {
      let observations = Training.observations(of: model, on: testCase, context: context)
      metrics += IntervalMetrics(crossFitting: observations, scale: testCase.training.scale).figures
    }
  }
}

extension Training {
  /// The predictions of the validation part beside what was given, for the range around predicted stars.
  static func observations(
    of model: any Recommender, on testCase: TestCase, context: FitContext
  ) -> [PredictionInterval.Observation] {
    let test = testCase.test
    let predicted = Prediction.values(by: model, on: testCase, threads: context.threads)
    return (0..<test.count).map { row in
      PredictionInterval.Observation(
        given: test.values[row], predicted: predicted[row],
        userCount: testCase.training.byUser.count(ofRow: Int(test.users[row])),
        movieCount: testCase.training.byMovie.count(ofRow: Int(test.movies[row])))
    }
  }
}
