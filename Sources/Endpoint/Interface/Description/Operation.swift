import HTTPTypes

/// The description of a route, apart from its types.
struct Operation: Sendable {
  enum Tag: String, CaseIterable, Sendable {
    case members, ratings, lists, builds, operating
  }

  /// A body in one media type.
  enum Content: Sendable {
    case json(any InterfaceBody.Type)
    case other(type: String, schema: @Sendable (Schemas) -> JSONValue, example: String? = nil)

    static func text(_ type: String) -> Content { .other(type: type, schema: { _ in ["type": "string"] }) }
    static func file(_ type: String, _ description: String) -> Content {
      .other(
        type: type,
        schema: { _ in ["type": "string", "format": "binary", "description": .text(description)] })
    }
  }

  let id: String
  let summary: String
  let tag: Tag
  /// Whether it needs no authentication.
  var isPublic = false
  var parameters: [Parameter] = []
  /// The request bodies.
  var takes: [Content] = []
  var status = HTTPResponse.Status.ok
  /// The description of the successful response.
  let answer: String
  /// The response bodies; empty if the response has none.
  var gives: [Content] = []
}

/// A part of a path, a query or a header.
struct Parameter: Sendable {
  enum Place: String, Sendable {
    case path, query, header
  }

  let name: String
  let place: Place
  var description: String?
  let schema: JSONValue

  static let movie = Parameter(
    name: "movie", place: .path, description: "The movie's id.",
    schema: ["type": "string", "minLength": 1, "maxLength": 200])
  static let model = Parameter(
    name: "model", place: .query,
    description: "A model that the last build trained; default: the site's first choice.",
    schema: ["type": "string", "minLength": 1, "maxLength": 40, "pattern": "^[a-z0-9-]+$"])
  static let top = Parameter(
    name: "top", place: .query, schema: ["type": "integer", "minimum": 1, "maximum": 100, "default": 20])
  static let format = Parameter(name: "format", place: .query, schema: ["type": "string", "enum": ["json", "csv"]])
  static let movieOfList = Parameter(
    name: "movie", place: .query, description: "Only of this movie.",
    schema: ["type": "string", "minLength": 1, "maxLength": 200])
  static let idempotencyKey = Parameter(
    name: "Idempotency-Key", place: .header,
    description: "The client's name for this request: the same key and ratings are stored once within 24 hours.",
    schema: ["type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"])

  var json: JSONValue {
    var json: JSONValue = ["name": .text(name), "in": .text(place.rawValue), "schema": schema]
    if place != .query { json = json.merging(["required": .flag(place == .path)]) }
    return description.map { json.merging(["description": .text($0)]) } ?? json
  }
}
