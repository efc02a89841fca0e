import ArgumentParser
import Workbench

struct TuneCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tune",
    abstract: "Searches for the best settings of a model on the data.",
    discussion: """
      Candidates are fitted on a training set and measured on a validation set: RMSE for stars, nDCG@10 for lists. The best
      settings are written to the site's content/models.yaml (if --site is a site), which every build reads.

      EXAMPLES
        marquee tune --model als --budget 120
        marquee tune --data ml-100k/u1.base --model ease --budget 60 --json
        marquee tune --data ratings.csv --model als --budget 60 --dry-run
      """)

  @OptionGroup var source: DataOptions

  @Option(name: .long, help: "The model; see marquee models.")
  var model: String

  @Option(name: .long, help: "The time for the search, in seconds.")
  var budget: Double = 60

  @Flag(name: .long, help: "Write nothing.")
  var dryRun = false

  @Flag(name: .long, help: "Print JSON.")
  var json = false

  func validate() throws {
    if !(budget > 0 && budget <= 1e6) { throw ValidationError("--budget must be a number of seconds above 0") }
  }

  func run() throws {
    let workbench = try source.workbench()
    let answer = try workbench.tune(model: model, budget: budget, site: dryRun ? nil : source.site) {
      Console.note("\($0)")
    }
    Console.write(json ? answer.json : answer.text)
    if let written = answer.written {
      Console.note("\(written): written; the next build uses it")
    } else if !dryRun {
      Console.note(
        "\(source.site): is not a site, so nothing was written; pass --settings to evaluate, or give --site DIR")
    }
  }
}
