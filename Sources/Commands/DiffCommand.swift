import ArgumentParser
import Pipeline

struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Says what differs between two built sites, and whose lists moved how far.",
    discussion: """
      EXAMPLES
        marquee diff published output
        marquee diff before after --json
        marquee diff before after --markdown          for a comment under a proposed change
      """)

  @Argument(help: "The folder of the earlier site.")
  var old: String

  @Argument(help: "The folder of the later site.")
  var new: String

  @Option(name: .long, help: "How many files and lists are named.")
  var limit: Int = 20

  @Flag(name: .long, help: "Everything, as JSON.")
  var json = false

  @Flag(name: .long, help: "Lists, figures and files as Markdown.")
  var markdown = false

  func validate() throws {
    if json, markdown { throw ValidationError("--json and --markdown exclude each other") }
    if limit < 0 { throw ValidationError("--limit must be 0 or more") }
  }

  func run() throws {
    let difference = try SiteDifference(old: old, new: new)
    Console.write(
      json ? difference.json : markdown ? difference.markdown(limit: limit) : difference.text(limit: limit))
  }
}
