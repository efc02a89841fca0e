import ArgumentParser
import Pipeline

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The process that each task of a cluster starts for itself.
struct ShardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "shard", abstract: "Makes lists and packed pages of members for a task of marquee spark.",
    discussion: """
      Reads frames of ratings from standard input and writes records to standard output; docs/cluster.md has both. Ends with
      0; 65 where the ratings are not as they should be; 66 where the site was not built; 74 where nobody reads the records.
      """,
    shouldDisplay: false)

  @Option(name: .long, help: "The site's folder, as the build left it.")
  var site: String = "."

  @Flag(name: .long, help: "Print the ids of the site's films, a line each, and end.")
  var films = false

  func run() throws {
    signal(SIGPIPE, SIG_IGN)
    let worker: ShardWorker
    do {
      worker = try ShardWorker(site: SiteFolder(site))
    } catch {
      Console.note("error: \(error)")
      throw ExitCode(66)
    }
    if films {
      Console.write(worker.filmIDs.map { $0 + "\n" }.joined())
      return
    }
    do {
      try worker.run(input: 0, output: 1)
    } catch {
      Console.note("error: \(error)")
      throw ExitCode(error.exitCode)
    }
  }
}
