import ArgumentParser
import Pipeline

struct NewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Makes a new site to start from.",
    discussion: """
      EXAMPLES
        marquee new my-films
        marquee build --site my-films && marquee serve --site my-films
      """)

  @Argument(help: "A new or empty folder.")
  var folder: String

  func run() throws {
    for file in try SiteScaffold.create(at: folder) { Console.write("\(folder)/\(file)\n") }
    Console.note("edit \(folder)/content/site.yaml, then: marquee build --site \(folder)")
  }
}
