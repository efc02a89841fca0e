package import Evaluation
import Ingest
import Models
import Pipeline
import Platform
import Ratings
import Settings

/// What an evaluation is asked for.
package struct EvaluationRequest: Sendable, Equatable {
  /// How the data is divided.
  package enum Division: Sendable, Equatable {
    case folds(Int)
    case holdout(Double)
    case holdoutPerUser(Double)
    case leaveOneOut
    case strong(Double)
    case chronological(Double)
    /// The paths of files with test ratings, each a test part of its own.
    case testFiles([String])
  }

  /// What lists are drawn from, where it is not the full catalogue.
  package enum Candidates: Sendable, Equatable {
    /// Each test movie and this many random unrated ones.
    case sampled(Int)
    /// The path of a file with lines `user,movie,candidate,…`.
    case file(String)
  }

  /// Nil for the data set's own validation part or, without one, five folds.
  package var division: Division?
  package var candidates: Candidates?
  /// Names of the models to measure; empty for all.
  package var models: [String] = []
  /// Settings that replace defaults, such as `als.factors=32`.
  package var settings: [String] = []
  /// The lengths of lists.
  package var cutoffs = [10]
  /// Whether ranges around predictions are measured for models that give no chances, which costs a second fit.
  package var learnsIntervals = true
  /// Whether models may use the date of a test rating, which nobody knows of a rating that is not given yet.
  package var knowsDates = true
  /// Whether users are taken for newcomers with the same ratings.
  package var foldsIn = false
  /// Whether lists are also measured in the order that lets more of the catalogue be found.
  package var discovers = false
  /// A folder that gets splits, predictions, runs and tables; nil for none.
  package var export: String?

  package init() {}
}

extension Workbench {
  /// Fits the models named (all, if none is) on each training part and measures them on the test part.
  ///
  /// - Parameter done: hears of each model that is measured.
  package func evaluate(_ request: EvaluationRequest, done: (ModelEvaluation) -> Void) throws -> EvaluationAnswer {
    let types =
      try request.models.isEmpty
      ? ModelCatalogue.usable : request.models.map { try ModelCatalogue.model(named: $0) }
    for type in types { try checkMemory(for: type) }
    let overrides = try SettingOverrides(request.settings, models: types.map { $0.descriptor.name })
    let settings = try types.map { try overrides.settings(of: $0.descriptor, on: tuned) }
    let (evaluationProtocol, source, divided) = try divide(request)
    var cases = request.knowsDates ? divided : divided.map { $0.hidingDates() }
    if request.foldsIn { cases = cases.map { $0.foldingIn() } }
    let options = EvaluationOptions(
      cutoffs: request.cutoffs, learnsIntervals: request.learnsIntervals, discovers: request.discovers)
    let export = try request.export.map { try EvaluationExport(folder: $0) }
    try export?.write(divided)
    var evaluations: [ModelEvaluation] = []
    for (type, settings) in zip(types, settings) {
      ResourceUsage.resetPeak()
      var evaluation = try ModelEvaluation.measure(
        type, settings: settings, on: cases, context: context, options: options
      ) { model, part, observations in
        try export?.write(observations, of: model, on: cases[part], part: part)
      }
      evaluation.peakMegabytes = ResourceUsage.peakMegabytes
      done(evaluation)
      evaluations.append(evaluation)
      for discovered in evaluation.discovered {
        done(discovered)
        evaluations.append(discovered)
      }
    }
    let answer = EvaluationAnswer(
      evaluationProtocol: evaluationProtocol, candidates: source, knowsDates: request.knowsDates, seed: context.seed,
      splits: divided.map(\.test.fingerprint),
      counts: (dataset.users.count, dataset.movies.count, dataset.allRatings.count),
      remarks: EvaluationAnswer.remarks(on: divided, cutoff: request.cutoffs.min() ?? 1), models: evaluations,
      comparisons: PairedBootstrap(seed: context.seed).comparisons(of: evaluations, threads: context.threads))
    try export?.write(answer)
    return answer
  }

  private func divide(_ request: EvaluationRequest) throws -> (EvaluationProtocol, CandidateSource, [TestCase]) {
    let seed = context.seed
    let evaluationProtocol: EvaluationProtocol =
      switch request.division {
      case .folds(let count): .folds(count: count, seed: seed)
      case .holdout(let fraction): .holdout(fraction: fraction, seed: seed)
      case .holdoutPerUser(let fraction): .holdoutPerUser(fraction: fraction, seed: seed)
      case .leaveOneOut: .leaveOneOut(seed: seed)
      case .strong(let fraction): .strongGeneralisation(fraction: fraction, seed: seed)
      case .chronological(let fraction): .chronological(fraction: fraction, seed: seed)
      case .testFiles(let paths): .given(name: paths.map(Self.fileName).joined(separator: ", "))
      case nil: dataset.validation.isEmpty ? .folds(count: 5, seed: seed) : .validation
      }
    if case .file(let path) = request.candidates {
      let lists = try candidateLists(path)
      let source = CandidateSource.given(name: Self.fileName(path))
      if case .testFiles(let paths) = request.division {
        return (evaluationProtocol, source, try paths.map { try given($0).among(lists) })
      }
      return (.given(name: Self.fileName(path)), source, [TestCase(candidates: lists, of: dataset)])
    }
    let cases =
      if case .testFiles(let paths) = request.division {
        try paths.map(given)
      } else {
        try evaluationProtocol.checkedTestCases(of: dataset)
      }
    guard case .sampled(let count) = request.candidates else { return (evaluationProtocol, .catalogue, cases) }
    return (
      evaluationProtocol, .sampled(negatives: count, seed: seed),
      cases.map { $0.sampling(negatives: count, seed: seed) }
    )
  }

  private func given(_ path: String) throws -> TestCase {
    TestCase(training: dataset, test: try DataSource([path], options: reading).dataset)
  }

  /// Reads lines `user,movie,candidate,…`; the user may be written `(user` and the movie `movie)`, as the files of the
  /// neural collaborative filtering papers have it.
  private func candidateLists(_ path: String) throws -> [CandidateList] {
    let file = try RowFile(path: path, minimumFields: 3) { $0[0].lowercased().contains("user") }
    let lists = file.rows.map { row in
      let ids = row.fields.filter { !$0.isEmpty }.map { field in
        String(field.drop { $0 == "(" }.prefix { $0 != ")" })
      }
      let movies = ids.dropFirst().map { Int32(movie($0) ?? -1) }
      return CandidateList(
        user: Int32(dataset.userIndex(of: SourceID(ids[0])) ?? -1), movie: movies.first ?? -1,
        others: Array(movies.dropFirst()))
    }
    guard !lists.isEmpty else {
      throw WorkbenchError.badLine(path: path, line: 1, problem: "holds no lines user,movie,candidate,…; write some")
    }
    return lists
  }

  private static func fileName(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
}
