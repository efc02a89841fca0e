import ArgumentParser
import Endpoint
import Pipeline

struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Serves the built site.",
    discussion: """
      EXAMPLES
        marquee serve
        marquee serve --site my-films --port 9000
      """)

  @Option(name: .long, help: "The site's folder.")
  var site: String = "."

  @Option(name: .long, help: "The address to listen on.")
  var host: String = "127.0.0.1"

  @Option(name: .long, help: "The port; 0 takes any free one.")
  var port: Int = 8080

  func validate() throws {
    if !(0...65535).contains(port) { throw ValidationError("--port must be 0 to 65535") }
  }

  func run() async throws {
    let folder = try SiteFolder(site).builtSite()
    try await SiteServer(folder: folder, host: host, port: port) { address in
      Console.note("serving \(folder) at \(address)  (stop with Ctrl-C)")
    }.run()
  }
}
