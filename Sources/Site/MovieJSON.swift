import Precompute
import Ratings

/// `api/movies/<id>.json`.
enum MovieJSON {
  static func append(_ movie: Int, in catalogue: Catalogue, to bytes: inout [UInt8]) {
    let precomputed = catalogue.precomputed
    let facts = precomputed.movies[movie]
    let statistics = precomputed.statistics(ofMovie: movie)
    bytes.append(#"{"id":"#)
    bytes.append(json: facts.id)
    bytes.append(#","title":"#)
    bytes.append(json: facts.title)
    bytes.append(#","year":"#)
    if let year = facts.year { bytes.append(number: year) } else { bytes.append("null") }
    bytes.append(#","genres":"#)
    bytes.append(jsonList: facts.genres) { $0.append(json: $1) }
    bytes.append(#","directors":"#)
    bytes.append(jsonList: facts.directors) { $0.append(json: $1) }
    bytes.append(#","tags":"#)
    bytes.append(jsonList: precomputed.tags(ofMovie: movie)) { $0.append(json: $1) }
    bytes.append(#","imdb":"#)
    if let imdb = facts.imdbID { bytes.append(json: imdb) } else { bytes.append("null") }
    bytes.append(#","tmdb":"#)
    if let tmdb = facts.tmdbID { bytes.append(number: tmdb) } else { bytes.append("null") }
    bytes.append(#","page":"#)
    bytes.append(json: catalogue.movieFolders[movie])
    bytes.append(#","ratings":"#)
    bytes.append(json: statistics)
    bytes.append(#","similar":"#)
    bytes.append(jsonList: precomputed.similarMovies(to: movie)) { bytes, similar in
      bytes.append(jsonReference: precomputed.movies[Int(similar.movie)])
      bytes.append(#","score":"#)
      bytes.append(json: Double(similar.score))
      bytes.append(#","reason":"#)
      bytes.append(json: catalogue.reason(for: similar, to: movie))
      bytes.append("}")
    }
    bytes.append("}\n")
  }
}

/// `api/users/<id>.json`.
enum UserJSON {
  static func append(_ user: Int, in catalogue: Catalogue, to bytes: inout [UInt8]) {
    let precomputed = catalogue.precomputed
    let statistics = precomputed.statistics(ofUser: user)
    bytes.append(#"{"id":"#)
    bytes.append(json: precomputed.users[user].id)
    bytes.append(#","ratings":"#)
    bytes.append(number: statistics.count)
    bytes.append(#","mean":"#)
    bytes.append(json: statistics.count > 0 ? Double(statistics.mean) : .nan)
    bytes.append(#","histogram":"#)
    bytes.append(jsonList: statistics.histogram) { $0.append(number: Int($1)) }
    bytes.append(#","favourites":"#)
    bytes.append(jsonList: precomputed.favourites(ofUser: user)) { bytes, favourite in
      bytes.append(jsonReference: precomputed.movies[Int(favourite.movie)])
      bytes.append(#","rating":"#)
      bytes.append(json: Double(favourite.value))
      bytes.append("}")
    }
    bytes.append(#","models":{"#)
    for (position, list) in precomputed.lists.enumerated() {
      if position > 0 { bytes.append(",") }
      bytes.append(json: list.model)
      bytes.append(":")
      bytes.append(jsonList: precomputed.entries(of: list, user: user)) { bytes, entry in
        append(entry.recommendation, reasons: entry.reasons, of: precomputed, to: &bytes)
      }
    }
    bytes.append("}}\n")
  }

  private static func append(
    _ entry: Recommendation, reasons: ArraySlice<Reason>, of precomputed: Precomputed, to bytes: inout [UInt8]
  ) {
    bytes.append(jsonReference: precomputed.movies[Int(entry.movie)])
    bytes.append(#","stars":"#)
    bytes.append(json: Double(entry.stars))
    bytes.append(#","low":"#)
    bytes.append(json: Double(entry.low))
    bytes.append(#","high":"#)
    bytes.append(json: Double(entry.high))
    bytes.append(#","score":"#)
    bytes.append(json: Double(entry.score))
    bytes.append(#","because":"#)
    bytes.append(jsonList: reasons) { bytes, reason in
      bytes.append(jsonReference: precomputed.movies[Int(reason.movie)])
      bytes.append(#","weight":"#)
      bytes.append(json: Double(reason.weight))
      bytes.append("}")
    }
    bytes.append("}")
  }
}

extension [UInt8] {
  /// The beginning of an object about a movie: `{"id":1,"title":"Toy Story"`.
  fileprivate mutating func append(jsonReference movie: Movie) {
    append(#"{"id":"#)
    append(json: movie.id)
    append(#","title":"#)
    append(json: movie.title)
  }

  /// `{"count", "mean", "histogram"}`; the mean is null where nobody rated.
  fileprivate mutating func append(json statistics: RatingStatistics) {
    append(#"{"count":"#)
    append(number: statistics.count)
    append(#","mean":"#)
    append(json: statistics.count > 0 ? Double(statistics.mean) : .nan)
    append(#","histogram":"#)
    append(jsonList: statistics.histogram) { $0.append(number: Int($1)) }
    append("}")
  }
}
