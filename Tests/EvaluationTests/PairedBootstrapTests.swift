import Evaluation
import LinearAlgebra
import Models
import Ratings
import TestSupport
import Testing

@Suite struct `Differences between models and chance` {
  private static let cases = EvaluationProtocol.holdoutPerUser(fraction: 0.25, seed: 4).testCases(
    of: .twoTastes(users: 60, movies: 40))

  private func measured(_ names: [String]) throws -> [ModelEvaluation] {
    try names.map { name in
      let type = try ModelCatalogue.model(named: name)
      return try ModelEvaluation.measure(
        type, settings: ModelSettings(type.descriptor), on: Self.cases, context: FitContext())
    }
  }

  @Test func `a model compared with itself has no difference, and a p value of 1`() throws {
    let twice = try measured(["ease", "ease"])
    let comparison = try #require(PairedBootstrap(seed: 1).comparisons(of: twice, threads: ThreadCount(2)).first)
    #expect(comparison.difference == 0)
    #expect(comparison.interval == 0...0)
    #expect(comparison.pValue == 1)
  }

  @Test func `a model that knows tastes is surely better than one that knows none`() throws {
    let models = try measured(["biases", "als"])
    let comparison = try #require(
      PairedBootstrap(resamples: 999, seed: 1).comparisons(of: models, threads: ThreadCount(2)).first)
    #expect(comparison.model == "biases" && comparison.reference == "als" && comparison.metric == "rmse")
    #expect(comparison.difference > 0)
    #expect(comparison.interval.lowerBound > 0)
    #expect(comparison.interval.contains(comparison.difference))
    #expect(comparison.pValue == 0.002)
  }

  @Test func `the difference of lists is that of the printed figures`() throws {
    let models = try measured(["popularity", "ease"])
    let comparison = try #require(PairedBootstrap(seed: 1).comparisons(of: models, threads: ThreadCount(2)).first)
    let figures = models.compactMap { $0.mean("ndcg@10") }.sorted()
    #expect(comparison.metric == "ndcg@10")
    #expect(abs(comparison.difference - (figures[0] - figures[1])) < 1e-12)
  }

  @Test func `the difference of errors is that of the roots over all ratings`() throws {
    let models = try measured(["biases", "als"])
    let comparison = try #require(PairedBootstrap(seed: 7).comparisons(of: models, threads: ThreadCount(1)).first)
    let errors = models.compactMap { $0.mean("rmse") }.sorted()
    #expect(comparison.metric == "rmse")
    #expect(abs(comparison.difference - (errors[1] - errors[0])) < 1e-9)
  }

  @Test func `threads do not change the resamples, the seed does`() throws {
    let models = try measured(["popularity", "ease"])
    let one = PairedBootstrap(resamples: 200, seed: 1).comparisons(of: models, threads: ThreadCount(1))
    #expect(one == PairedBootstrap(resamples: 200, seed: 1).comparisons(of: models, threads: ThreadCount(2)))
    #expect(one != PairedBootstrap(resamples: 200, seed: 2).comparisons(of: models, threads: ThreadCount(2)))
  }

  @Test func `stars and lists are not compared, and one model with nothing`() throws {
    let models = try measured(["biases", "ease"])
    #expect(PairedBootstrap(seed: 1).comparisons(of: models, threads: ThreadCount(1)).isEmpty)
  }
}
