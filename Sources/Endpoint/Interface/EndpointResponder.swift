import HTTPTypes
import Hummingbird
import Logging
import Pipeline
import Store

/// Answers requests: with a route of the endpoint, where there is one, otherwise with a file of the site.
struct EndpointResponder: HTTPResponder {
  typealias Context = EndpointContext

  let files: StaticFiles
  let metrics: Metrics
  let log: Logger
  /// Nil where the site has no endpoint.
  let endpoint: Endpoint?
  private let table: RouteTable
  private let firstParts: Set<String>
  private let speaksTLS: Bool
  /// The folder that the site has on its host.
  private let base: [String]

  init(files: StaticFiles, metrics: Metrics, endpoint: Endpoint?, speaksTLS: Bool, log: Logger) {
    self.speaksTLS = speaksTLS
    self.files = files
    self.metrics = metrics
    self.log = log
    self.endpoint = endpoint
    base = files.base.split(separator: "/").map(String.init)
    table = RouteTable(endpoint?.routes ?? [])
    firstParts = table.firstParts
  }

  func respond(to request: Request, context: EndpointContext) async throws -> Response {
    var response: Response
    let target = request.head.path ?? "/"
    var path = SitePath(target: target)
    path?.drop(base)
    if let endpoint, path == nil, target.hasPrefix("/api/") {
      response = Problem(.notFound, "there is nothing at this address").response
      endpoint.metrics.recordAnswer(status: 404, seconds: 0)
    } else if let endpoint, let path, firstParts.contains(path.parts.first ?? ""), let match = table.match(path) {
      response = await answer(
        request, path: path, handlers: match.handlers, parameters: match.parameters, context: context,
        endpoint: endpoint)
    } else if let endpoint, let path, let member = MemberPath(path) {
      response = await memberFile(member, request, path: path, context: context, endpoint: endpoint)
    } else if let endpoint {
      response = await siteFile(request, path: path, context: context, endpoint: endpoint)
    } else {
      metrics.recordFile()
      response = files.response(to: request, at: path, address: context.peer)
    }
    SecurityHeaders.add(to: &response)
    if speaksTLS { response.headers[.strictTransportSecurity] = "max-age=31536000" }
    return response
  }

  private func answer(
    _ request: Request, path: SitePath,
    handlers: [HTTPRequest.Method: @Sendable (Exchange) async throws -> Response], parameters: [String],
    context: EndpointContext, endpoint: Endpoint
  ) async -> Response {
    let start = ContinuousClock.now
    let id = context.id
    var response: Response
    var address = context.peer
    do {
      let exchange = try Exchange(
        request, path: path, parameters: parameters, peer: context.peer, id: id, settings: endpoint.settings,
        proxies: endpoint.proxies, siteOrigin: endpoint.siteOrigin)
      address = exchange.address
      if exchange.isUntrustedProxy { endpoint.noteUntrustedProxy(context.peer) }
      let method = request.method == .head ? .get : request.method
      if let handler = handlers[method] {
        response = try await handler(exchange)
      } else if request.method == .options {
        response = Response(status: .noContent, headers: [.allow: Self.allowed(handlers)])
      } else {
        throw Problem(
          .methodNotAllowed, "this address takes \(Self.allowed(handlers))", headers: [.allow: Self.allowed(handlers)])
      }
      endpoint.allowSite(exchange, methods: Self.allowed(handlers), to: &response)
      if request.method == .head {
        let length = response.body.contentLength
        response.body = .init()
        if let length { response.headers[.contentLength] = "\(length)" }
      }
    } catch {
      response = EndpointProblem.of(error, log: log, id: id).response
    }
    response.headers[.requestID] = id
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    metrics.recordAnswer(status: response.status.code, seconds: seconds)
    log.info(
      "request",
      metadata: [
        "id": "\(id)", "method": "\(request.method.rawValue)", "path": "/\(path.parts.joined(separator: "/"))",
        "status": "\(response.status.code)", "ms": "\((seconds * 10_000).rounded() / 10)", "address": "\(address)",
      ])
    return response
  }

  private static func allowed(_ handlers: [HTTPRequest.Method: some Any]) -> String {
    var names = Set(handlers.keys.map(\.rawValue))
    if names.contains("GET") { names.insert("HEAD") }
    return names.sorted().joined(separator: ", ")
  }
}

extension Endpoint {
  /// Lets the pages of the site use the endpoint where both have hosts of their own (the Fetch standard's CORS).
  fileprivate func allowSite(_ exchange: Exchange, methods: String, to response: inout Response) {
    guard let origin = exchange.request.headers[.origin], let siteOrigin, WebOrigin(origin) == siteOrigin else {
      return
    }
    response.headers[.accessControlAllowOrigin] = origin
    response.headers[.accessControlAllowCredentials] = "true"
    response.headers[.vary] = "Origin"
    guard exchange.request.method == .options else { return }
    response.headers[.accessControlAllowMethods] = methods
    response.headers[.accessControlAllowHeaders] = "Content-Type, Authorization, Idempotency-Key"
    response.headers[.accessControlMaxAge] = "600"
  }
}
