import Endpoint
import Workbench

extension ReferencePage {
  /// What scripts can ask of the endpoint: the operations of `/api/openapi.json`.
  static func endpoint() -> ReferencePage {
    let rows = DescribedRequest.all.map { request in
      [
        MarkdownText.code(request.line), MarkdownText.escaped(request.summary),
        request.isPublic ? "anybody" : "members",
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
  static var templates: ReferencePage { templates(accounts: AccountPages.schemas) }
}
