import HTTPTypes
import Hummingbird
import Ratings
import Store

extension Endpoint {
  /// What a build elsewhere takes the members' ratings from.
  var collectionRoutes: [Route] { [Route(.get, "/api/collected-ratings", collectedRatings)] }

  /// For owners: the ratings that members gave here, as a table that `marquee ingest` reads; no names, no accounts.
  private func collectedRatings(_ exchange: Exchange) async throws -> Response {
    _ = try await owner(exchange)
    let ratings = try await work.run { [store] in try store.collectedRatings() }
    var text = "user,movie,rating,timestamp\n"
    for rating in ratings {
      text += "\(Self.quoted(rating.user.description)),\(Self.quoted(rating.movie.description)),"
      text += "\(rating.stars),\(rating.time)\n"
    }
    return .text(text, type: "text/csv; charset=utf-8")
  }

  private static func quoted(_ text: String) -> String {
    text.contains { $0 == "," || $0 == "\"" || $0.isNewline } ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
  }
}
