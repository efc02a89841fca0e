import Precompute
import Ratings
import Site

extension RecommendationAnswer {
  /// The list in the shape of `api/users/<id>.json`; the id of a newcomer is null.
  public var json: String {
    var bytes: [UInt8] = []
    bytes.append("{\"id\":")
    if let user { bytes.append(json: user) } else { bytes.append("null") }
    bytes.append(",\"ratings\":\(ratingCount),\"models\":{")
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
  public var text: String {
    let entries = list.list(ofUser: 0)
    guard !entries.isEmpty else { return "There is nothing left to recommend.\n" }
    var table = TextTable(columns: [.right, .left, .right, .left, .left])
    for (place, (recommendation, reasons)) in entries.enumerated() {
      let because = reasons.map { "\(movies[Int($0.movie)].title) (\(Int(($0.weight * 100).rounded())) %)" }
      table.add([
        "\(place + 1)", movies[Int(recommendation.movie)].titleWithYear, recommendation.stars.oneDecimal,
        "\(recommendation.low.oneDecimal)–\(recommendation.high.oneDecimal)",
        because.isEmpty ? "" : "because of \(because.joined(separator: ", "))",
      ])
    }
    return table.text
  }

  /// What the list was made with, for the line above it.
  public var caption: String {
    let whom = user.map { "user \($0)" } ?? "a newcomer"
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
