import Models
import Precompute
import Ratings
import Site

/// The movies most like one movie.
public struct SimilarAnswer: Sendable {
  let movie: Movie
  let similar: [SimilarMovie]
  let movies: [Movie]
}

extension Workbench {
  /// Finds the movies most like the one with this id.
  public func similar(to id: String, model name: String?, top: Int) throws -> SimilarAnswer {
    let movie = try knownMovie(id)
    let model = try model(named: name ?? ModelChoice.similarityOrder[0])
    let similar = SimilarMovies(training).neighbours(of: movie, by: model.model, count: min(top, Self.longestList))
    return SimilarAnswer(movie: dataset.movies[movie], similar: similar, movies: dataset.movies)
  }
}

extension SimilarAnswer {
  /// In the shape of `api/movies/<id>.json`, without its ratings.
  public var json: String {
    var bytes: [UInt8] = []
    bytes.append("{\"id\":")
    bytes.append(json: movie.id)
    bytes.append(",\"title\":")
    bytes.append(json: movie.title)
    bytes.append(",\"year\":\(movie.year.map(String.init) ?? "null"),\"similar\":")
    bytes.append(jsonList: similar) { bytes, similar in
      var reference: [UInt8] = []
      reference.append(jsonReference: movies[Int(similar.movie)])
      bytes.append(json: similar, to: movie, movies: movies, reference: reference)
    }
    bytes.append("}\n")
    return String(decoding: bytes, as: UTF8.self)
  }

  /// As lines for people: place, movie, similarity, reason.
  public var text: String {
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
  public var caption: String { "Like \(movie.titleWithYear)" }
}
