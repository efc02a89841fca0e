import HTTPTypes
import Hummingbird
import Logging
import Platform

/// Answers requests: with a route of the endpoint, if there is one, otherwise with a file of the site.
///
/// Most requests are for files. Requests whose first path component matches no route bypass the router: routing, and handling what
/// it throws, would take longer than the file access.
struct EndpointResponder: HTTPResponder {
  private let answers: SiteAnswers
  /// Nil if the site has no endpoint.
  private let router: RouterResponder<EndpointContext>?
  private let speaksTLS: Bool
  /// The site's folder on its host.
  private let base: [String]

  init(files: StaticFiles, metrics: Metrics, endpoint: Endpoint?, speaksTLS: Bool) {
    let answers = SiteAnswers(files: files, metrics: metrics, endpoint: endpoint)
    self.answers = answers
    self.speaksTLS = speaksTLS
    base = files.base.split(separator: "/").map { PercentEncoding.validText(of: $0.utf8) ?? String($0) }
    router = endpoint?.responder { await answers.answer($0, at: $1.path, $1) }
  }

  func respond(to request: Request, context: EndpointContext) async throws -> Response {
    var path = SitePath(target: request.head.path ?? "/")
    path?.drop(base)
    var response: Response
    if let router, let path, Self.mayBeRoute(path) {
      var (context, head) = (context, request.head)
      context.path = path
      head.path = path.target
      response = try await router.respond(to: Request(head: head, body: request.body), context: context)
    } else {
      response = await answers.answer(request, at: path, context)
    }
    SecurityHeaders.add(to: &response)
    if speaksTLS { response.headers[.strictTransportSecurity] = "max-age=31536000" }
    return response
  }

  /// A trailing slash means a folder, which only the pages of members are: to a proxy in front, `/metrics/` is
  /// another address than `/metrics`.
  private static func mayBeRoute(_ path: SitePath) -> Bool {
    guard let first = path.parts.first, Endpoint.firstParts.contains(first) else { return false }
    return !path.isFolder || first == "account"
  }
}
