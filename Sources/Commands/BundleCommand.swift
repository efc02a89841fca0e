import ArgumentParser
import Pipeline

struct BundleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bundle",
    abstract: "Writes the program with its libraries and theme as one archive, for the machines of a cluster.",
    discussion: """
      The machines need a C library at least as new as this machine's. See docs/cluster.md.

      EXAMPLES
        marquee bundle marquee.tar.gz
      """)

  @Argument(help: "The archive to write, such as marquee.tar.gz.")
  var archive: String?

  @Option(name: .long, help: "Write the Spark job to this file, for spark-submit.")
  var job: String?

  func validate() throws {
    if archive == nil, job == nil { throw ValidationError("name the archive to write, or --job FILE") }
  }

  func run() throws {
    if let job { try SparkJob.write(to: job) }
    if let archive { try Bundle.write(to: archive) }
  }
}
