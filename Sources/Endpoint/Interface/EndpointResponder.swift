import HTTPTypes
import Hummingbird
import Logging

/// Answers requests: with a route of the endpoint, if there is one, otherwise with a file of the site.
///
/// Most requests are for files. Requests whose first path component matches no route bypass the router: routing, and handling what
/// it throws, would take longer than the file access.
struct EndpointResponder: HTTPResponder {
  private let answers: SiteAnswers
  /// Nil if the site has no endpoint.
  private let router: RouterResponder<EndpointContext>?
  private let speaksTLS: Bool
  private let targets: RequestTargets

  init(files: StaticFiles, metrics: Metrics, endpoint: Endpoint?, speaksTLS: Bool) {
    let answers = SiteAnswers(files: files, metrics: metrics, endpoint: endpoint)
    self.answers = answers
    self.speaksTLS = speaksTLS
    targets = RequestTargets(base: files.base)
    router = endpoint?.responder { await answers.answer($0, at: RequestTarget($1.path), $1) }
  }

  func respond(to request: Request, context: EndpointContext) async throws -> Response {
    let target = targets.target(request.head.path ?? "/")
    var response: Response
    if let router, let target, target.mayBeRoute {
      var (context, head) = (context, request.head)
      context.path = target.path
      head.path = target.path.target
      response = try await router.respond(to: Request(head: head, body: request.body), context: context)
    } else {
      response = await answers.answer(request, at: target, context)
    }
    SecurityHeaders.add(to: &response)
    if speaksTLS { response.headers[.strictTransportSecurity] = "max-age=31536000" }
    return response
  }
}
