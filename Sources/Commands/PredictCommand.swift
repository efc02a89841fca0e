import ArgumentParser
import Workbench

struct PredictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "Predicts ratings for pairs of user and movie.",
    discussion: """
      Reads lines of user,movie or user,movie,timestamp (source ids; a header is fine) and prints user,movie,prediction
      in the same order, with a header if the file has one. Time-aware models use the timestamp. Unknown
      users and movies get the model's fallback.

      EXAMPLES
        marquee predict --data ml-100k/u1.base --model als --pairs ml-100k/u1.test
        marquee predict --model item-neighbours --pairs pairs.csv > predictions.csv
      """)

  @OptionGroup var source: DataOptions

  @Option(name: .long, help: "The model; see marquee models.")
  var model: String

  @Option(name: .long, help: "The file of pairs.")
  var pairs: String

  @Option(name: .long, help: "Settings that replace defaults: model.setting=number, separated by commas.")
  var settings: NameList?

  func run() throws {
    Console.write(try source.workbench().predict(pairs: pairs, model: model, settings: settings?.names ?? []))
  }
}
