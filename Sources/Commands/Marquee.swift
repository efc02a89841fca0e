package import ArgumentParser
import Platform
import Ratings
import Settings
import Synchronization
package import Workbench

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Runs the server for `serve`, and describes its API. The web server is a module that not every program has: it is half of the compile time.
package protocol Server: Sendable {
  func serve(_ command: ServeCommand) async throws

  /// The reference pages of the handbook that only the server can generate.
  func referencePages() throws -> [ReferencePage]

  /// Why it does not start, one error of each kind, for the handbook.
  var errorExamples: [any Error] { get }
}

/// The command line: parses the arguments, calls the module that does the work, prints the result.
package struct Marquee: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "marquee",
    abstract: "Turns movie ratings into a website that recommends movies.",
    discussion: """
      EXAMPLES
        marquee new my-films                          a new site to start from
        marquee build                                 build the site in this folder into output/
        marquee build --data ml-latest-small.zip      the same from MovieLens, as downloaded
        marquee serve                                 view it in a browser
        marquee evaluate --data ratings.csv --folds 5 the accuracy of the models
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

  /// Runs the command in the arguments, and ends the program if it fails.
  ///
  /// - Parameter server: what `serve` calls; nil if the program has none.
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

  /// The system withholds signals with a terminating default action from process 1, which a container's program is.
  private static func stopAsFirstProcess() {
    guard getpid() == 1 else { return }
    // The parent process may have blocked them, which is inherited.
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGTERM, SIGINT] { sigaddset(&signals, number) }
    pthread_sigmask(Int32(SIG_UNBLOCK), &signals, nil)
    for number in [SIGTERM, SIGINT] { signal(number) { _exit(128 + $0) } }
  }

  /// Suggests a command if the first word is not one.
  private static func checkCommand(_ arguments: [String]) throws {
    guard let word = arguments.first, !word.hasPrefix("-"), word != "help" else { return }
    let names = commands.compactMap { $0.configuration.commandName }
    guard !names.contains(word) else { return }
    let nearest = Spelling.nearest(to: word, among: names)
    throw ValidationError(
      "there is no command “\(word)”; \(nearest.map { "did you mean “\($0)”? " } ?? "")marquee --help lists them")
  }
}
