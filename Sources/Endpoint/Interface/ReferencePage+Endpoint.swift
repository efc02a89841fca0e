import HTTPTypes
public import Pipeline

extension ReferencePage {
  /// The HTTP API for scripts: the operations of `/api/openapi.json`.
  public static func endpoint() -> ReferencePage {
    let described = Endpoint.routes.compactMap { route in route.operation.map { (route: route, operation: $0) } }
    let order: [HTTPRequest.Method] = [.get, .post, .put, .patch, .delete]
    let rows = described.sorted {
      ($0.route.path, order.firstIndex(of: $0.route.method) ?? 0)
        < ($1.route.path, order.firstIndex(of: $1.route.method) ?? 0)
    }.map { route, operation in
      [
        MarkdownText.code("\(route.method.rawValue) \(route.path)"), MarkdownText.escaped(operation.summary),
        operation.isPublic ? "anybody" : "members",
      ]
    }
    let body = """
      A site with `endpoint:` has this API; `/api/openapi.json` on a running server describes bodies and responses as OpenAPI 3.1.
      [JSON](../json.md) has examples, and describes the files that every site has below `api/`.


      """
    return ReferencePage(
      name: "endpoint", title: "The endpoint's interface", description: "Every request of the HTTP API.",
      order: 905, body: body + MarkdownText.table(["request", "description", "allowed for"], rows))
  }

  /// The names that templates may use, including those of members' pages.
  public static var templates: ReferencePage { templates(accounts: AccountPages.schemas) }
}
