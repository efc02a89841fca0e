import ArgumentParser
import Endpoint
import Pipeline
import Site

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
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
  var site: String = "."

  @Option(name: .long, help: "The address to listen on. (default: 127.0.0.1)")
  var host: String?

  @Option(name: .long, help: "The port; 0 takes any free one. (default: 8080)")
  var port: Int?

  @Option(name: .long, parsing: .singleValue, help: "A setting of serve:, as NAME=VALUE. May be repeated.")
  var set: [String] = []

  @Flag(
    name: .long,
    help: "Show the site as its files are at each moment: open pages load themselves again, and faults show in them.")
  var watch = false

  @Option(name: .long, help: "With --watch, quick or best: how much time the models get.")
  var quality: Quality?

  @Flag(name: .long, help: "Check the settings and the database, tell what would be served, and stop.")
  var check = false

  func validate() throws {
    if let port, !(0...65535).contains(port) { throw ValidationError("--port must be 0 to 65535") }
    if quality != nil, !watch { throw ValidationError("--quality goes with --watch: what is built is served as it is") }
    var settings = ServeSettings()
    for pair in set {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2 else { throw ValidationError("--set takes NAME=VALUE, such as --set registration=closed") }
      do { try settings.set(parts[0], to: parts[1]) } catch { throw ValidationError("--set \(error)") }
    }
  }

  func run() async throws {
    let siteFolder = SiteFolder(site)
    let hasSettings = FileManager.default.fileExists(atPath: siteFolder.settings)
    var settings = hasSettings ? try SiteSettings(readingFrom: siteFolder) : SiteSettings()
    try settings.serve.apply(environment: ProcessInfo.processInfo.environment)
    for pair in set {
      let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
      try settings.serve.set(parts[0], to: parts.count > 1 ? parts[1] : "")
    }
    if let host { try settings.serve.set("host", to: host) }
    if let port { settings.serve.port = port }
    if watch { return try await serveWatching(siteFolder, settings) }
    let folder = try siteFolder.builtSite()
    let hasEndpoint = !settings.site.endpoint.isEmpty
    if check {
      try SiteServer.checkCertificate(settings.serve, of: siteFolder)
      if hasEndpoint, try !SiteServer.checkDatabase(of: siteFolder) {
        Console.note("the disk is full, so the database could not be looked through; make room")
      }
      Console.write(settings.serve.listing(folder: folder, hasEndpoint: hasEndpoint))
      let proxies = TrustedProxies(settings.serve.trustedProxies)
      for note in settings.serveNotes(unknownProxies: proxies.unknownHosts) { Console.note(note) }
      return
    }
    let server = SiteServer(folder: folder, site: hasEndpoint ? siteFolder : nil, settings: settings) { address in
      Console.note("serving \(folder) at \(address)  (stop with Ctrl-C)")
    }
    try await server.run()
  }
  private func serveWatching(_ site: SiteFolder, _ settings: SiteSettings) async throws {
    var options = BuildOptions()
    options.site = site.path
    options.quality = quality
    // Settings that stop a build stop the start, too: later ones are shown in the browser.
    _ = try Build(options, observer: BuildObserver())
    let live = LiveSite(options, observer: BuildLog().observer) { Console.note($0) }
    let hasEndpoint = !settings.site.endpoint.isEmpty
    let server = SiteServer(
      folder: site.output, site: hasEndpoint ? site : nil, settings: settings, live: live
    ) { address in
      Console.note("watching \(site.path), at \(address)  (stop with Ctrl-C)")
    }
    try await server.run()
  }
}
