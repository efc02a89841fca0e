import ArgumentParser
import Pipeline

struct ModelsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "models",
    abstract: "Lists every model: what it is for, its settings, where it comes from.",
    discussion: """
      EXAMPLES
        marquee models
        marquee models --json
      """)

  @Flag(name: .long, help: "Print JSON.")
  var json = false

  func run() { Console.write(json ? ModelListing.json : ModelListing.text) }
}
