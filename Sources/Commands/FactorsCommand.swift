import ArgumentParser
import Pipeline

/// What the job of a cluster asks before it fits MLlib's ALS to everything.
struct FactorsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "factors", abstract: "Measures film factors for marquee spark on the validation part.",
    discussion: "Prints a line of JSON for each file. docs/cluster.md says what is in them.", shouldDisplay: false)

  @Option(name: .long, help: "The site's folder.")
  var site: String = "."

  @Option(name: .long, parsing: .singleValue, help: "Ratings to measure on. May be repeated.")
  var data: [String] = []

  @Flag(name: .long, help: "Print the seed that draws the validation part, and end.")
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
