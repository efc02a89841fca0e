import ArgumentParser
import Site
import SiteCheck
import Workbench

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Checks a built site: links, anchors, ids, JSON.",
    discussion: """
      Every internal link, anchor and asset must resolve, ids must be unique, JSON must match the documented shapes, every
      page must be reachable from the home page. Exit code 1 if anything is wrong. If the site's content/ is next to
      the folder, a problem in a page that you wrote is reported with the line of your Markdown file.

      EXAMPLES
        marquee check output
      """)

  @Argument(help: "The folder of a built site.")
  var folder: String

  func run() throws {
    let report = try SiteCheck(folder: folder).run()
    let texts = AuthorPlaces(output: folder)
    for problem in report.problems { Console.write("\(texts.words(of: problem))\n") }
    if report.problemCount > report.problems.count {
      Console.write("… and \(report.problemCount - report.problems.count) more\n")
    }
    Console.note(
      "\(report.pages) pages, \(report.links) links, \(report.jsonFiles) JSON files: \(report.problemCount) problems")
    if report.problemCount > 0 { throw ExitCode.failure }
  }
}
