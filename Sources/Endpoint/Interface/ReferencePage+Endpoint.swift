import HTTPTypes
public import Pipeline

extension ReferencePage {
  /// What scripts can ask of the endpoint: the operations of `/api/openapi.json`.
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
      A site with `endpoint:` answers these; `/api/openapi.json` of a running server describes bodies and answers as OpenAPI 3.1.
      [JSON](../json.md) has examples, and the files that every site has below `api/`.


      """
    return ReferencePage(
      name: "endpoint", title: "The endpoint's interface", description: "Every request that scripts can make.",
      order: 905, body: body + MarkdownText.table(["request", "what it does", "asked by"], rows))
  }

  /// The names that templates may use, those of the pages of members among them.
  public static var templates: ReferencePage { templates(accounts: AccountPages.schemas) }
}
