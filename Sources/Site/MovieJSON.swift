import Platform
package import Precompute
package import Ratings

/// `api/movies/<id>.json`.
enum MovieJSON {
  static func path(_ name: String) -> String { "api/movies/\(name).json" }

  static func files(of site: SiteParts) -> [SiteFile] {
    let context = site.context
    guard context.configuration.writesFilmJSON else { return [] }
    return [
      SiteFile(
        count: context.precomputed.movies.count, path: { path(context.catalogue.movieNames[$0]) },
        base: site.inputs.map { context.frame.fingerprint(inputs: $0) },
        reading: { MovieSource($0, in: context, &$1) }, render: append)
    ]
  }

  private static func append(_ movie: MovieSource, to bytes: inout [UInt8]) {
    let facts = movie.film.facts
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
    if let runtime = facts.runtime {
      bytes.append(#","runtime":"#)
      bytes.append(number: runtime)
    }
    if let language = facts.language {
      bytes.append(#","language":"#)
      bytes.append(json: language)
    }
    bytes.append(#","tags":"#)
    bytes.append(jsonList: movie.tags) { $0.append(json: $1.title) }
    bytes.append(#","imdb":"#)
    if let imdb = facts.imdbID { bytes.append(json: imdb) } else { bytes.append("null") }
    bytes.append(#","tmdb":"#)
    if let tmdb = facts.tmdbID { bytes.append(number: tmdb) } else { bytes.append("null") }
    bytes.append(#","page":"#)
    bytes.append(json: movie.film.folder)
    bytes.append(#","ratings":"#)
    bytes.append(json: movie.film.statistics)
    bytes.append(#","similar":"#)
    movie.film.appendJSON(movie.similar, to: &bytes)
    bytes.append("}\n")
  }
}

/// `api/users/<id>.json`.
enum UserJSON {
  static func path(_ name: String) -> String { "api/users/\(name).json" }

  static func files(of site: SiteParts) -> [SiteFile] {
    let context = site.context
    let names = context.catalogue.userNames
    switch context.configuration.members {
    case .packed, .absent: return []
    case .shown, .unlisted:
      return [
        SiteFile(
          count: names.count, path: { path(names[$0]) },
          base: site.inputs.map { context.frame.fingerprint(inputs: $0) },
          reading: { MemberSource($0, in: context, &$1) }, render: append)
      ]
    }
  }

  static func append(_ member: MemberSource, to bytes: inout [UInt8]) {
    let statistics = member.statistics
    bytes.append(#"{"id":"#)
    bytes.append(json: member.id)
    bytes.append(#","ratings":"#)
    bytes.append(number: statistics.count)
    bytes.append(#","mean":"#)
    bytes.append(json: statistics.count > 0 ? Double(statistics.mean) : .nan)
    bytes.append(#","histogram":"#)
    bytes.append(jsonList: statistics.histogram) { $0.append(number: Int($1)) }
    bytes.append(#","favourites":"#)
    bytes.append(jsonList: member.favourites) { bytes, favourite in
      bytes.append(contentsOf: favourite.film.reference)
      bytes.append(#","rating":"#)
      bytes.append(json: Double(favourite.row.value))
      bytes.append("}")
    }
    bytes.append(#","people":"#)
    bytes.append(jsonList: member.people) { bytes, person in
      bytes.append(#"{"id":"#)
      bytes.append(json: person.id)
      bytes.append(#","similarity":"#)
      bytes.append(json: Double(person.similarity))
      bytes.append("}")
    }
    bytes.append(#","latest":"#)
    bytes.append(jsonList: member.latest) { bytes, rated in
      bytes.append(contentsOf: rated.film.reference)
      bytes.append(#","rating":"#)
      bytes.append(json: Double(rated.row.value))
      bytes.append("}")
    }
    bytes.append(#","models":{"#)
    func append(_ list: MemberSource.List) {
      bytes.append(jsonList: zip(list.entries, list.reasons)) { bytes, entry in
        let (recommended, reasons) = entry
        bytes.append(contentsOf: recommended.film.reference)
        bytes.append(recommended.row, because: reasons.films) { bytes, reason in
          bytes.append(contentsOf: reason.film.reference)
          return reason.row.weight
        }
      }
    }
    for (position, list) in member.lists.enumerated() {
      if position > 0 { bytes.append(",") }
      bytes.append(json: list.model)
      bytes.append(":")
      append(list)
    }
    bytes.append("}")
    if let unusual = member.unusual {
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
    append(entry, because: reasons) { bytes, reason in
      bytes.append(contentsOf: reference(reason.movie))
      return reason.weight
    }
  }

  /// The rest of the object about a recommended movie.
  ///
  /// - Parameter weight: appends the beginning of the object about a reason and gives its weight.
  fileprivate mutating func append<Reasons: Sequence>(
    _ entry: Recommendation, because reasons: Reasons, weight: (inout [UInt8], Reasons.Element) -> Float
  ) {
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
      let weight = weight(&bytes, reason)
      bytes.append(#","weight":"#)
      bytes.append(json: Double(weight))
      bytes.append("}")
    }
    append("}")
  }

  /// A movie similar to another, as in `api/movies/<id>.json`.
  ///
  /// - Parameter reference: the beginning of an object about it.
  package mutating func append(json similar: SimilarMovie, because reason: String, reference: some Collection<UInt8>) {
    append(contentsOf: reference)
    append(#","score":"#)
    append(json: Double(similar.score))
    append(#","reason":"#)
    append(json: reason)
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
