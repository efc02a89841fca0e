import Hummingbird

/// Serves files of the site, with access control.
struct SiteAnswers: Sendable {
  let files: StaticFiles
  let metrics: Metrics
  /// Nil if the site has no endpoint.
  let endpoint: Endpoint?

  /// - Parameter target: that of the request; nil if invalid.
  func answer(_ request: Request, at target: RequestTarget?, _ context: EndpointContext) async -> Response {
    guard let endpoint else { return plain(request, target, context) }
    if target == nil, request.head.path?.hasPrefix("/api/") == true {
      metrics.recordAnswer(status: 404, seconds: 0)
      return Problem(.notFound, "there is nothing at this address").response
    }
    if let target, let member = target.member {
      return await memberFile(member, request, target: target, context: context, endpoint: endpoint)
    }
    return await siteFile(request, target: target, context: context, endpoint: endpoint)
  }
}
