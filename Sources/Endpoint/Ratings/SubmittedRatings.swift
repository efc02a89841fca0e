import Ratings

/// Ratings in a request: an object, a list of objects, or an object with a list.
struct SubmittedRatings: InterfaceBody, SchemaProviding {
  static let schemaName: String? = "Submission"
  static let example = SubmittedRatings(ratings: [])

  /// Stars of one movie; null withdraws the rating.
  struct One: InterfaceBody, SchemaProviding {
    static let schemaName: String? = "OneRating"
    static let example = One(movie: .example, stars: nil)
    let movie: MovieName
    let stars: Double?
  }

  let ratings: [One]

  static func schema(_ schemas: Schemas) throws -> JSONValue {
    let one = try schemas.schema(of: One.self)
    let list: JSONValue = ["type": "array", "minItems": 1, "items": one]
    return [
      "anyOf": [one, list, ["type": "object", "required": ["ratings"], "properties": ["ratings": list]]]
    ]
  }
}

extension SubmittedRatings.One {
  private enum CodingKeys: CodingKey { case movie, stars }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    movie = try container.decode(MovieName.self, forKey: .movie)
    guard container.contains(.stars) else {
      throw DecodingError.keyNotFound(CodingKeys.stars, .init(codingPath: container.codingPath, debugDescription: ""))
    }
    stars = try container.decodeNil(forKey: .stars) ? nil : container.decode(Double.self, forKey: .stars)
  }

  static func schema(_ schemas: Schemas) throws -> JSONValue {
    [
      "type": "object", "required": ["movie", "stars"],
      "properties": [
        "movie": try schemas.schema(of: MovieName.self),
        "stars": ["enum": .list(schemas.levels + [.null]), "description": "Null withdraws the rating."],
      ],
    ]
  }
}

extension SubmittedRatings {
  private enum CodingKeys: CodingKey { case ratings }

  init(from decoder: any Decoder) throws {
    if var list = try? decoder.unkeyedContainer() {
      var ratings: [One] = []
      while !list.isAtEnd { ratings.append(try list.decode(One.self)) }
      self.ratings = ratings
      return
    }
    let container = try decoder.container(keyedBy: CodingKeys.self)
    ratings =
      container.contains(.ratings) ? try container.decode([One].self, forKey: .ratings) : [try One(from: decoder)]
  }
}

/// `{"stars": 4.5}`.
struct StarsBody: InterfaceBody {
  static let schemaName: String? = "Stars"
  let stars: Double

  static func details(_ scale: RatingScale) -> [String: JSONValue] {
    ["stars": ["enum": .list(Schemas(scale: scale).levels)]]
  }
}
