import ArgumentParser
import Web
import Workbench

struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Reports what is installed, what is missing, and how to get it.",
    discussion: """
      Exits with 1 if something that a build needs is missing.

      EXAMPLES
        marquee doctor
        marquee doctor --site my-films
      """)

  @Option(name: .long, help: "The site folder.")
  var site: String = "."

  func run() throws {
    let report = DoctorReport(site: site, curl: WebClient.libraryVersion)
    Console.write(report.text)
    if !report.isHealthy { throw ExitCode.failure }
  }
}
