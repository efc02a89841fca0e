import Hummingbird
import Logging
import NIOCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Serves a built site from its folder.
///
/// The folder is looked up for each request: a build that puts another one in its place shows at once.
public struct SiteServer: Sendable {
  public let folder: String
  public let host: String
  public let port: Int
  private let onReady: @Sendable (String) -> Void

  /// - Parameters:
  ///   - port: 0 for any that is free.
  ///   - onReady: called with the site's address, such as `http://127.0.0.1:8080/`, when requests are answered.
  public init(
    folder: String, host: String = "127.0.0.1", port: Int = 8080, onReady: @escaping @Sendable (String) -> Void
  ) {
    self.folder = folder
    self.host = host
    self.port = port
    self.onReady = onReady
  }

  /// Serves until the process is asked to stop (SIGINT, SIGTERM) or the task is cancelled; requests under way are
  /// finished first.
  ///
  /// - Throws: `EndpointError` where the server cannot start.
  public func run() async throws {
    do {
      try await application().runService()
    } catch is CancellationError {
      return
    } catch {
      throw EndpointError(error, host: host, port: port)
    }
  }

  private func application() throws -> some ApplicationProtocol {
    guard StaticFolder(path: folder).exists else { throw EndpointError.noSite(folder: folder) }
    let router = Router(context: BasicRequestContext.self)
    router.middlewares.add(SecurityHeaders())
    router.middlewares.add(StaticFiles(folder: StaticFolder(path: folder)))

    var logger = Logger(label: "marquee.serve") { StreamLogHandler.standardError(label: $0) }
    // Below this the libraries tell of every connection that a stop cuts short.
    logger.logLevel = .critical
    return Application(
      router: router,
      // Whoever opens a connection and says nothing does not keep it.
      server: .http1(configuration: .init(idleTimeout: .seconds(30))),
      configuration: .init(address: .hostname(host, port: port)),
      onServerRunning: { [host, port, onReady] channel in
        let name = host.contains(":") ? "[\(host)]" : host
        onReady("http://\(name):\(channel.localAddress?.port ?? port)/")
      },
      logger: logger)
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
