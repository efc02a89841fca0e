import TestSupport
import Testing

@Suite struct `Usage and help` {
  static let commands = [
    "build", "ingest", "evaluate", "tune", "predict", "recommend", "similar", "serve", "check", "synthesize", "models",
    "new",
  ]

  @Test(arguments: commands) func `every command has a help text with examples`(command: String) throws {
    let outcome = try MarqueeProcess.run([command, "--help"])
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("EXAMPLES"))
    #expect(outcome.output.contains("marquee \(command)"))
  }

  @Test func `the general help names every command`() throws {
    let outcome = try MarqueeProcess.run(["--help"])
    #expect(outcome.status == 0)
    for command in Self.commands { #expect(outcome.output.contains("  \(command)"), "\(command)") }
  }

  @Test(arguments: [
    (["buidl"], "did you mean “build”?"),
    (["build", "--outptu", "x"], "--output"),
    (["build", "--quality", "fast"], "quick"),
    (["build", "--jobs", "0"], "--jobs must be 1 or more"),
    (["evaluate", "--data", "x", "--folds", "1"], "--folds must be 2 or more"),
    (["evaluate", "--data", "x", "--folds", "3", "--holdout", "0.1"], "exclude each other"),
    (["recommend", "--data", "x"], "--user ID or --ratings FILE"),
    (["predict", "--data", "x"], "--model"),
    (["ingest", "x", "--format", "movielens-cvs"], "did you mean “movielens-csv”?"),
    (["serve", "--port", "70000"], "--port must be 0 to 65535"),
  ])
  func `wrong usage exits with 64 and explains the right one`(arguments: [String], words: String) throws {
    let outcome = try MarqueeProcess.run(arguments)
    #expect(outcome.status == 64, "\(outcome.errors)")
    #expect(outcome.errors.contains(words), "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
  }

  @Test func `a model that does not exist is wrong usage, with the nearest name`() throws {
    let folder = try TemporaryFolder()
    try folder.write("userId,movieId,rating,timestamp\n1,1,4,0\n1,2,3,0\n2,1,5,0\n", to: "ratings.csv")
    try folder.write("1,2\n", to: "pairs.csv")
    let outcome = try MarqueeProcess.run(
      ["predict", "--data", "ratings.csv", "--model", "asl", "--pairs", "pairs.csv"], in: folder.path)
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("did you mean “als”?"))
  }

  @Test func `models lists every model, as text and as JSON`() throws {
    let text = try MarqueeProcess.run(["models"])
    let json = try MarqueeProcess.run(["models", "--json"])
    #expect(text.status == 0 && json.status == 0)
    for model in ["biases", "als", "item-neighbours", "popularity", "ease"] {
      #expect(text.output.contains("\(model)  ("))
      #expect(json.output.contains("\"name\":\"\(model)\""))
    }
  }
}
