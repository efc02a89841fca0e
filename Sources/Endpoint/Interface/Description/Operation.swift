import HTTPTypes

/// What the description of the interface says of a route, besides what its types say.
struct Operation: Sendable {
  enum Tag: String, CaseIterable, Sendable {
    case members, ratings, lists, builds, operating
  }

  /// What comes or goes in one media type.
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
  /// Whether anybody may ask.
  var isPublic = false
  var parameters: [Parameter] = []
  /// What the route takes.
  var takes: [Content] = []
  var status = HTTPResponse.Status.ok
  /// What it says of the answer where all is well.
  let answer: String
  /// What it answers with; nothing where the answer is empty.
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
    description: "A model that the last build trained; left out, the site's first choice.",
    schema: ["type": "string", "minLength": 1, "maxLength": 40, "pattern": "^[a-z0-9-]+$"])
  static let top = Parameter(
    name: "top", place: .query, schema: ["type": "integer", "minimum": 1, "maximum": 100, "default": 20])
  static let format = Parameter(name: "format", place: .query, schema: ["type": "string", "enum": ["json", "csv"]])
  static let movieOfList = Parameter(
    name: "movie", place: .query, description: "Of this movie alone.",
    schema: ["type": "string", "minLength": 1, "maxLength": 200])
  static let idempotencyKey = Parameter(
    name: "Idempotency-Key", place: .header,
    description: "What the client calls this request: the same key and ratings are stored once in 24 hours.",
    schema: ["type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"])

  var json: JSONValue {
    var json: JSONValue = ["name": .text(name), "in": .text(place.rawValue), "schema": schema]
    if place != .query { json = json.merging(["required": .flag(place == .path)]) }
    return description.map { json.merging(["description": .text($0)]) } ?? json
  }
}
