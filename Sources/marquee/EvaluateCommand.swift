import ArgumentParser
import Evaluation
import Pipeline

struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Measures how right the models are on ratings that they have not seen.",
    discussion: """
      Stars models are measured by RMSE and MAE, lists models by their top ten over the whole catalogue (every test movie
      is relevant, seen movies are left out).

      EXAMPLES
        marquee evaluate --data ml-100k --folds 5
        marquee evaluate --data ml-100k/u1.base --test ml-100k/u1.test --models biases,als
        marquee evaluate --data ratings.csv --holdout 0.1 --json
      """)

  @OptionGroup var source: DataOptions

  @Option(name: .long, help: "A file with the test ratings; --data is all for training.")
  var test: String?

  @Option(name: .long, help: "Cross-validation with this many random folds (5, where nothing is said).")
  var folds: Int?

  @Option(name: .long, help: "A random share of the ratings as test part, such as 0.1.")
  var holdout: Double?

  @Option(name: .long, help: "Models to measure, separated by commas. (default: all)")
  var models: NameList?

  @Flag(name: .long, help: "Print JSON.")
  var json = false

  func validate() throws {
    if [test != nil, folds != nil, holdout != nil].filter({ $0 }).count > 1 {
      throw ValidationError("--test, --folds and --holdout exclude each other")
    }
    if let folds, folds < 2 { throw ValidationError("--folds must be 2 or more") }
    if let holdout, !(holdout > 0 && holdout < 1) { throw ValidationError("--holdout must lie between 0 and 1") }
  }

  func run() throws {
    let request: EvaluationRequest? =
      if let test { .testFile(test) } else if let folds { .folds(folds) } else { holdout.map { .holdout($0) } }
    let bar = ProgressBar()
    let answer = try source.workbench().evaluate(request, models: models?.names ?? []) { model in
      bar.clear()
      if Console.isTerminal { Console.note("measured \(model.model)") }
    }
    Console.write(json ? answer.json : answer.text)
  }
}
