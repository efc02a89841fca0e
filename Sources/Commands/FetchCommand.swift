import ArgumentParser
import Fetching
import Web

struct FetchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch",
    abstract: "Fetches public data sets by name.",
    discussion: """
      An interrupted download is resumed the next time; a file with a wrong checksum is deleted. The proxy is
      taken from https_proxy. The archives are read without unpacking: marquee build --data FILE.

      EXAMPLES
        marquee fetch                                    lists the data sets
        marquee fetch movielens-latest-small             into this folder
        marquee fetch 1m 20m --into ~/Downloads
        marquee fetch 25m --mirror https://mirror.example.org/datasets
      """)

  @Argument(help: "Names of data sets; without any, they are listed.")
  var names: [String] = []

  @Option(name: .long, help: "The folder to download to.")
  var into: String = "."

  @Option(name: .long, help: "The address of a mirror of the publisher's files.")
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
