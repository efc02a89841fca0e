import ArgumentParser
import Ingest
import Pipeline
import Platform
import Ratings
import Workbench

struct IngestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ingest",
    abstract: "Reads ratings into a database.",
    discussion: """
      The format is detected from names and content. Ingesting the same data twice changes nothing, more data are added; of
      two ratings of the same movie by the same user the later one is kept.

      EXAMPLES
        marquee ingest ml-latest-small.zip
        marquee ingest ml-1m/ --database club.sqlite
        marquee ingest export.csv --format csv --strict

      FORMATS
        \(IngestFormat.allCases.map(\.rawValue).joined(separator: " "))
      """)

  @Argument(help: "Folders, files or archives.")
  var paths: [String]

  @Option(name: .long, help: "The format, instead of detecting it.")
  var format: String?

  @Option(name: .long, help: "The database to fill.")
  var database: String = "marquee.sqlite"

  @Option(
    name: .long,
    help: "The user of an export, or of a table without a user column; for a household, the profile to read.")
  var user: String?

  @OptionGroup var scale: ScaleOption

  @Option(name: .long, help: "Write the summary of each file to this file, as JSON.")
  var report: String?

  @Flag(name: .long, help: "Fail on the first bad line.")
  var strict = false

  func run() throws {
    let bar = ProgressBar()
    var options = IngestOptions()
    options.format = try format.map { try Self.format(named: $0) }
    options.isStrict = strict
    options.user = user
    options.scale = try scale.declared()
    options.progress = { bar.show($0.file, $0.fraction) }
    defer { bar.clear() }
    let source = try DataSource(paths, options: options, target: database)
    bar.clear()
    for line in source.notes + source.remarks { Console.note(line) }
    let change = try source.add(to: database)
    for line in source.accounts { Console.note(line) }
    if let report { try source.writeAccounts(to: report) }
    Console.write(change + "\n")
  }

  private static func format(named name: String) throws -> IngestFormat {
    if let format = IngestFormat(rawValue: name) { return format }
    let names = IngestFormat.allCases.map(\.rawValue)
    let nearest = Spelling.nearest(to: name, among: names)
    throw ValidationError(
      "no format is called “\(name)”; \(nearest.map { "did you mean “\($0)”? " } ?? "")known are \(names.joined(separator: ", "))"
    )
  }
}
