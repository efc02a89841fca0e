import ArgumentParser
import LinearAlgebra
import Pipeline
import Settings

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

struct BuildCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build",
    abstract: "Builds the site: ingests, trains, renders, publishes.",
    discussion: """
      Without --data, the data named in the site's content/site.yaml are used. The finished site replaces the old one in one step;
      if anything fails, the old one stays.

      EXAMPLES
        marquee build
        marquee build --data ~/Downloads/ml-latest-small.zip --output public
        marquee build --quality quick --report report.json
        marquee build --models als,ease,popularity
        marquee build --explain                       which stages would run, and why
      """)

  @Option(name: .long, help: "The site folder.")
  var site: String = "."

  @Option(
    name: .long, parsing: .singleValue,
    help: "Ratings to use instead of the site's own: a folder, file, archive or database. May be repeated.")
  var data: [String] = []

  @Option(name: .long, help: "Where to write the site. (default: output/ in the site folder)")
  var output: String?

  @Option(name: .long, help: "The preset, quick or best: how long models train.")
  var quality: Quality?

  @Option(
    name: .long,
    help:
      "exact or quick: quick may fold a few new ratings into the models of the last build instead of training again.")
  var rebuild: Rebuild?

  @Option(name: .long, help: "Models to train, separated by commas; see marquee models.")
  var models: NameList?

  @Option(name: .long, help: "Write the time and memory of every stage to this file, as JSON.")
  var report: String?

  @Flag(name: .long, help: "Fail on the first bad line of the data.")
  var strict = false

  @Flag(name: .long, help: "Ignore all caches of earlier builds (a clean build).")
  var clean = false

  @Flag(name: .long, help: "Explain which stages would run and why, without running them.")
  var explain = false

  @Flag(name: .long, help: "Show texts with a future date.")
  var future = false

  @Flag(name: .long, help: "Publish even if a quality gate fails, and accept the new figures.")
  var accept = false

  @Flag(name: .long, help: "Show how long each template took.")
  var templateMetrics = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Leave the members' pages to marquee shard; the file has the number of members.", visibility: .hidden))
  var apart: String?

  @Option(
    name: .long,
    help: ArgumentHelp("words or json: how progress is written to standard error.", visibility: .hidden))
  var progress = ProgressFormat.words

  @Option(name: .long, help: "Threads to use. Changes the time, never the result.")
  var jobs: Int?

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be 1 or more") }
  }

  func run() throws {
    // A server waits for this signal in another way and ignores it; a build started by it would inherit that, and not stop.
    if getpid() != 1 { signal(SIGTERM, SIG_DFL) }
    var options = BuildOptions()
    options.site = site
    options.data = data
    options.output = output
    options.quality = quality
    options.rebuild = rebuild
    options.models = models?.names ?? []
    options.isStrict = strict
    options.isClean = clean
    options.acceptsFigures = accept
    options.apart = apart
    options.showsFuture = future
    options.threads = jobs.map { ThreadCount($0) } ?? .allCores
    let log = BuildLog(progress)
    if explain {
      Console.write(try Build(options, observer: log.observer).explain().text)
      return
    }
    let result = try Build(options, observer: log.observer).run()
    if let report { try result.write(to: report) }
    Annotations.summarize(result.markdown)
    if templateMetrics { Console.write(result.templateMetrics) }
    log.summarize(result)
  }
}

/// How a build reports its progress.
package enum ProgressFormat: String, ExpressibleByArgument {
  /// For people.
  case words
  /// For the program that started it: a `BuildProgressLine` each.
  case json
}

extension Quality: ExpressibleByArgument {}

extension Rebuild: ExpressibleByArgument {}
