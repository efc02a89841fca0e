import ArgumentParser
import Evaluation
import Workbench

struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Measures the accuracy of models on ratings that they have not seen.",
    discussion: """
      Stars models are measured by their errors, the coverage of their 80 % prediction intervals and, if they give probabilities, the
      log-likelihood. Lists models are measured by their top 10 over the whole catalogue (every test movie is relevant,
      seen movies are left out) and by the coverage, novelty (in bits) and diversity of their lists, and the share of the most
      popular tenth of movies.

      EXAMPLES
        marquee evaluate --data ml-100k --folds 5
        marquee evaluate --data ml-100k/u1.base --test ml-100k/u1.test --models biases,als
        marquee evaluate --data ml-100k --models als --settings als.factors=16,als.regularization=0.1
        marquee evaluate --data ml-100k --holdout-per-user 0.25 --models ease --k 10,20
        marquee evaluate --data ml-1m --leave-one-out --negatives 99
        marquee evaluate --data ratings.csv --chronological 0.1 --json
        marquee evaluate --data ml-100k --holdout-per-user 0.25 --export results    splits, predictions, runs, tables
      """)

  @OptionGroup var source: DataOptions

  @Option(
    name: .long,
    help:
      "A file with the test ratings; their pairs are taken out of --data. Given more than once, each is a test set.")
  var test: [String] = []

  @Option(name: .long, help: "Cross-validation with this many random folds. (default: 5)")
  var folds: Int?

  @Option(name: .long, help: "A random share of the ratings as test set, such as 0.1.")
  var holdout: Double?

  @Option(name: .long, help: "A random share of each user's ratings as test set, such as 0.25.")
  var holdoutPerUser: Double?

  @Flag(name: .long, help: "Each user's latest rating as test set.")
  var leaveOneOut = false

  @Option(
    name: .long,
    help:
      "A random share of the users as test set: they are unseen in training, and folded in with 80 % of their ratings.")
  var strong: Double?

  @Option(name: .long, help: "The last share of the ratings by date as test set.")
  var chronological: Double?

  @Option(name: .long, help: "A file with lines user,movie,candidate,…: only these movies are ranked.")
  var candidates: String?

  @Option(name: .long, help: "Rank each test movie among this many random unrated ones only, such as 99.")
  var negatives: Int?

  @Option(name: .long, help: "The list lengths k, separated by commas.")
  var k = "10"

  @Option(name: .long, help: "Models to evaluate, separated by commas. (default: all)")
  var models: NameList?

  @Option(name: .long, help: "Settings that replace defaults: model.setting=number, separated by commas.")
  var settings: NameList?

  @Flag(
    inversion: .prefixedNo,
    help:
      "Estimate 80 % prediction intervals for models that give no probabilities; costs a second fit on nine tenths of the training set."
  )
  var intervals = true

  @Flag(
    inversion: .prefixedNo,
    help: "Give time-aware models the timestamps of test ratings, which are unknown for future ratings.")
  var dates = true

  @Flag(
    name: .long,
    help: "Measure each list model a second time, with re-ranking for more discovery.")
  var discovery = false

  @Flag(
    name: .long,
    help: ArgumentHelp(
      "Fold in every user's ratings, as for packed members.", visibility: .hidden))
  var foldIn = false

  @Option(
    name: .long,
    help:
      "A new folder for splits (CSV, RecBole), predictions, runs and judgements (TREC), and tables (CSV, Markdown, LaTeX)."
  )
  var export: String?

  @Flag(name: .long, help: "Print JSON.")
  var json = false

  func validate() throws {
    let divisions = [
      ("--test", !test.isEmpty), ("--folds", folds != nil), ("--holdout", holdout != nil),
      ("--holdout-per-user", holdoutPerUser != nil), ("--leave-one-out", leaveOneOut), ("--strong", strong != nil),
      ("--chronological", chronological != nil),
    ].filter(\.1).map(\.0)
    if divisions.count > 1 {
      throw ValidationError(
        "\(divisions.dropLast().joined(separator: ", ")) and \(divisions[divisions.count - 1]) exclude each other")
    }
    if candidates != nil, negatives != nil { throw ValidationError("--candidates and --negatives exclude each other") }
    if candidates != nil, let other = divisions.first(where: { !["--test", "--leave-one-out"].contains($0) }) {
      throw ValidationError("--candidates itself defines the test set; leave out \(other)")
    }
    if let folds, folds < 2 { throw ValidationError("--folds must be 2 or more") }
    if let negatives, negatives < 1 { throw ValidationError("--negatives must be 1 or more") }
    for (name, share) in [
      ("--holdout", holdout), ("--holdout-per-user", holdoutPerUser), ("--strong", strong),
      ("--chronological", chronological),
    ] {
      if let share, !(share > 0 && share < 1) { throw ValidationError("\(name) must be between 0 and 1") }
    }
    if cutoffs == nil { throw ValidationError("--k must be whole numbers from 1 to 1000, such as 10 or 10,20") }
  }

  /// Nil for text that is not a list of lengths.
  private var cutoffs: [Int]? {
    let words = k.split(separator: ",", omittingEmptySubsequences: false)
    let numbers = words.compactMap { Int($0) }
    guard numbers.count == words.count, !numbers.isEmpty, numbers.allSatisfy({ (1...1000).contains($0) }) else {
      return nil
    }
    return numbers.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  private var request: EvaluationRequest {
    var request = EvaluationRequest()
    request.division =
      if !test.isEmpty {
        .testFiles(test)
      } else if let folds {
        .folds(folds)
      } else if let holdout {
        .holdout(holdout)
      } else if let holdoutPerUser {
        .holdoutPerUser(holdoutPerUser)
      } else if leaveOneOut {
        .leaveOneOut
      } else if let strong {
        .strong(strong)
      } else {
        chronological.map { .chronological($0) }
      }
    request.candidates = candidates.map { .file($0) } ?? negatives.map { .sampled($0) }
    request.models = models?.names ?? []
    request.settings = settings?.names ?? []
    request.cutoffs = cutoffs ?? [10]
    request.learnsIntervals = intervals
    request.knowsDates = dates
    request.discovers = discovery
    request.foldsIn = foldIn
    request.export = export
    return request
  }

  func run() throws {
    let bar = ProgressBar()
    let answer = try source.workbench().evaluate(request) { model in
      bar.clear()
      if Console.isTerminal { Console.note("measured \(model.model)") }
    }
    Console.write(json ? answer.json : answer.text)
  }
}
