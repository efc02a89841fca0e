import Commands
import Endpoint
import Pipeline
import Settings
import Site
import Workbench

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// `serve`, implemented with the web server.
struct SiteServing: Server {
  func referencePages() throws -> [ReferencePage] { [.templates, .endpoint()] }

  var errorExamples: [any Error] { EndpointError.examples }

  func serve(_ command: ServeCommand) async throws {
    let siteFolder = SiteFolder(command.site)
    let hasSettings = siteFolder.hasSettings
    var settings = hasSettings ? try SiteSettings(readingFrom: siteFolder) : SiteSettings()
    try settings.serve.apply(environment: ProcessInfo.processInfo.environment)
    for pair in command.set {
      let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
      try settings.serve.set(parts[0], to: parts.count > 1 ? parts[1] : "")
    }
    if let host = command.host { try settings.serve.set("host", to: host) }
    if let port = command.port { settings.serve.port = port }
    if command.watch { return try await serveWatching(siteFolder, settings, command.quality) }
    let folder = try siteFolder.builtSite()
    let hasEndpoint = !settings.site.endpoint.isEmpty
    if command.check {
      try SiteServer.checkCertificate(settings.serve, of: siteFolder)
      if hasEndpoint, try !SiteServer.checkDatabase(of: siteFolder) {
        Console.note("the disk is full, so the database could not be checked; free some space")
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

  private func serveWatching(_ site: SiteFolder, _ settings: SiteSettings, _ quality: Quality?) async throws {
    var options = BuildOptions()
    options.site = site.path
    options.quality = quality
    // Settings that stop a build also stop the start; later ones are shown in the browser.
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
