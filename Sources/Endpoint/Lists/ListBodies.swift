/// The member's list, as in `api/users/ID.json`.
struct MemberList: InterfaceBody {
  static let schemaName: String? = "List"
  let id: MovieName
  let ratings: Int
  let models: OpenObject
}

/// Similar movies, as in `api/movies/ID.json`.
struct SimilarMovies: InterfaceBody {
  static let schemaName: String? = "Similar"
  let id: MovieName
  let title: String
  let similar: [OpenObject]
}

/// An object whose members are described elsewhere.
struct OpenObject: InterfaceBody, SchemaProviding {
  static let example = OpenObject()
  static func schema(_ schemas: Schemas) -> JSONValue { ["type": "object"] }
}
