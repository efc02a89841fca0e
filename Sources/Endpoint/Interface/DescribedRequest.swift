import HTTPTypes

/// A request that the endpoint answers, for the handbook.
package struct DescribedRequest: Sendable {
  /// Such as `GET /api/me`.
  package let line: String
  package let summary: String
  /// Whether anybody may send it, and not members alone.
  package let isPublic: Bool

  /// What scripts can ask, by paths and then methods.
  package static var all: [DescribedRequest] {
    let order: [HTTPRequest.Method] = [.get, .post, .put, .patch, .delete]
    let described = Endpoint.routes.compactMap { route in route.operation.map { (route: route, operation: $0) } }
    return described.sorted {
      ($0.route.path, order.firstIndex(of: $0.route.method) ?? 0)
        < ($1.route.path, order.firstIndex(of: $1.route.method) ?? 0)
    }.map { route, operation in
      DescribedRequest(
        line: "\(route.method.rawValue) \(route.path)", summary: operation.summary, isPublic: operation.isPublic)
    }
  }
}
