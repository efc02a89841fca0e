package import Precompute
package import Ratings

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
    let references = catalogue.references
    bytes.append(jsonList: precomputed.similarMovies(to: movie)) { bytes, similar in
      bytes.append(
        json: similar, to: facts, movies: precomputed.movies, reference: references[Int(similar.movie)])
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
    let references = catalogue.references
    bytes.append(jsonList: precomputed.favourites(ofUser: user)) { bytes, favourite in
      bytes.append(contentsOf: references[Int(favourite.movie)])
      bytes.append(#","rating":"#)
      bytes.append(json: Double(favourite.value))
      bytes.append("}")
    }
    bytes.append(#","people":"#)
    bytes.append(jsonList: precomputed.similarUsers(ofUser: user)) { bytes, person in
      bytes.append(#"{"id":"#)
      bytes.append(json: precomputed.users[Int(person.user)].id)
      bytes.append(#","similarity":"#)
      bytes.append(json: Double(person.similarity))
      bytes.append("}")
    }
    bytes.append(#","latest":"#)
    bytes.append(jsonList: MemberTaste.latest(of: user, in: precomputed)) { bytes, rated in
      bytes.append(contentsOf: references[Int(rated.movie)])
      bytes.append(#","rating":"#)
      bytes.append(json: Double(rated.value))
      bytes.append("}")
    }
    bytes.append(#","models":{"#)
    func append(_ list: RecommendationList) {
      bytes.append(jsonList: precomputed.entries(of: list, user: user)) { bytes, entry in
        bytes.append(json: entry.recommendation, because: entry.reasons) { references[Int($0)] }
      }
    }
    for (position, list) in precomputed.lists.enumerated() {
      if position > 0 { bytes.append(",") }
      bytes.append(json: list.model)
      bytes.append(":")
      append(list)
    }
    bytes.append("}")
    if let unusual = precomputed.unusual {
      bytes.append(#","unusual":"#)
      append(unusual)
    }
    bytes.append("}\n")
  }
}

extension [UInt8] {
  /// A recommendation with its reasons, as in `api/users/<id>.json`.
  ///
  /// - Parameter reference: the beginning of an object about a movie.
  package mutating func append(
    json entry: Recommendation, because reasons: ArraySlice<Reason>, reference: (Int32) -> ArraySlice<UInt8>
  ) {
    append(contentsOf: reference(entry.movie))
    append(#","stars":"#)
    append(json: Double(entry.stars))
    append(#","low":"#)
    append(json: Double(entry.low))
    append(#","high":"#)
    append(json: Double(entry.high))
    append(#","score":"#)
    append(json: Double(entry.score))
    append(#","because":"#)
    append(jsonList: reasons) { bytes, reason in
      bytes.append(contentsOf: reference(reason.movie))
      bytes.append(#","weight":"#)
      bytes.append(json: Double(reason.weight))
      bytes.append("}")
    }
    append("}")
  }

  /// A movie similar to `movie`, as in `api/movies/<id>.json`.
  ///
  /// - Parameter reference: the beginning of an object about it.
  package mutating func append(
    json similar: SimilarMovie, to movie: Movie, movies: [Movie], reference: some Collection<UInt8>
  ) {
    append(contentsOf: reference)
    append(#","score":"#)
    append(json: Double(similar.score))
    append(#","reason":"#)
    append(json: similar.reason(to: movie, movies: movies))
    append("}")
  }

  /// The beginning of an object about a movie: `{"id":1,"title":"Toy Story"`.
  package mutating func append(jsonReference movie: Movie) {
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
