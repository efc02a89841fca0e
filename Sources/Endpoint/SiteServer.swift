package import Content
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle
package import Settings
import Store
import UnixSignals

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Serves a built site from its folder, with accounts and ratings if the site has an endpoint.
///
/// The folder is opened for each request: a build that replaces it takes effect at once.
package struct SiteServer: Sendable {
  package let folder: String
  private let site: SiteFolder?
  private let siteSettings: SiteSettings
  private let live: (any EditedSite)?
  private let onReady: @Sendable (String) -> Void

  private var settings: ServeSettings { siteSettings.serve }

  /// Serves only files.
  ///
  /// - Parameters:
  ///   - port: 0 for any free one.
  ///   - onReady: called with the site's address, such as `http://127.0.0.1:8080/`, when requests are answered.
  package init(
    folder: String, host: String = "127.0.0.1", port: Int = 8080, onReady: @escaping @Sendable (String) -> Void
  ) {
    var settings = SiteSettings()
    settings.serve.host = host
    settings.serve.port = port
    self.init(folder: folder, site: nil, settings: settings, onReady: onReady)
  }

  /// - Parameters:
  ///   - folder: the built site.
  ///   - site: the folder of the site, for accounts and ratings; nil to serve only files.
  ///   - live: the site as it is being edited, instead of the built one.
  package init(
    folder: String, site: SiteFolder?, settings: SiteSettings, live: (any EditedSite)? = nil,
    onReady: @escaping @Sendable (String) -> Void
  ) {
    self.folder = folder
    self.site = site
    siteSettings = settings
    self.live = live
    self.onReady = onReady
  }

  /// Serves until the process is asked to stop (SIGINT, SIGTERM) or the task is cancelled; requests in progress are
  /// finished first, and a running build is stopped.
  ///
  /// - Throws: `EndpointError` if the server cannot start; database errors.
  package func run() async throws {
    guard live != nil || StaticFolder(path: folder).exists else { throw EndpointError.noSite(folder: folder) }
    let certificate = try ServerCertificate(settings, folder: site?.path ?? ".")
    // A child process that has ended must not end the server (SIGPIPE).
    signal(SIGPIPE, SIG_IGN)
    let metrics = Metrics()
    let log = Logger(label: "marquee.serve") { [settings] _ in ServerLog(settings) }
    let limit = Descriptors.connections(wanted: settings.connectionLimit)
    if limit < settings.connectionLimit {
      log.warning(
        "fewer connections than connection-limit: the system allows no more open files (ulimit -n, LimitNOFILE)",
        metadata: ["connections": "\(limit)"])
    }
    let proxies = TrustedProxies(settings.trustedProxies)
    for host in proxies.unknownHosts {
      log.warning("a trusted proxy has no address at the moment", metadata: ["host": "\(host)"])
    }
    let connections = ConnectionCount(limit: limit, perAddress: settings.connectionsPerAddress, proxies: proxies)
    let endpoint = try site.map {
      try Endpoint(
        site: $0, siteSettings: siteSettings, metrics: metrics, connections: connections, proxies: proxies, log: log)
    }
    let watch = live.map { WatchedSite($0, host: settings.host) }
    let responder = EndpointResponder(
      files: StaticFiles(folder: StaticFolder(path: folder), base: siteSettings.basePath, watch: watch),
      metrics: metrics, endpoint: endpoint, speaksTLS: settings.speaksTLS)
    let background = endpoint.map { endpoint in Task { await endpoint.run() } }
    let watching = watch.map { watch in Task { await watch.run() } }
    let signal = StopSignal {
      watch?.stop()
      await endpoint?.prepareStop()
    }
    let counters = settings.metrics.map { address in
      MetricsServer(
        address: address, text: { await endpoint?.metricsText() ?? metrics.text(gauges: []) }, log: log)
    }
    // A separate task: shutdown completes even if this task is cancelled.
    let stop = {
      await Task {
        await signal.finish()
        watch?.stop()
        watching?.cancel()
        await endpoint?.stop()
        background?.cancel()
        await background?.value
      }.value
    }
    do {
      let site = application(responder, connections: connections, certificate: certificate)
      // Shutdown stops the last of these first, and waits for each.
      let services: [any Service] = (counters.map { [$0] } ?? []) + [site, signal]
      try await ServiceGroup(
        configuration: .init(
          services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: LibraryLog.logger)
      ).run()
      await stop()
    } catch {
      await stop()
      if error is CancellationError { return }
      throw EndpointError(error, host: settings.host, port: settings.port)
    }
  }

  private func application(
    _ responder: EndpointResponder, connections: ConnectionCount, certificate: ServerCertificate?
  ) -> some ApplicationProtocol {
    let limits = ConnectionLimits(
      timeout: .seconds(Int64(settings.requestTimeout)), body: settings.bodyLimit, connections: connections)
    let server =
      certificate.map { certificate in
        HTTPServerBuilder { try SecureChannel($0, certificate: certificate, limits: limits) }
      } ?? HTTPServerBuilder { RuledChannel($0, limits: limits) }
    return Application(
      responder: responder,
      server: server,
      configuration: .init(address: .hostname(settings.host, port: settings.port)),
      onServerRunning: { [settings, onReady] channel in
        let name = settings.host.contains(":") ? "[\(settings.host)]" : settings.host
        onReady("http\(settings.speaksTLS ? "s" : "")://\(name):\(channel.localAddress?.port ?? settings.port)/")
      },
      logger: LibraryLog.logger)
  }
}

extension EndpointError {
  init(_ error: any Error, host: String, port: Int) {
    switch error {
    case let error as EndpointError: self = error
    case let error as IOError where error.errnoCode == EADDRINUSE: self = .portInUse(host: host, port: port)
    case let error as IOError where error.errnoCode == EACCES: self = .portForbidden(host: host, port: port)
    case let error as IOError where error.errnoCode == EADDRNOTAVAIL: self = .unknownHost(host: host)
    case is SocketAddressError, is SocketAddressError.UnknownHost: self = .unknownHost(host: host)
    default: self = .failed(reason: "\(error)")
    }
  }
}

extension SiteServer {
  /// Checks that the certificate can be served, if there is one.
  ///
  /// - Throws: `EndpointError`.
  package static func checkCertificate(_ settings: ServeSettings, of site: SiteFolder) throws {
    _ = try ServerCertificate(settings, folder: site.path)
  }

  /// Checks that the site's database can be opened and is intact.
  ///
  /// - Returns: false if the disk is too full to open it, which says nothing about the database.
  /// - Throws: `StoreError`, `EndpointError.failed` with the first fault.
  package static func checkDatabase(of site: SiteFolder) throws -> Bool {
    do {
      let store = try RatingStore(path: site.database)
      if let fault = try store.faults().first { throw EndpointError.failed(reason: fault) }
    } catch StoreError.diskFull {
      return false
    } catch StoreError.failed(_, code: 4874, _) {
      // There is no space for the shared memory of connections (SQLITE_IOERR_SHMSIZE).
      return false
    }
    return true
  }
}
