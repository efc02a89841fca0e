import Platform
package import Precompute
package import Ratings
import Site

/// The movies most like one movie.
package struct SimilarAnswer: Sendable {
  let movie: Movie
  let similar: [SimilarMovie]
  let movies: [Movie]

  package init(movie: Movie, similar: [SimilarMovie], movies: [Movie]) {
    (self.movie, self.similar, self.movies) = (movie, similar, movies)
  }
}

extension SimilarAnswer {
  /// In the shape of `api/movies/<id>.json`, without its ratings.
  package var json: String {
    var bytes: [UInt8] = []
    bytes.append("{\"id\":")
    bytes.append(json: movie.id)
    bytes.append(",\"title\":")
    bytes.append(json: movie.title)
    bytes.append(",\"year\":\(movie.year.map(String.init) ?? "null"),\"similar\":")
    bytes.append(jsonList: similar) { bytes, similar in
      var reference: [UInt8] = []
      reference.append(jsonReference: movies[Int(similar.movie)])
      bytes.append(json: similar, because: similar.reason(to: movie, movies: movies), reference: reference)
    }
    bytes.append("}\n")
    return String(decoding: bytes, as: UTF8.self)
  }

  /// As lines for people: place, movie, similarity, reason.
  package var text: String {
    guard !similar.isEmpty else { return "No movie is known to be similar.\n" }
    var table = TextTable(columns: [.right, .left, .right, .left])
    for (place, neighbour) in similar.enumerated() {
      let hundredths = Int((neighbour.score * 100).rounded())
      table.add([
        "\(place + 1)", movies[Int(neighbour.movie)].titleWithYear,
        "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)",
        neighbour.reason(to: movie, movies: movies),
      ])
    }
    return table.text
  }

  /// What was asked, for the line above the answer.
  package var caption: String { "Like \(movie.titleWithYear)" }
}
