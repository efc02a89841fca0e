import Endpoint
import Workbench

extension ReferencePage {
  /// The HTTP API for scripts: the operations of `/api/openapi.json`.
  static func endpoint() -> ReferencePage {
    let rows = DescribedRequest.all.map { request in
      [
        MarkdownText.code(request.line), MarkdownText.escaped(request.summary),
        request.isPublic ? "anybody" : "members",
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

  /// The names that templates may use, those of the pages of members among them.
  static var templates: ReferencePage { templates(accounts: AccountPages.schemas) }
}
