import ArgumentParser
import Members
import Workbench

struct SimilarCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "similar",
    abstract: "Finds the movies most similar to a movie.",
    discussion: """
      EXAMPLES
        marquee similar --movie 1
        marquee similar --data ml-latest-small --movie 296 --model ease --top 5 --json
      """)

  @OptionGroup var source: DataOptions

  @Option(name: .long, help: "The movie's id in the data.")
  var movie: String

  @Option(name: .long, help: "The model that computes similarity.")
  var model: String?

  @Option(name: .long, help: "The number of movies.")
  var top: Int = 20

  @Flag(name: .long, help: "Print JSON, in the shape of api/movies/<id>.json.")
  var json = false

  func validate() throws {
    if top < 1 { throw ValidationError("--top must be 1 or more") }
  }

  func run() throws {
    let answer = try source.workbench().similar(to: movie, model: model, top: top)
    if !json { Console.note(answer.caption) }
    Console.write(json ? answer.json : answer.text)
  }
}
