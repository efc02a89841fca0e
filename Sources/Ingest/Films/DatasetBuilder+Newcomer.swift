import Ratings

extension Selection {
  /// Finds a newcomer's ratings, for which lines `movie,rating` are enough.
  init(newcomerAt path: String) throws {
    do {
      try self.init(path: path, format: nil)
    } catch let error as IngestError {
      switch error {
      case .missingColumns, .noHeader, .unknownContent:
        let lines = IngestFormat.lines(try DataTree(path: path).files.first?.head() ?? [])
        guard (try? TableShape(zip(1..., lines).map { ($0, $1) }, takesPairs: true)) != nil else { throw error }
        try self.init(path: path, format: .personal)
      default: throw error
      }
    }
  }
}

extension DatasetBuilder {
  /// What was read as one person's ratings, of repeated films the later last.
  ///
  /// - Throws: `IngestError.severalPeople`.
  mutating func newcomerFilms(path: String) throws -> [ExportedFilm] {
    lookUpUsers()
    var result: [ExportedFilm] = []
    for table in entries {
      for row in table.rows {
        var film = table.films[Int(row.film)]
        (film.rating, film.best, film.time) = (row.rating, table.best, row.time)
        result.append(film)
      }
    }
    forEachRow { movie, rating, time in
      var film = ExportedFilm(title: "", rating: rating)
      film.movieID = movies.ids[movie]
      film.time = time
      result.append(film)
    }
    if users.count > 1 { throw IngestError.severalPeople(path: path, count: users.count) }
    return result.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element)
  }
}
