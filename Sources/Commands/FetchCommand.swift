import ArgumentParser
import Fetching
import Web

struct FetchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch",
    abstract: "Fetches public data sets by name.",
    discussion: """
      A download that broke off is gone on with the next time; a file whose checksum is wrong is thrown away. A proxy is
      taken from https_proxy. The archives are read as they are: marquee build --data FILE.

      EXAMPLES
        marquee fetch                                    what there is
        marquee fetch movielens-latest-small             into this folder
        marquee fetch 1m 20m --into ~/Downloads
        marquee fetch 25m --mirror https://mirror.example.org/datasets
      """)

  @Argument(help: "Names of data sets; none lists them.")
  var names: [String] = []

  @Option(name: .long, help: "The folder to put them into.")
  var into: String = "."

  @Option(name: .long, help: "An address that has the publisher's files below it.")
  var mirror: String?

  func run() throws {
    if names.isEmpty {
      let width = PublicDataSet.all.map(\.name.count).max() ?? 0
      for set in PublicDataSet.all {
        Console.write(set.name + String(repeating: " ", count: width + 2 - set.name.count) + set.about + "\n")
      }
      return
    }
    let sets = try names.map { try PublicDataSet.named($0) }
    for set in sets {
      Console.note("\(set.name): \(set.licence) Terms: \(set.terms)")
      let bar = ProgressBar()
      defer { bar.clear() }
      let outcome = try set.fetch(into: into, mirror: mirror, client: .marquee) { bytes, total in
        bar.show(set.archive, total > 0 ? Double(bytes) / Double(total) : 0)
      }
      bar.clear()
      Console.note("\(set.name): \(outcome == .present ? "was there already" : "fetched")")
      Console.write("\(into == "." ? "" : into + "/")\(set.archive)\n")
    }
  }
}
