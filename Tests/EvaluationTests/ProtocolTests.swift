import Evaluation
import LinearAlgebra
import Models
import Ratings
import TestSupport
import Testing

@Suite struct `Evaluation protocols` {
  @Test(arguments: [EvaluationProtocol.holdout(fraction: 0.2, seed: 3), .folds(count: 4, seed: 3)])
  func `no training part holds a pair of its test part`(evaluationProtocol: EvaluationProtocol) {
    let dataset = Dataset.twoTastes()
    let cases = evaluationProtocol.testCases(of: dataset)
    for testCase in cases {
      #expect(testCase.training.ratingCount + testCase.test.count == dataset.ratings.count)
      for row in 0..<testCase.test.count {
        let position = testCase.training.byUser.position(
          row: Int(testCase.test.users[row]), column: testCase.test.movies[row])
        #expect(position == nil)
      }
    }
  }

  @Test func `folds test every rating once`() {
    let dataset = Dataset.twoTastes()
    let sizes = EvaluationProtocol.folds(count: 7, seed: 1).testCases(of: dataset).map(\.test.count)
    #expect(sizes.reduce(0, +) == dataset.ratings.count)
    #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
  }

  @Test func `a given test part is matched by source ids, strangers become -1`() {
    let training = Dataset.made(users: 2, movies: 2, ratings: [(0, 0, 4), (1, 1, 2)])
    var other = Dataset.made(users: 2, movies: 2, ratings: [(0, 0, 5), (1, 1, 1)])
    other.users[1].id = .number(99)
    other.movies[0].id = .number(0)
    let test = TestCase(training: training, test: other).test
    #expect(test.users == [0, -1])
    #expect(test.movies == [-1, 1])
  }

  @Test func `strangers get the fallback, and every prediction is on the scale`() throws {
    let dataset = Dataset.twoTastes()
    let training = TrainingSet(dataset.ratings, of: dataset)
    for type in ModelCatalogue.all where type.descriptor.job == .stars {
      let model = try type.fit(training, settings: ModelSettings(type.descriptor), context: FitContext())
      let predictions = Prediction.values(
        by: model, users: [-1, 0, -1], movies: [0, -1, -1], training: training, threads: ThreadCount(1))
      #expect(predictions.allSatisfy { $0 >= dataset.scale.minimum && $0 <= dataset.scale.maximum })
    }
  }

  @Test func `the figures are the same with one thread and with two`() throws {
    let cases = EvaluationProtocol.folds(count: 2, seed: 5).testCases(of: .twoTastes())
    for type in ModelCatalogue.all {
      let settings = try ModelSettings(type.descriptor)
      let one = try ModelEvaluation.measure(
        type, settings: settings, on: cases, context: FitContext(threads: ThreadCount(1)))
      let two = try ModelEvaluation.measure(
        type, settings: settings, on: cases, context: FitContext(threads: ThreadCount(2)))
      #expect(one.means.map(\.value) == two.means.map(\.value), "\(type.descriptor.name)")
    }
  }

  @Test func `lists of two opposite tastes put the own taste first`() throws {
    let dataset = Dataset.twoTastes()
    let cases = EvaluationProtocol.holdout(fraction: 0.2, seed: 2).testCases(of: dataset)
    let random = 10.0 / Double(dataset.movies.count)
    for type in ModelCatalogue.all where type.descriptor.name == "ease" {
      let evaluation = try ModelEvaluation.measure(
        type, settings: ModelSettings(type.descriptor), on: cases, context: FitContext())
      #expect((evaluation.mean("ndcg@10") ?? 0) > random)
    }
  }
}
