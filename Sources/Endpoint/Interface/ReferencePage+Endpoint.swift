public import Pipeline
import Ratings

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension ReferencePage {
  /// What scripts can ask of the endpoint: the operations of `/api/openapi.json`.
  ///
  /// - Throws: where the description is not what this expects of it.
  public static func endpoint() throws -> ReferencePage {
    let document = OpenAPI.document(version: "", scale: .halfStars)
    let description = try JSONDecoder().decode(InterfaceDescription.self, from: Data(document.utf8))
    let rows = description.paths.sorted { $0.key < $1.key }.flatMap { path, item in
      item.operations.map { method, operation in
        [
          MarkdownText.code("\(method) \(path)"), MarkdownText.escaped(operation.summary),
          operation.security?.isEmpty == true ? "anybody" : "members",
        ]
      }
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

/// The part of an OpenAPI document that the reference shows.
private struct InterfaceDescription: Decodable {
  struct Operation: Decodable {
    let summary: String
    let security: [[String: [String]]]?
  }

  /// What can be done at one path.
  struct Item: Decodable {
    let get, post, put, patch, delete: Operation?

    var operations: [(method: String, operation: Operation)] {
      [("GET", get), ("POST", post), ("PUT", put), ("PATCH", patch), ("DELETE", delete)].compactMap {
        method, operation in
        operation.map { (method, $0) }
      }
    }
  }

  let paths: [String: Item]
}
