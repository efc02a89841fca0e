package import Ratings

/// A new user's ratings of a catalogue's films, read from a file.
package struct NewcomerRatings: Sendable {
  /// The final rating of each film in the catalogue, by its index, on the catalogue's scale.
  package let ratings: [(movie: Int, stars: Float)]
  /// The films that are not in the catalogue, each once.
  package let unmatched: [String]
  /// The account of the file; its added films are those that are not in the catalogue.
  package let report: IngestReport
}

extension Ingest {
  /// Reads one person's ratings in the file at `path`, or in the export. A user column may name that one person.
  ///
  /// - Parameters:
  ///   - movies: The catalogue.
  ///   - ratingCounts: The popularity of each movie.
  ///   - scale: The scale of the result.
  /// - Throws: `IngestError`.
  package static func newcomer(
    _ path: String, among movies: [Movie], ratingCounts: [Int], scale: RatingScale
  ) throws -> NewcomerRatings {
    try read(newcomerAt: path).newcomer(
      path: path, matcher: FilmMatcher(movies, ratingCounts: ratingCounts), scale: scale)
  }
}

/// A rating of a new user.
private struct NewcomerRow {
  /// The index of the file in the report.
  let file: Int
  /// The film's identity: the catalogue's film, or its name in the file.
  let film: Film
  let name: String
  let stars: Float
  let time: UInt32

  enum Film: Hashable {
    case known(Int)
    case unknown(String)
  }
}

extension DatasetBuilder {
  fileprivate consuming func newcomer(
    path: String, matcher: FilmMatcher, scale: RatingScale
  ) throws -> NewcomerRatings {
    lookUpUsers()
    let people = raters.union(entries.flatMap { $0.rows.map(\.user) })
    if people.count > 1 { throw IngestError.severalPeople(path: path, count: people.count) }
    var rows: [NewcomerRow] = []
    for table in entries {
      let named = table.films.takingIDsForTitles()
      let films = found(named, file: table.file, matcher)
      let best = table.best(on: scale)
      for row in table.rows {
        let film = Int(row.film)
        rows.append(
          NewcomerRow(
            file: table.file, film: films[film], name: named[film].name,
            stars: scale.nearest(to: row.rating, outOf: row.best ?? best), time: row.time))
      }
    }
    for (number, source) in rowSources.enumerated() {
      let range = source.firstRow..<(number + 1 < rowSources.count ? rowSources[number + 1].firstRow : rowCount)
      guard !range.isEmpty else { continue }
      let rated = ratedMovies(in: range)
      let facts = ratedFilms[source.file]?.films
      let named = rated.map { facts?[$0] ?? ExportedFilm(id: movies.ids[Int($0)]) }.takingIDsForTitles()
      let films = found(named, file: source.file, matcher)
      let places = Dictionary(uniqueKeysWithValues: zip(rated, rated.indices))
      let best = scale.best(of: values(from: range.lowerBound).prefix(range.count))
      for row in range {
        let rating = rating(ofRow: row)
        guard let place = places[rating.movie] else { continue }
        rows.append(
          NewcomerRow(
            file: source.file, film: films[place], name: named[place].name,
            stars: scale.nearest(to: rating.value, outOf: best), time: rating.time))
      }
    }
    return result(of: rows)
  }

  /// The catalogue's film for each film of a file; matches are counted.
  private mutating func found(
    _ films: [ExportedFilm], file: Int, _ matcher: FilmMatcher
  ) -> [NewcomerRow.Film] {
    let trusts = matcher.trustsIDs(of: films)
    return films.map { film in
      guard let match = matcher.find(film, trustsIDs: trusts) else {
        report.files[file].films.added += 1
        return .unknown("\(film.name)\n\(film.imdbID ?? "")")
      }
      if match.isByTitle { report.files[file].films.byTitle += 1 } else { report.files[file].films.byID += 1 }
      return .known(match.index)
    }
  }

  /// Of repeated films the latest rating counts, and of equally late ones the last in the file.
  private mutating func result(of rows: [NewcomerRow]) -> NewcomerRatings {
    var last: [NewcomerRow.Film: Int] = [:]
    for (number, row) in rows.enumerated() {
      report.files[row.file].ratings += 1
      guard let other = last[row.film] else {
        last[row.film] = number
        continue
      }
      let isLater = row.time >= rows[other].time
      let loser = isLater ? other : number
      report.files[rows[loser].file].ratings -= 1
      report.files[rows[loser].file].replaced += 1
      report.replacedRatings += 1
      if isLater { last[row.film] = number }
    }
    var ratings: [(movie: Int, stars: Float)] = []
    var unmatched: [(number: Int, name: String)] = []
    for (film, number) in last {
      switch film {
      case .known(let movie): ratings.append((movie, rows[number].stars))
      case .unknown: unmatched.append((number, rows[number].name))
      }
    }
    report.ratings = last.count
    return NewcomerRatings(
      ratings: ratings.sorted { $0.movie < $1.movie },
      unmatched: unmatched.sorted { $0.number < $1.number }.map(\.name),
      report: report)
  }
}
