import Hummingbird

/// Serves files of the site, with access control.
struct SiteAnswers: Sendable {
  let files: StaticFiles
  let metrics: Metrics
  /// Nil if the site has no endpoint.
  let endpoint: Endpoint?

  /// - Parameter path: that of the request; nil if invalid.
  func answer(_ request: Request, at path: SitePath?, _ context: EndpointContext) async -> Response {
    guard let endpoint else { return plain(request, path, context) }
    if path == nil, request.head.path?.hasPrefix("/api/") == true {
      metrics.recordAnswer(status: 404, seconds: 0)
      return Problem(.notFound, "there is nothing at this address").response
    }
    if let path, let member = MemberPath(path) {
      return await memberFile(member, request, path: path, context: context, endpoint: endpoint)
    }
    return await siteFile(request, path: path, context: context, endpoint: endpoint)
  }
}
