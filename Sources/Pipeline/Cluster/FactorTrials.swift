import Evaluation
import Ingest
import LinearAlgebra
import Models
import Precompute
import Ratings
package import Settings

/// Film factors that a cluster fitted in several ways to all but the validation part, measured on that part: how a job finds
/// out with which settings to fit them to everything.
package struct FactorTrials: Sendable {
  /// How one file of factors did, at the regularization of members that suits it best.
  package struct Outcome: Sendable {
    package let path: String
    package let regularization: Double
    /// nDCG@10.
    package let gain: Double

    /// A line of JSON.
    package var json: String {
      "{\"regularization\": \(regularization), \"ndcg@10\": \(gain)}"
    }
  }

  private let testCase: TestCase
  private let settings: ModelSettings
  private let context: FitContext

  /// Divides the data as a build of the site does.
  package init(site: SiteFolder, data: [String]) throws {
    try BLAS.load()
    let own = try SiteSettings(readingFrom: site)
    var ingest = IngestOptions()
    ingest.scale = own.scale
    let dataset = try DataSource(data.map { SiteFolder($0).path }, options: ingest).dataset
    context = FitContext(seed: own.seed)
    var training = Training(dataset, seed: own.seed)
    testCase = training.evaluationProtocol.testCases(of: dataset)[0]
    try training.add(ImplicitALSModel.self, tuned: own.tuned)
    settings = training.models[0].settings
  }

  /// - Throws: `PlatformError.unreadable`, `PipelineError.notFactors`.
  package func measure(_ path: String) throws -> Outcome {
    guard let factors = try? ImportedFactors(try ImportedFactors.bytes(of: path)) else {
      throw PipelineError.notFactors(path: path)
    }
    var best: Outcome?
    for regularization in factors.regularization.map({ [$0] }) ?? ImportedFactors.candidates {
      let model = factors.model(
        of: testCase.training, settings: settings, regularization: regularization, threads: context.threads
      ).model
      let figures = ModelEvaluation.outcome(
        of: model, job: .lists, on: testCase, context: context,
        options: EvaluationOptions(mostListUsers: ModelReport.mostListUsers)
      ).figures
      let gain = figures.first { $0.name == "ndcg@10" }?.value ?? 0
      if gain > best?.gain ?? -1 { best = Outcome(path: path, regularization: regularization, gain: gain) }
    }
    return best ?? Outcome(path: path, regularization: 8, gain: 0)
  }
}
