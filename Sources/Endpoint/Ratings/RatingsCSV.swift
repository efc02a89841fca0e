import Ratings
import Store

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A member's ratings as a table that `marquee ingest` reads.
enum RatingsCSV {
  static func text(_ ratings: [MemberRating]) -> String {
    ratings.reduce(into: "movie,rating,timestamp,title,year\n") { text, rating in
      let title = "\"" + rating.title.replacing("\"", with: "\"\"") + "\""
      text +=
        "\(quoted(rating.movie.description)),\(rating.stars),\(rating.time),\(title),\(rating.year.map(String.init) ?? "")\n"
    }
  }

  private static func quoted(_ text: String) -> String {
    text.contains { $0 == "," || $0 == "\"" || $0.isNewline } ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
  }
}
