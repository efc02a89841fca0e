import Ratings
import Store

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// All data that the site has about a member.
enum ExportJSON {
  private struct Body: Encodable {
    let name: String
    let created: Int
    let listed: Bool
    let role: String
    let ratings: [Rating]
    /// All rows in the database, by table.
    let records: [String: [[String: Value]]]
  }

  private enum Value: Encodable {
    case value(ExportedRow.Value)

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .value(.nothing): try container.encodeNil()
      case .value(.integer(let number)): try container.encode(number)
      case .value(.real(let number)): try container.encode(number)
      case .value(.text(let text)): try container.encode(text)
      }
    }
  }

  private struct Rating: Encodable {
    let movie: MovieName
    let title: String
    let year: Int?
    let stars: Double
    let time: Int
  }

  static func text(
    _ account: Account, ratings: [MemberRating], records: [(table: String, rows: [ExportedRow])]
  ) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let body = Body(
      name: account.name, created: account.created, listed: account.isListed,
      role: account.role == .owner ? "owner" : "member",
      ratings: ratings.map {
        Rating(
          movie: MovieName(id: $0.movie), title: $0.title, year: $0.year, stars: Double($0.stars), time: Int($0.time))
      },
      records: Dictionary(
        uniqueKeysWithValues: records.map { table, rows in
          (table, rows.map { row in Dictionary(row.columns.map { ($0.name, Value.value($0.value)) }) { $1 } })
        }))
    let data = (try? encoder.encode(body)) ?? Data("{}".utf8)
    return String(decoding: data, as: UTF8.self) + "\n"
  }
}
