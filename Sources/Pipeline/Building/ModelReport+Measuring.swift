package import Evaluation
package import Models
import Precompute
import Ratings

extension ModelReport {
  /// For how many users lists are made to be measured in a build: of more, a sample.
  static let mostListUsers = 10_000

  /// The report on a model fitted to the training part of `testCase`.
  ///
  /// Stars models that give no chances get ranges from the residuals; how often those hold is measured on residuals
  /// that they were not learned from.
  init(
    of model: any Recommender, _ descriptor: ModelDescriptor, settings: ModelSettings, on testCase: TestCase,
    evaluationProtocol: EvaluationProtocol, context: FitContext
  ) {
    let outcome = ModelEvaluation.outcome(
      of: model, job: descriptor.job, on: testCase, context: context,
      options: EvaluationOptions(mostListUsers: Self.mostListUsers))
    let isSample = descriptor.job == .lists && Set(testCase.test.users).count > Self.mostListUsers
    self.init(
      name: descriptor.name, family: descriptor.family, job: descriptor.job.rawValue, purpose: descriptor.purpose,
      settings: settings.choosing(by: model).all, metrics: outcome.figures,
      evaluationProtocol: evaluationProtocol.description
        + (isSample ? "; lists of \(Self.mostListUsers) users drawn by the seed" : ""),
      reference: descriptor.reference)
    measuredOn = MeasuredOn(evaluationProtocol, sampledUsers: isSample ? Self.mostListUsers : nil)
    learningCurve = (model as? any HasLearningCurve)?.learningCurve ?? []
    starCalibration = outcome.calibration.stars
    chanceCalibration = outcome.calibration.probabilities
    if descriptor.job == .stars, !outcome.figures.contains(where: { $0.name == "coverage-80" }) {
      let observations = Training.observations(of: model, on: testCase, context: context)
      metrics += IntervalMetrics(crossFitting: observations, scale: testCase.training.scale).figures
    }
  }
}

extension MeasuredOn {
  /// Nil for protocols that builds do not follow.
  fileprivate init?(_ evaluationProtocol: EvaluationProtocol, sampledUsers: Int?) {
    switch evaluationProtocol {
    case .holdout(let fraction, let seed): self.init(.holdout(share: fraction, seed: seed), sampledUsers: sampledUsers)
    case .validation: self.init(.ownPart, sampledUsers: sampledUsers)
    case .holdoutPerUser, .folds, .leaveOneOut, .strongGeneralisation, .chronological, .given: return nil
    }
  }
}

extension Training {
  /// Predicted and actual ratings of the validation part, for the prediction intervals.
  package static func observations(
    of model: any Recommender, on testCase: TestCase, context: FitContext
  ) -> [PredictionInterval.Observation] {
    let test = testCase.test
    let predicted = Prediction.values(by: model, on: testCase, threads: context.threads)
    return (0..<test.count).map { row in
      PredictionInterval.Observation(
        actual: test.values[row], predicted: predicted[row],
        userCount: testCase.training.byUser.count(ofRow: Int(test.users[row])),
        movieCount: testCase.training.byMovie.count(ofRow: Int(test.movies[row])))
    }
  }
}
