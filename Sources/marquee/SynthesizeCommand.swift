import ArgumentParser
import Synthesis

struct SynthesizeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "synthesize",
    abstract: "Makes a data set of any size, with the long tails of real ones.",
    discussion: """
      The same seed gives the same bytes.

      EXAMPLES
        marquee synthesize small --users 1000 --movies 2000 --ratings 100000
        marquee synthesize large --users 480189 --movies 17770 --ratings 100480507 --format netflix-prize
      """)

  @Argument(help: "A new or empty folder.")
  var folder: String

  @Option(name: .long) var users: Int
  @Option(name: .long) var movies: Int
  @Option(name: .long) var ratings: Int
  @Option(name: .long, help: "Fixes everything random.") var seed: UInt64 = 1
  @Option(name: .long, help: "movielens-csv or netflix-prize.") var format: String = "movielens-csv"
}
