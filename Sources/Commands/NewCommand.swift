import ArgumentParser
import Workbench

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

struct NewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Creates a new site.",
    discussion: """
      On a terminal and without options it asks; an empty answer takes the default in brackets. The answers are written to
      content/site.yaml and can be changed there.

      EXAMPLES
        marquee new my-films
        marquee new my-films --title "The Thursday Film Club" --data ~/Downloads/ml-latest-small.zip
        marquee new my-films --workflow github
        marquee build --site my-films && marquee serve --site my-films
      """)

  @Argument(help: "A new or empty folder.")
  var folder: String

  @Option(name: .long, help: "The name of the site.")
  var title: String?

  @Option(name: .long, help: "The address of the site, such as https://example.org/films/.")
  var url: String?

  @Option(name: .long, help: "The language of the pages, such as en or de.")
  var language: String?

  @Option(name: .long, help: "Ratings to use instead of the sample: a file, folder or archive.")
  var data: String?

  @Option(
    name: .long, parsing: .singleValue,
    help: "github or gitlab: add workflow files that build and publish the site there. May be repeated.")
  var workflow: [SiteScaffold.Workflow] = []

  @Flag(name: .long, help: "Do not ask questions.")
  var yes = false

  func validate() throws {
    if let url, let fault = SiteScaffold.fault(inURL: url) { throw ValidationError("--url: \(fault)") }
    if let language, let fault = SiteScaffold.fault(inLanguage: language) {
      throw ValidationError("--language: \(fault)")
    }
  }

  func run() throws {
    var scaffold = SiteScaffold()
    (scaffold.title, scaffold.url, scaffold.language, scaffold.data) = (title, url, language, data)
    scaffold.workflows = Set(workflow)
    let isSilent = yes || !workflow.isEmpty || [title, url, language, data].contains { $0 != nil }
    if !isSilent, isatty(0) == 1, Console.isTerminal { Self.ask(&scaffold) }
    for file in try scaffold.create(at: folder) { Console.write("\(folder)/\(file)\n") }
    Console.note("edit \(folder)/content/site.yaml, then: marquee build --site \(folder)")
  }

  private static func ask(_ scaffold: inout SiteScaffold) {
    scaffold.title = answer("The name of the site", standard: "Marquee") { _ in nil }
    scaffold.url = answer(
      "The address of the site", standard: "https://example.org/", fault: SiteScaffold.fault(inURL:))
    scaffold.language = answer("The language of the pages", standard: "en", fault: SiteScaffold.fault(inLanguage:))
    scaffold.data = answer("Ratings, as a file or folder", standard: "the sample") {
      SiteScaffold.fault(inData: expanded($0))
    }.map(expanded)
    let names = SiteScaffold.Workflow.allCases.map(\.rawValue)
    let chosen = answer("Files for GitHub or GitLab to build it: \(names.joined(separator: ", "))", standard: "none") {
      SiteScaffold.Workflow(rawValue: $0.lowercased()) == nil
        ? "“\($0)” is not known; write \(names.joined(separator: " or "))" : nil
    }
    if let workflow = chosen.flatMap({ SiteScaffold.Workflow(rawValue: $0.lowercased()) }) {
      scaffold.workflows = [workflow]
    }
  }

  /// A path as a shell would expand it.
  private static func expanded(_ path: String) -> String {
    guard path.hasPrefix("~/"), let home = getenv("HOME") else { return path }
    return String(cString: home) + path.dropFirst()
  }

  /// Asks until an answer is valid; nil for the default.
  private static func answer(_ question: String, standard: String, fault: (String) -> String?) -> String? {
    while true {
      Console.draw("\(question) [\(standard)]: ")
      guard let line = readLine() else {
        Console.draw("\n")
        return nil
      }
      let answer = line.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      if answer.isEmpty { return nil }
      guard let words = fault(answer) else { return answer }
      Console.note(words)
    }
  }
}

extension SiteScaffold.Workflow: ExpressibleByArgument {}
