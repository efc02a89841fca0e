import ArgumentParser
import SiteCheck
import Workbench

struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Compares two built sites: which files differ, and whose lists changed by how much.",
    discussion: """
      EXAMPLES
        marquee diff published output
        marquee diff before after --json
        marquee diff before after --markdown          for a comment on a pull request
      """)

  @Argument(help: "The folder of the earlier site.")
  var old: String

  @Argument(help: "The folder of the later site.")
  var new: String

  @Option(name: .long, help: "The number of files and lists to name.")
  var limit: Int = 20

  @Flag(name: .long, help: "Print everything as JSON.")
  var json = false

  @Flag(name: .long, help: "Print lists, figures and files as Markdown.")
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
