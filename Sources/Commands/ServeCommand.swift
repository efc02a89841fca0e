package import ArgumentParser
package import Settings
import Synchronization

package struct ServeCommand: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Serves the built site, with accounts and ratings if site.yaml sets an endpoint.",
    discussion: """
      The settings are under serve: in content/site.yaml; environment variables such as MARQUEE_PORT
      override the file, and flags override both.

      EXAMPLES
        marquee serve
        marquee serve --watch                          while you edit: browsers reload and show errors
        marquee serve --site my-films --port 9000
        marquee serve --set registration=invitation --set log-format=json
        marquee serve --check
      """)

  @Option(name: .long, help: "The site folder.")
  package var site: String = "."

  @Option(name: .long, help: "The address to listen on. (default: 127.0.0.1)")
  package var host: String?

  @Option(name: .long, help: "The port; 0 for any free one. (default: 8080)")
  package var port: Int?

  @Option(name: .long, parsing: .singleValue, help: "A setting of serve:, as NAME=VALUE. May be repeated.")
  package var set: [String] = []

  @Flag(
    name: .long,
    help: "Follow changes of the site's files: open pages reload, and show errors.")
  package var watch = false

  @Option(name: .long, help: "With --watch, the preset, quick or best: how long models train.")
  package var quality: Quality?

  @Flag(name: .long, help: "Check the settings and the database, print what would be served, and exit.")
  package var check = false

  package init() {}

  package func validate() throws {
    if let port, !(0...65535).contains(port) { throw ValidationError("--port must be 0 to 65535") }
    if quality != nil, !watch {
      throw ValidationError("--quality needs --watch: without it, the built site is served as it is")
    }
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
    "this program builds sites and has no server; use marquee, which has both (from the sources: make binary)"
  }
}
