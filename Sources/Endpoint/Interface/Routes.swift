import HTTPTypes
import Hummingbird
import Logging

extension Endpoint {
  /// All routes, apart from the files of the site.
  static let routes = [memberRoutes, ratingRoutes, listRoutes, buildRoutes, operationRoutes, pageRoutes].flatMap(\.self)

  /// The first parts of their paths: other requests are for files.
  static let firstParts = Set(routes.compactMap { $0.path.split(separator: "/").first.map(String.init) })

  /// Hummingbird's router with all routes.
  ///
  /// - Parameter files: answers requests without a route.
  func responder(files: @escaping SiteFallback.Answer) -> RouterResponder<EndpointContext> {
    let router = Router(context: EndpointContext.self, options: .autoGenerateHeadEndpoints)
    router.add(middleware: SiteFallback(answer: files))
    let routes = router.group().add(middleware: RequestRecord(endpoint: self))
      .add(middleware: SiteOriginHeaders(siteOrigin: siteOrigin))
      .add(middleware: ProblemAnswers(log: log))
    var methods: [String: [HTTPRequest.Method]] = [:]
    for route in Self.routes {
      methods[route.path, default: []].append(route.method)
      let handler = route.handler(self)
      routes.on(RouterPath(route.path), method: route.method) { [self] request, context in
        try await handler(EndpointRequest(request, context, of: self))
      }
    }
    for (path, methods) in methods {
      let allow = Self.allowed(methods)
      routes.on(RouterPath(path), method: .options) { _, _ in Response(status: .noContent, headers: [.allow: allow]) }
      for method in Self.methods where !methods.contains(method) && !(method == .head && methods.contains(.get)) {
        routes.on(RouterPath(path), method: method) { _, _ -> Response in
          throw Problem(.methodNotAllowed, "this address takes \(allow)", headers: [.allow: allow])
        }
      }
    }
    return router.buildResponder()
  }

  /// Methods that are answered with the allowed ones, apart from `OPTIONS`.
  private static let methods: [HTTPRequest.Method] = [.get, .head, .post, .put, .patch, .delete, .trace, .connect]

  private static func allowed(_ methods: [HTTPRequest.Method]) -> String {
    var names = Set(methods.map(\.rawValue))
    if names.contains("GET") { names.insert("HEAD") }
    return names.sorted().joined(separator: ", ")
  }
}

/// For tests of the description.
package enum EndpointInterface {
  /// Each route, and whether it is documented for scripts.
  package static var routes: [(method: String, path: String, isDescribed: Bool)] {
    Endpoint.routes.map { ($0.method.rawValue, $0.path, $0.operation != nil) }
  }
}
