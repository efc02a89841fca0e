import Platform
import Precompute
import Ratings
import Site

extension RecommendationAnswer {
  /// The list in the shape of `api/users/<id>.json`; the id of a newcomer is null.
  package var json: String {
    var bytes: [UInt8] = []
    bytes.append("{\"id\":")
    if let user { bytes.append(json: user) } else { bytes.append("null") }
    bytes.append(",\"ratings\":\(ratingCount)")
    if !people.isEmpty {
      bytes.append(",\"people\":")
      bytes.append(jsonList: people) { $0.append(json: $1) }
      bytes.append(",\"stars\":")
      bytes.append(jsonList: shared) { bytes, film in
        bytes.append(jsonList: film.people) { $0.append(decimal: Double($1.stars), places: 3) }
      }
    }
    bytes.append(",\"models\":{")
    bytes.append(json: list.model)
    bytes.append(":")
    bytes.append(jsonList: list.list(ofUser: 0)) { bytes, entry in
      bytes.append(json: entry.recommendation, because: entry.reasons) { movie in
        var reference: [UInt8] = []
        reference.append(jsonReference: movies[Int(movie)])
        return reference[...]
      }
    }
    bytes.append("}}\n")
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The list as lines for people: place, movie, stars, range, reasons.
  package var text: String {
    let entries = list.list(ofUser: 0)
    guard !entries.isEmpty else { return "There is nothing left to recommend.\n" }
    if !people.isEmpty { return sharedText }
    var table = TextTable(columns: [.right, .left, .right, .left, .left])
    for (place, (recommendation, reasons)) in entries.enumerated() {
      let because = reasons.map { "\(movies[Int($0.movie)].title) (\(Int(($0.weight * 100).rounded())) %)" }
      table.add([
        "\(place + 1)", movies[Int(recommendation.movie)].titleWithYear, words(recommendation.stars),
        scale.isLikes ? "" : "\(recommendation.low.oneDecimal)–\(recommendation.high.oneDecimal)",
        because.isEmpty ? "" : "because of \(because.joined(separator: ", "))",
      ])
    }
    return table.text
  }

  /// The list of several people: place, movie, the stars of each.
  private var sharedText: String {
    var table = TextTable(columns: [.right, .left] + people.map { _ in .right })
    table.add(["", ""] + people)
    for (place, film) in shared.enumerated() {
      table.add(
        ["\(place + 1)", movies[Int(film.movie)].titleWithYear] + film.people.map { words($0.stars) })
    }
    return table.text
  }

  /// Predicted stars, or the chance of a like.
  private func words(_ stars: Float) -> String {
    scale.isLikes ? "\(Int((scale.clamp(stars) * 100).rounded())) %" : stars.oneDecimal
  }

  /// What the list was made with, for the line above it.
  package var caption: String {
    if !people.isEmpty {
      return "For \(people.joined(separator: ", ")) (\(ratingCount) ratings): each film with everyone's "
        + (scale.isLikes ? "chance of liking it" : "stars")
    }
    let whom = user.map { "user \($0)" } ?? "a newcomer"
    if scale.isLikes {
      return "For \(whom) (\(ratingCount) ratings): ranked by \(list.model), the chance of a like by \(list.starsModel)"
    }
    return
      "For \(whom) (\(ratingCount) ratings): ranked by \(list.model), stars by \(list.starsModel), four in five within the range"
  }
}

extension Movie {
  /// "Alien (1979)".
  var titleWithYear: String { year.map { "\(title) (\($0))" } ?? title }
}

extension Float {
  /// With one decimal, such as "3.9".
  var oneDecimal: String {
    let tenths = Int((self * 10).rounded())
    return "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
  }
}
