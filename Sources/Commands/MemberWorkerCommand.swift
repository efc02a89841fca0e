import ArgumentParser
import Members

/// The process that `serve` starts for itself.
struct MemberWorkerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "member-worker", abstract: "Answers requests of marquee serve.", shouldDisplay: false)

  @Option(name: .long, help: "The site folder.")
  var site: String = "."

  func run() throws { try MemberWorker.run(site: site) }
}
