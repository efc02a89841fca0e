package import ArgumentParser
package import Pipeline
import Synchronization

package struct ServeCommand: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Serves the built site, with accounts and ratings where site.yaml names an endpoint.",
    discussion: """
      The settings stand under serve: in content/site.yaml; a variable of the environment such as MARQUEE_PORT is
      stronger than the file, and a flag is stronger than both.

      EXAMPLES
        marquee serve
        marquee serve --watch                          while you edit: browsers follow, faults show in them
        marquee serve --site my-films --port 9000
        marquee serve --set registration=invitation --set log-format=json
        marquee serve --check
      """)

  @Option(name: .long, help: "The site's folder.")
  package var site: String = "."

  @Option(name: .long, help: "The address to listen on. (default: 127.0.0.1)")
  package var host: String?

  @Option(name: .long, help: "The port; 0 takes any free one. (default: 8080)")
  package var port: Int?

  @Option(name: .long, parsing: .singleValue, help: "A setting of serve:, as NAME=VALUE. May be repeated.")
  package var set: [String] = []

  @Flag(
    name: .long,
    help: "Show the site as its files are at each moment: open pages load themselves again, and faults show in them.")
  package var watch = false

  @Option(name: .long, help: "With --watch, quick or best: how much time the models get.")
  package var quality: Quality?

  @Flag(name: .long, help: "Check the settings and the database, tell what would be served, and stop.")
  package var check = false

  package init() {}

  package func validate() throws {
    if let port, !(0...65535).contains(port) { throw ValidationError("--port must be 0 to 65535") }
    if quality != nil, !watch { throw ValidationError("--quality goes with --watch: what is built is served as it is") }
    var settings = ServeSettings()
    for pair in set {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2 else { throw ValidationError("--set takes NAME=VALUE, such as --set registration=closed") }
      do { try settings.set(parts[0], to: parts[1]) } catch { throw ValidationError("--set \(error)") }
    }
  }

  package func run() async throws {
    guard let server = Marquee.server.withLock({ $0 }) else { throw MissingServer() }
    try await server.serve(self)
  }
}

/// A program without a server was asked to serve.
struct MissingServer: Error, CustomStringConvertible {
  var description: String {
    "this program builds sites and has no server; the one that has both is marquee (from the sources: make binary)"
  }
}
