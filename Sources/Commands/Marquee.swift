package import ArgumentParser
package import Pipeline
import Platform
import Ratings
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Serves a site as `serve` is asked to, and knows what it answers. The web server is a room that not every program has: it is half of what there is to compile.
package protocol Server: Sendable {
  func serve(_ command: ServeCommand) async throws

  /// The pages of the handbook's reference that only the server knows.
  func referencePages() throws -> [ReferencePage]

  /// Why it does not start, one error of each kind, for the handbook.
  var errorExamples: [any Error] { get }
}

/// The command line: reads the words, calls the room that does the work, prints the answer.
package struct Marquee: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "marquee",
    abstract: "Turns movie ratings into a website that recommends movies.",
    discussion: """
      EXAMPLES
        marquee new my-films                          a new site to start from
        marquee build                                 build the site in this folder into output/
        marquee build --data ml-latest-small.zip      the same from MovieLens, as downloaded
        marquee serve                                 look at it
        marquee evaluate --data ratings.csv --folds 5 how right the models are
      """,
    version: Distribution.version,
    subcommands: commands)

  static let commands: [any ParsableCommand.Type] = [
    BuildCommand.self, IngestCommand.self, EvaluateCommand.self, TuneCommand.self, PredictCommand.self,
    RecommendCommand.self,
    SimilarCommand.self, ServeCommand.self, CheckCommand.self, DiffCommand.self, SynthesizeCommand.self,
    ModelsCommand.self, NewCommand.self, FetchCommand.self, EnrichCommand.self, DeployCommand.self, DoctorCommand.self,
    UserCommand.self, BackupCommand.self, MemberWorkerCommand.self, ShardCommand.self, FactorsCommand.self,
    BundleCommand.self,
    SparkCommand.self, CompletionsCommand.self, ManualCommand.self,
  ]

  /// What `serve` calls; nil in a program without a server.
  static let server = Mutex<(any Server)?>(nil)

  package init() {}

  /// Does what the words of the command line say, and ends the program where that fails.
  ///
  /// - Parameter server: what `serve` calls; nil where the program has none.
  package static func run(server: (any Server)?) async {
    Self.server.withLock { $0 = server }
    stopAsFirstProcess()
    let arguments = ProgramStart.arguments
    do {
      try checkCommand(arguments)
      var command = try parseAsRoot(arguments)
      if !(command is NewCommand) { try ProgramStart.checkSystem() }
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      Console.exit(with: error)
    }
  }

  /// The system keeps signals whose default is to end a process from the first one, which a container's program is.
  private static func stopAsFirstProcess() {
    guard getpid() == 1 else { return }
    // Whoever started this may have blocked them, which is inherited.
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGTERM, SIGINT] { sigaddset(&signals, number) }
    pthread_sigmask(Int32(SIG_UNBLOCK), &signals, nil)
    for number in [SIGTERM, SIGINT] { signal(number) { _exit(128 + $0) } }
  }

  /// Says what may have been meant where the first word is no command.
  private static func checkCommand(_ arguments: [String]) throws {
    guard let word = arguments.first, !word.hasPrefix("-"), word != "help" else { return }
    let names = commands.compactMap { $0.configuration.commandName }
    guard !names.contains(word) else { return }
    let nearest = Spelling.nearest(to: word, among: names)
    throw ValidationError(
      "there is no command “\(word)”; \(nearest.map { "did you mean “\($0)”? " } ?? "")marquee --help lists them")
  }
}
