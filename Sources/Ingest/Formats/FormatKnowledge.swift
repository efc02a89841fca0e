#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The meaning of a column in a table of ratings.
enum Meaning: String, CaseIterable {
  case user, profile, movie, imdb, tmdb, title, originalTitle = "originaltitle", year, rating, rating10, rating100,
    thumbs
  case starValue = "starvalue"
  case time, type, season, genres, directors, runtime, language
}

/// The descriptions of file formats: `formats.json`, which `scripts/imports.js` reads in the browser.
struct FormatKnowledge: Decodable {
  /// What identifies a service's personal export, and the maximum of its ratings.
  struct Service: Decodable {
    let name: String
    let label: String
    /// Requires one column of each of these.
    let needs: [[String]]
    let without: [String]?
    let best: Float
  }

  /// A column whose meaning depends on the presence of another column.
  struct NameMeaning: Decodable {
    let beside: [String]
    let then: String
    let otherwise: String
    let columns: [String]
  }

  /// Columns that do not name a film if there are others: Amazon's headlines of reviews.
  struct NotTitles: Decodable {
    let beside: [String]
    let columns: [String]
  }

  /// A file kind recognized by its first bytes, in hexadecimal digits.
  struct Signature: Decodable {
    let kind: String
    let begins: [String]
    let at: Int?

    private enum CodingKeys: String, CodingKey {
      case kind = "is"
      case begins, at
    }
  }

  /// A file kind recognized by its first words, in lower case and after spaces and comments.
  struct TextSignature: Decodable {
    let kind: String
    let begins: [String]

    private enum CodingKeys: String, CodingKey {
      case kind = "is"
      case begins
    }
  }

  /// Ratings written as words.
  struct RatingWords: Decodable {
    let of: [String]
    let stars: Set<String>
  }

  struct Unrated: Decodable {
    let words: Set<String>
    let numbers: [Double]
  }

  struct ViewingHistory: Decodable {
    let needs: [[String]]
    let mostColumns: Int
  }

  /// A file of an export that names its owner.
  struct Owner: Decodable {
    let file: String
    let name: [String]
  }

  /// Names of exports that contain the name of their owner.
  struct OwnerInName: Decodable {
    let prefix: String
    let endsBefore: String
  }

  struct Pages: Decodable {
    let prefix: [String]
    let ending: String
  }

  let columns: [String: [String]]
  let nameMeans: NameMeaning
  let notTitles: NotTitles
  let typedNames: Set<String>
  let filmTypes: Set<String>
  let unrated: Unrated
  let noTime: Set<String>
  let months: [String: Int]
  let ratingWords: RatingWords
  let scales: [Float]
  let thumbStars: [String: Float]
  let services: [Service]
  let viewingHistory: ViewingHistory
  let skippedFolders: Set<String>
  let skippedFiles: Set<String>
  let ratingsFirst: [String]
  let pages: Pages
  let notFilmObjects: Set<String>
  let filmObjects: Set<String>
  let jsonLists: [String]
  let owners: [Owner]
  let ownersInNames: [OwnerInName]
  let namelessFiles: Set<String>
  let copyWords: [String]
  let unfinished: Set<String>
  let signatures: [Signature]
  let texts: [TextSignature]
  let codePages: [CodePage]

  static let known: FormatKnowledge = {
    do {
      return try JSONDecoder().decode(Self.self, from: Data(Ingest.formatDescription))
    } catch {
      // It was compiled in, and a test reads it.
      preconditionFailure("formats.json: \(error)")
    }
  }()

  /// The column names of a meaning, the most specific first.
  static func aliases(_ meaning: Meaning) -> [String] { known.columns[meaning.rawValue] ?? [] }

  /// A column's name for comparison: case, spaces and punctuation are ignored.
  static func normalized(_ name: String) -> String {
    String(name.lowercased().filter { $0.isLetter || $0.isNumber })
  }
}

extension FormatKnowledge {
  /// Whether a text in a rating column means “not rated”.
  func isUnrated(_ text: String) -> Bool { unrated.words.contains(text.lowercased()) }

  /// Whether a text in a time column means “unknown”.
  func isNoTime(_ text: String) -> Bool { noTime.contains(text.lowercased()) }

  /// Whether entries of this type are films; an empty type is.
  func isFilmType(_ text: String) -> Bool { filmTypes.contains(Self.normalized(text)) }

  /// The service with these columns.
  func service(of header: Header) -> Service? {
    services.first { service in
      service.needs.allSatisfy { names in names.contains { header.names.contains($0) } }
        && !(service.without ?? []).contains { header.names.contains($0) }
    }
  }
}
