import ArgumentParser
import Workbench

struct ModelsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "models",
    abstract: "Lists every model with its purpose, settings and reference.",
    discussion: """
      EXAMPLES
        marquee models
        marquee models --json
      """)

  @Flag(name: .long, help: "Print JSON.")
  var json = false

  func run() { Console.write(json ? ModelListing.json : ModelListing.text) }
}
