import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import ServiceLifecycle
import Settings

/// Metrics on a separate port, which a proxy for the site's visitors never exposes.
struct MetricsServer: Service {
  let address: MetricsAddress
  let text: @Sendable () async -> String
  let log: Logger

  private static let path = "/metrics"
  /// Monitoring needs few connections.
  private static let mostConnections = 64

  /// - Throws: `EndpointError` if it cannot listen there.
  func run() async throws {
    let limits = ConnectionLimits(
      timeout: .seconds(10), body: 0,
      connections: ConnectionCount(
        limit: Self.mostConnections, perAddress: Self.mostConnections, proxies: TrustedProxies([])))
    let application = Application(
      responder: CallbackResponder<EndpointContext> { request, _ in await respond(to: request) },
      server: HTTPServerBuilder { RuledChannel($0, limits: limits) },
      configuration: .init(address: .hostname(address.host, port: address.port)),
      onServerRunning: { [address, log] channel in
        log.info("metrics", metadata: ["host": "\(address.host)", "port": "\(channel.localAddress?.port ?? 0)"])
      },
      logger: LibraryLog.logger)
    do {
      try await application.run()
    } catch {
      throw EndpointError(error, host: address.host, port: address.port)
    }
  }

  private func respond(to request: Request) async -> Response {
    guard request.uri.path == Self.path else { return Response(status: .notFound) }
    guard [.get, .head].contains(request.method) else {
      return Response(status: .methodNotAllowed, headers: [.allow: "GET, HEAD"])
    }
    var response = Response.text(await text(), type: Metrics.contentType)
    if request.method == .head {
      let length = response.body.contentLength
      response.body = .init()
      response.headers[.contentLength] = length.map(String.init)
    }
    return response
  }
}
