import ArgumentParser
package import Synthesis

struct SynthesizeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "synthesize",
    abstract: "Generates a synthetic data set of any size, with the long tails of real data.",
    discussion: """
      The same seed gives the same bytes.

      EXAMPLES
        marquee synthesize small --users 1000 --movies 2000 --ratings 100000
        marquee synthesize large --users 480189 --movies 17770 --ratings 100480507 --format netflix-prize
      """)

  @Argument(help: "A new or empty folder.")
  var folder: String

  @Option(name: .long, help: "The number of users.")
  var users: Int

  @Option(name: .long, help: "The number of movies.")
  var movies: Int

  @Option(name: .long, help: "The exact number of ratings.")
  var ratings: Int

  @Option(name: .long, help: "Random seed: the same one gives the same data.")
  var seed: UInt64 = 1

  @Option(name: .long, help: "The format: \(SynthesisFormat.allCases.map(\.rawValue).joined(separator: " or ")).")
  var format: SynthesisFormat = .movieLensCSV

  func run() throws {
    let bar = ProgressBar()
    let summary = try Synthesizer(users: users, movies: movies, ratings: ratings, seed: seed, format: format)
      .write(to: folder) { bar.show("synthesize", Double($0) / Double(ratings)) }
    bar.clear()
    for file in summary.files { Console.write("\(folder)/\(file.name)\n") }
    Console.note("\(summary.ratings) ratings of \(summary.ratedMovies) movies by \(summary.users) users")
  }
}

extension SynthesisFormat: ExpressibleByArgument {}
