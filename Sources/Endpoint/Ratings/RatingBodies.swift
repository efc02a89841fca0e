import Ingest
import Members
import Ratings
import Store

/// A member's rating.
struct RatingBody: InterfaceBody, Encodable {
  static let schemaName: String? = "Rating"
  let movie: MovieName
  let title: String
  let year: Int?
  let stars: Double
  let time: Int
  let removable: Bool

  init(_ rating: MemberRating) {
    movie = MovieName(id: rating.movie)
    title = rating.title
    year = rating.year
    stars = Double(rating.stars)
    time = Int(rating.time)
    removable = rating.isSubmitted
  }

  static func details(_ scale: RatingScale) -> [String: JSONValue] {
    ["stars": ["enum": .list(Schemas(scale: scale).levels)]]
  }
}

struct RatingsBody: InterfaceBody, Encodable {
  static let schemaName: String? = "Ratings"
  let ratings: [RatingBody]
}

/// Ratings that were stored.
struct SavedBody: InterfaceBody, Encodable {
  static let schemaName: String? = "Saved"
  let saved: Int
  let removed: Int
  let repeated: Bool
  /// Films of an export that the site does not have.
  var unmatched: [String]?
  /// The account of an export's lines.
  var account: UploadedRatings.Account?

  static func details(_ scale: RatingScale) -> [String: JSONValue] {
    [
      "repeated": ["description": "Whether this was stored before, under the same Idempotency-Key."],
      "unmatched": ["description": "Films of an export that the site does not have."],
    ]
  }
}

extension UploadedRatings.Account: InterfaceBody {
  static var schemaName: String? { "UploadAccount" }
  static var schemaDescription: String? {
    "For an export, the account of each file's lines, and remarks."
  }
}

extension FileAccount: InterfaceBody {
  static var schemaName: String? { "FileAccount" }
  static var schemaDescription: String? {
    "lines = ratings + unrated + not_films + replaced + bad; ratings + replaced = the dates. Films counted as added are those that the site does not have."
  }
}

extension FileAccount.Films: InterfaceBody {}
extension FileAccount.Dates: InterfaceBody {}
extension IngestFormat: InterfaceChoice {}

/// A movie's id in JSON: a whole number or a text.
struct MovieName: Codable, Sendable, SchemaProviding {
  let id: SourceID

  init(id: SourceID) { self.id = id }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(Int64.self), number >= 0 {
      id = SourceID(String(number))
    } else if let text = try? container.decode(String.self), let movie = RatingInput.movie(text) {
      id = movie
    } else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "a movie's id is a number or a text")
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch id {
    case .number(let number): try container.encode(number)
    case .text(let text): try container.encode(text)
    }
  }

  static let example = MovieName(id: .number(1))

  static func schema(_ schemas: Schemas) -> JSONValue {
    [
      "oneOf": [
        ["type": "integer", "minimum": 0, "maximum": 9_007_199_254_740_991],
        ["type": "string", "minLength": 1, "maxLength": 50, "pattern": "^[^\\u0000-\\u001f\\u007f]+$"],
      ]
    ]
  }
}
