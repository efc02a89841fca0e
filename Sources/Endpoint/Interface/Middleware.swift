import HTTPTypes
import Hummingbird
import Logging

/// Answers requests without a route: with a file of the site.
struct SiteFallback: RouterMiddleware {
  typealias Context = EndpointContext
  typealias Answer = @Sendable (Request, EndpointContext) async -> Response

  let answer: Answer

  func handle(
    _ request: Request, context: EndpointContext, next: (Request, EndpointContext) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch let error as HTTPError where error.status == .notFound {
      // Routes report missing resources as a `Problem`.
      return await answer(request, context)
    }
  }
}

/// Counts and logs each request to a route, and assigns an id.
struct RequestRecord: RouterMiddleware {
  typealias Context = EndpointContext

  let endpoint: Endpoint

  func handle(
    _ request: Request, context: EndpointContext, next: (Request, EndpointContext) async throws -> Response
  ) async throws -> Response {
    let start = ContinuousClock.now
    var context = context
    let origin = RequestOrigin(request, peer: context.peer, of: endpoint)
    context.origin = origin
    if origin.isUntrustedProxy { endpoint.noteUntrustedProxy(context.peer) }
    var response = try await next(request, context)
    response.headers[.requestID] = context.id
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    endpoint.metrics.recordAnswer(status: response.status.code, seconds: seconds)
    endpoint.log.info(
      "request",
      metadata: [
        "id": "\(context.id)", "method": "\(request.method.rawValue)",
        "path": "/\(context.path.parts.joined(separator: "/"))", "status": "\(response.status.code)",
        "ms": "\((seconds * 10_000).rounded() / 10)", "address": "\(origin.address)",
      ])
    return response
  }
}

/// Lets the pages of the site use the endpoint if they have different hosts (the Fetch standard's CORS).
///
/// Hummingbird's `CORSMiddleware` compares origins as texts, allows the same methods for every address, and allows every
/// page to send cookies.
struct SiteOriginHeaders: RouterMiddleware {
  typealias Context = EndpointContext

  /// Nil if the site has no address.
  let siteOrigin: WebOrigin?

  func handle(
    _ request: Request, context: EndpointContext, next: (Request, EndpointContext) async throws -> Response
  ) async throws -> Response {
    var response = try await next(request, context)
    guard let siteOrigin, let origin = request.headers[.origin], WebOrigin(origin) == siteOrigin else {
      return response
    }
    response.headers[.accessControlAllowOrigin] = origin
    response.headers[.accessControlAllowCredentials] = "true"
    response.headers[.vary] = "Origin"
    guard request.method == .options else { return response }
    response.headers[.accessControlAllowMethods] = response.headers[.allow]
    response.headers[.accessControlAllowHeaders] = "Content-Type, Authorization, Idempotency-Key"
    response.headers[.accessControlMaxAge] = "600"
    return response
  }
}

/// Turns errors into responses.
struct ProblemAnswers: RouterMiddleware {
  typealias Context = EndpointContext

  let log: Logger

  func handle(
    _ request: Request, context: EndpointContext, next: (Request, EndpointContext) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch {
      return EndpointProblem.of(error, log: log, id: context.id).response
    }
  }
}
