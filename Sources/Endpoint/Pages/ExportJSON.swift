import Ratings
import Store

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Everything that the site keeps of a member.
enum ExportJSON {
  private struct Body: Encodable {
    let name: String
    let created: Int
    let listed: Bool
    let ratings: [Rating]
  }

  private struct Rating: Encodable {
    let movie: JSONName
    let title: String
    let year: Int?
    let stars: Double
    let time: Int
  }

  static func text(_ account: Account, ratings: [MemberRating]) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let body = Body(
      name: account.name, created: account.created, listed: account.isListed,
      ratings: ratings.map {
        Rating(
          movie: JSONName(id: $0.movie), title: $0.title, year: $0.year, stars: Double($0.stars), time: Int($0.time))
      })
    let data = (try? encoder.encode(body)) ?? Data("{}".utf8)
    return String(decoding: data, as: UTF8.self) + "\n"
  }
}
