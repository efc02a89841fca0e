import Digests
import HTTPTypes
import Hummingbird
import Platform
import Ratings
import Site
import Store

extension Endpoint {
  /// For owners: the ratings given here by members with public pages, as a table that `marquee ingest` reads. For
  /// each member it has a constant pseudonym, which only this site's database can resolve.
  func collectedRatings(_ request: EndpointRequest) async throws -> Response {
    _ = try await owner(request)
    let (ratings, secret) = try await writes.run { [store] in
      (try store.collectedRatings(), try store.pseudonymSecret())
    }
    var text = "user,movie,rating,timestamp\n"
    var names: [SourceID: String] = [:]
    for rating in ratings {
      let name = names[rating.user] ?? "m-" + KeyedHash.name(of: rating.user.description, secret: secret).prefix(16)
      names[rating.user] = name
      text += "\(name),\(CSVField.text(rating.movie.description)),"
      text += "\(rating.stars),\(rating.time)\n"
    }
    return .text(text, type: "text/csv; charset=utf-8")
  }
}
