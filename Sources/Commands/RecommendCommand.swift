import ArgumentParser
import Members
package import Precompute
import Workbench

struct RecommendCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recommend",
    abstract: "Recommends movies to a user, to a new user with a few ratings, or to several people who watch together.",
    discussion: """
      Movies that they rated are left out. Nothing is stored. A new user's list is the one that the site's own page shows for
      the same ratings, unless --model names another.

      EXAMPLES
        marquee recommend --user 42
        marquee recommend --data ml-latest-small --user 42 --model ease --top 10
        marquee recommend --ratings mine.csv --json          mine.csv has lines of movie,rating
        marquee recommend --ratings letterboxd.zip --within festival.csv
        marquee recommend --user 1 --user 2 --ratings friend.zip --rule nobody-unhappy
      """)

  @OptionGroup var source: DataOptions

  @Option(name: .long, parsing: .singleValue, help: "A user's id in the data. May be given more than once.")
  var user: [String] = []

  @Option(
    name: .long, parsing: .singleValue,
    help: "A new user's ratings: lines of movie,rating, or a film site's export. May be given more than once.")
  var ratings: [String] = []

  @Option(name: .long, help: "Films to rank: a list exported by a film site, or one title or id per line.")
  var within: String?

  @Option(name: .long, help: "The model that ranks. (default: the site's first choice)")
  var model: String?

  @Option(name: .long, help: "Settings of that model that replace defaults: setting=number, separated by commas.")
  var settings: NameList?

  @Option(
    name: .long,
    help:
      "For several people: joy (the highest average), nobody-unhappy (least misery), or turns (each chooses in turn).")
  var rule: SharedListRule = .joy

  @Flag(name: .long, help: "For several people: also list films that some of them have rated.")
  var includeSeen = false

  @Option(name: .long, help: "The number of movies.")
  var top: Int = 20

  @Flag(name: .long, help: "Print JSON, in the shape of api/users/<id>.json.")
  var json = false

  func validate() throws {
    if user.isEmpty && ratings.isEmpty { throw ValidationError("give --user ID or --ratings FILE") }
    if top < 1 { throw ValidationError("--top must be 1 or more") }
    if readers.count > 1, model != nil {
      throw ValidationError("a list for several people is made by the model of the site's own page; leave out --model")
    }
    if settings != nil, model == nil { throw ValidationError("--settings needs --model") }
  }

  func run() throws {
    let answer = try storedAnswer ?? source.workbench().recommend(request)
    for line in answer.readings { Console.note(line) }
    for movie in answer.unmatched { Console.note("no movie “\(movie)” is in the data; it was left out") }
    if !json { Console.note(answer.caption) }
    Console.write(json ? answer.json : answer.text)
  }

  private var readers: [ListReader] { user.map { .user($0) } + ratings.map { .newcomer(file: $0) } }

  private var request: RecommendationRequest {
    var request = RecommendationRequest(readers: readers, model: model, top: top)
    request.settings = settings?.names ?? []
    request.within = within
    request.rule = rule
    request.includesSeenBySome = includeSeen
    return request
  }

  /// What the last build of the site has already computed.
  private var storedAnswer: RecommendationAnswer? {
    guard source.data.isEmpty, readers.count == 1, let user = user.first, within == nil, settings == nil else {
      return nil
    }
    return .ofLastBuild(site: source.site, user: user, model: model, top: top)
  }
}

extension SharedListRule: ExpressibleByArgument {}
