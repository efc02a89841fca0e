import ArgumentParser
import Pipeline

struct RecommendCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recommend",
    abstract: "Recommends movies to a user, or to a newcomer with a few ratings.",
    discussion: """
      Movies that the user rated are left out. Nothing is stored.

      EXAMPLES
        marquee recommend --user 42
        marquee recommend --data ml-latest-small --user 42 --model ease --top 10
        marquee recommend --ratings mine.csv --json          mine.csv holds lines of movie,rating
      """)

  @OptionGroup var source: DataOptions

  @Option(name: .long, help: "A user's id in the data.")
  var user: String?

  @Option(name: .long, help: "A newcomer's ratings: a file with lines of movie,rating.")
  var ratings: String?

  @Option(name: .long, help: "The model that ranks. (default: the site's first choice)")
  var model: String?

  @Option(name: .long, help: "How many movies.")
  var top: Int = 20

  @Flag(name: .long, help: "Print JSON, in the shape of api/users/<id>.json.")
  var json = false

  func validate() throws {
    if (user == nil) == (ratings == nil) { throw ValidationError("give either --user ID or --ratings FILE") }
    if top < 1 { throw ValidationError("--top must be 1 or more") }
  }

  func run() throws {
    let answer = try storedAnswer ?? source.workbench().recommend(to: reader, model: model, top: top)
    for movie in answer.unmatched { Console.note("no movie “\(movie)” is in the data; its rating was left out") }
    if !json { Console.note(answer.caption) }
    Console.write(json ? answer.json : answer.text)
  }

  private var reader: ListReader { if let user { .user(user) } else { .newcomer(file: ratings ?? "") } }

  /// What the last build of the site worked out already.
  private var storedAnswer: RecommendationAnswer? {
    guard source.data.isEmpty, let user else { return nil }
    return .ofLastBuild(site: source.site, user: user, model: model, top: top)
  }
}
