import Evaluation
import LinearAlgebra
import Models
import Ratings
import TestSupport
import Testing

struct CalibrationTests {
  @Test func `predicted ratings are compared with actual ones, by level`() throws {
    let dataset = Dataset.twoTastes(density: 0.8)
    let testCase = EvaluationProtocol.holdout(fraction: 0.3, seed: 3).testCases(of: dataset)[0]
    let model = try BiasesModel.fit(
      testCase.training, settings: ModelSettings(BiasesModel.descriptor), context: FitContext())
    let outcome = ModelEvaluation.outcome(of: model, job: .stars, on: testCase, context: FitContext())
    let bins = outcome.calibration.stars
    #expect(!bins.isEmpty && outcome.calibration.probabilities.isEmpty)
    #expect(bins.reduce(0) { $0 + $1.count } <= testCase.test.count)
    // A group of predictions lies within half a level of its own level, and groups follow one another.
    #expect(zip(bins, bins.dropFirst()).allSatisfy { $0.predicted < $1.predicted })
    let mean = bins.reduce(0) { $0 + $1.observed * Double($1.count) } / Double(bins.reduce(0) { $0 + $1.count })
    let actual = testCase.test.values.reduce(0, +) / Float(testCase.test.count)
    #expect(abs(mean - Double(actual)) < 0.1)
  }

  @Test func `ranges learned from one half of known residuals hold for the other`() {
    // Residuals spread evenly from -1 to 1: four in five lie within 0.8 of the prediction.
    var random = CounterRandom(seed: 4)
    let observations = (0..<4000).map { _ in
      PredictionInterval.Observation(
        actual: 3 + Float(2 * random.uniform() - 1), predicted: 3, userCount: 20, movieCount: 20)
    }
    let metrics = IntervalMetrics(crossFitting: observations, scale: .halfStars)
    #expect(abs(metrics.coverage - 0.8) < 0.03)
    #expect(abs(metrics.width - 1.6) < 0.06)
  }
}
