import ArgumentParser
import Members
import Settings

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The process that each task of a cluster starts.
struct ShardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "shard", abstract: "Computes lists and packed pages of members for a task of marquee spark.",
    discussion: """
      Reads frames of ratings from standard input and writes records to standard output; docs/cluster.md describes both. Exits with
      0; 65 if the ratings are malformed; 66 if the site was not built; 74 if the records cannot be written.
      """,
    shouldDisplay: false)

  @Option(name: .long, help: "The folder of the built site.")
  var site: String = "."

  @Flag(name: .long, help: "Print the ids of the site's films, one per line, and exit.")
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
