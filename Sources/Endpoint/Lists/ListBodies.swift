/// The member's list, as `api/users/ID.json` has it.
struct MemberList: InterfaceBody {
  static let schemaName: String? = "List"
  let id: MovieName
  let ratings: Int
  let models: OpenObject
}

/// Movies like one, as `api/movies/ID.json` has them.
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
