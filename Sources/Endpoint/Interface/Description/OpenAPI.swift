import HTTPTypes
import Ratings

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The description of the endpoint for machines, OpenAPI 3.1: generated from the routes and their types.
///
/// Benchmarks/endpoint/schema.sh checks responses against it with schemathesis.
struct OpenAPI: Encodable {
  let openapi = "3.1.0"
  let info: JSONValue
  let servers: JSONValue = [["url": "/"]]
  let security: JSONValue = [["bearer": []], ["cookie": []]]
  let tags: JSONValue = .list(Operation.Tag.allCases.map { ["name": .text($0.rawValue)] })
  /// By path and method.
  let paths: [String: [String: JSONValue]]
  let components: JSONValue

  /// - Parameter scale: the ratings that the site accepts.
  /// - Throws: if a type cannot be described, which tests rule out.
  init(_ routes: [Route], version: String, scale: RatingScale) throws {
    let schemas = Schemas(scale: scale)
    var paths: [String: [String: JSONValue]] = [:]
    for route in routes {
      guard let operation = route.operation else { continue }
      paths[route.path, default: [:]][route.method.rawValue.lowercased()] = try Self.json(operation, schemas)
    }
    let problem = try Self.content([.json(Problem.Body.self)], schemas, type: Problem.contentType)
    self.paths = paths
    components = [
      "securitySchemes": [
        "bearer": ["type": "http", "scheme": "bearer"],
        "cookie": ["type": "apiKey", "in": "cookie", "name": .text(SessionCookie.sessionName)],
      ],
      "responses": ["Problem": ["description": .text(Self.problems), "content": problem]],
      "schemas": .object(schemas.named),
    ]
    info = [
      "title": "Marquee", "version": .text(version), "description": .text(Self.introduction),
      "license": ["name": "See the site"],
    ]
  }

  /// As bytes, the same for the same routes.
  func json() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
    return Array(try encoder.encode(self)) + [10]
  }

  private static let introduction =
    "Accounts, ratings and lists of a Marquee site. Scripts send “Authorization: Bearer TOKEN” with a token from POST /api/sessions; browsers carry a cookie."
  private static let problems =
    "What is wrong and how to fix it. 401: no session; 403: not allowed; 404: unknown; 413: too large; 415: another type is wanted; 422: understood and refused; 429: too often, see Retry-After; 503: try again, see Retry-After; 507: the disk is full, nothing was stored."

  private static func json(_ operation: Operation, _ schemas: Schemas) throws -> JSONValue {
    var answer: JSONValue = ["description": .text(operation.answer)]
    if !operation.gives.isEmpty { answer = answer.merging(["content": try content(operation.gives, schemas)]) }
    var json: [String: JSONValue] = [
      "operationId": .text(operation.id), "summary": .text(operation.summary),
      "tags": [.text(operation.tag.rawValue)],
      "responses": ["\(operation.status.code)": answer, "default": ["$ref": "#/components/responses/Problem"]],
    ]
    if !operation.parameters.isEmpty { json["parameters"] = .list(operation.parameters.map(\.json)) }
    if !operation.takes.isEmpty {
      json["requestBody"] = ["required": true, "content": try content(operation.takes, schemas)]
    }
    if operation.isPublic { json["security"] = [] }
    return .object(json)
  }

  private static func content(
    _ contents: [Operation.Content], _ schemas: Schemas, type: String = "application/json"
  ) throws -> JSONValue {
    var json: [String: JSONValue] = [:]
    for content in contents {
      switch content {
      case .json(let body): json[type] = ["schema": try schemas.schema(of: body)]
      case .other(let type, let schema, let example):
        let value: JSONValue = ["schema": schema(schemas)]
        json[type] = example.map { value.merging(["example": .text($0)]) } ?? value
      }
    }
    return .object(json)
  }
}
