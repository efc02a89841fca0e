import ArgumentParser
import Pipeline
import Settings

/// What the cluster job calls before it fits MLlib's ALS to all ratings.
struct FactorsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "factors", abstract: "Measures film factors for marquee spark on the validation set.",
    discussion: "Prints a line of JSON for each file. docs/cluster.md describes the files.", shouldDisplay: false)

  @Option(name: .long, help: "The site folder.")
  var site: String = "."

  @Option(name: .long, parsing: .singleValue, help: "Ratings to measure on. May be repeated.")
  var data: [String] = []

  @Flag(name: .long, help: "Print the seed of the validation split, and exit.")
  var seed = false

  @Argument(help: "Files of film factors.")
  var files: [String] = []

  func run() throws {
    if seed {
      Console.write("\(try SiteSettings(readingFrom: SiteFolder(site)).seed)\n")
      return
    }
    let trials = try FactorTrials(site: SiteFolder(site), data: data)
    for file in files { Console.write(try trials.measure(file).json + "\n") }
  }
}
