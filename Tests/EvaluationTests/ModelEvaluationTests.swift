import Evaluation
import LinearAlgebra
import Models
import Ratings
import TestSupport
import Testing

@Suite struct `Figures of models` {
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

  @Test
  func
    `what showing more of the catalogue costs is measured on ratings kept aside, and chosen so that it costs little`()
    throws
  {
    let dataset = Dataset.twoTastes()
    let training = TrainingSet(dataset.ratings, of: dataset)
    let settings = try ModelSettings(EaseModel.descriptor)
    let curves = try [1, 2].map { threads in
      try DiscoveryCurve(
        EaseModel.self, training: training, settings: settings, context: FitContext(threads: ThreadCount(threads)))
    }
    #expect(curves[0] == curves[1])
    let plain = try #require(curves[0].points.first)
    #expect(plain.strength == 0 && plain.accuracy > 0 && curves[0].points.count > 3)
    let chosen = try #require(curves[0].points.first { $0.strength == curves[0].strength })
    #expect(chosen.accuracy >= 0.9875 * plain.accuracy)
    let evaluation = try ModelEvaluation.measure(
      EaseModel.self, settings: settings,
      on: EvaluationProtocol.holdout(fraction: 0.2, seed: 2).testCases(of: dataset), context: FitContext(),
      options: EvaluationOptions(discovers: true))
    #expect(evaluation.discovered.map(\.model) == ["ease+discovery"])
  }

  @Test func `learned ranges hold four ratings out of five`() throws {
    var random = CounterRandom(seed: 8)
    var ratings: [(user: Int, movie: Int, stars: Float)] = []
    for user in 0..<200 {
      // Busy and lazy users, known and unknown movies.
      for movie in 0..<150 where random.uniform() < 8 / Double((2 + user % 20) * (1 + movie % 15)).squareRoot() / 5 {
        let stars = Float(3 + 0.5 * Double(movie % 3) + 0.8 * random.normalPair().0)
        ratings.append((user, movie, RatingScale.halfStars.clamp((stars * 2).rounded() / 2)))
      }
    }
    let dataset = Dataset.made(users: 200, movies: 150, ratings: ratings)
    let evaluation = try ModelEvaluation.measure(
      BiasesModel.self, settings: ModelSettings(BiasesModel.descriptor),
      on: EvaluationProtocol.folds(count: 3, seed: 1).testCases(of: dataset), context: FitContext(),
      options: EvaluationOptions(learnsIntervals: true))
    let coverage = try #require(evaluation.mean("coverage-80"))
    #expect(abs(coverage - 0.8) < 0.03, "\(coverage)")
    #expect((evaluation.mean("interval-width") ?? 0) > 1)
  }

  @Test func `means and standard deviations are those of the folds`() throws {
    let cases = EvaluationProtocol.folds(count: 3, seed: 5).testCases(of: .twoTastes())
    let evaluation = try ModelEvaluation.measure(
      BiasesModel.self, settings: ModelSettings(BiasesModel.descriptor), on: cases, context: FitContext())
    let values = try #require(evaluation.metrics.first { $0.name == "rmse" }).values
    #expect(values.count == 3)
    let mean = values.reduce(0, +) / 3
    #expect(evaluation.mean("rmse") == mean)
    let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 2).squareRoot()
    #expect(evaluation.deviations.first { $0.name == "rmse" }?.value == deviation)
  }

  @Test func `every cutoff has its own figures`() throws {
    let cases = EvaluationProtocol.holdout(fraction: 0.2, seed: 2).testCases(of: .twoTastes())
    let evaluation = try ModelEvaluation.measure(
      PopularityModel.self, settings: ModelSettings(PopularityModel.descriptor), on: cases, context: FitContext(),
      options: EvaluationOptions(cutoffs: [3, 20]))
    let (short, long) = (evaluation.mean("recall@3") ?? 1, evaluation.mean("recall@20") ?? 0)
    #expect(short < long)
    #expect(evaluation.mean("ndcg@10") == nil)
  }
}
