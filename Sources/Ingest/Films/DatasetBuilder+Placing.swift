import Ratings

extension DatasetBuilder {
  /// Finds the films of entries in the catalogue, of the files or the database, lists the ones that neither has, and adds the
  /// ratings.
  mutating func placeEntries() {
    guard !entries.isEmpty else { return }
    let known = catalogueForMatching()
    let matcher = FilmMatcher(known.movies, ratingCounts: known.ratingCounts)
    let hasCatalogue = !known.movies.isEmpty
    let scale = scale ?? .halfStars
    self.scale = scale
    let tables = entries
    entries = []
    placedFiles = Set(tables.map(\.file))
    // The rows of these files come last, in the order of the files; those of others keep their places.
    rowSources.removeAll { placedFiles.contains($0.file) }
    for table in tables {
      rowSources.append((firstRow: rowCount, file: table.file))
      let films = table.films.map { film in
        place(film, file: table.file, matcher, known, writtenAsIs: table.isOfMany && !hasCatalogue)
      }
      let best = table.best(on: scale)
      for row in table.rows {
        let value = table.isOfMany ? row.rating : scale.nearest(to: row.rating, outOf: best)
        addRating(user: row.user, movie: films[Int(row.film)], value: value, time: row.time)
      }
      let found = report.files[table.file].films
      if hasCatalogue, found.added > 0, found.byID + found.byTitle == 0 {
        report.remarks.append(
          "\(report.files[table.file].path): none of its \(counted(found.added, "film")) is in the catalogue; "
            + "ingest the catalogue that has their ids or titles beside it")
      }
    }
  }

  /// The movies that files or the database list, with how many ratings each has so far.
  private struct Known {
    var movies: [Movie] = []
    var ratingCounts: [Int] = []
  }

  private func catalogueForMatching() -> Known {
    var known = Known()
    let counts = ratingCountsByMovie()
    var seen = Set<SourceID>()
    for index in movies.ids.indices where catalogue.isMovieListed(index) {
      known.movies.append(catalogue.movie(index, id: movies.ids[index]))
      known.ratingCounts.append(counts[index])
      if !knownMovies.isEmpty { seen.insert(movies.ids[index]) }
    }
    for stored in knownMovies where !seen.contains(stored.movie.id) {
      known.movies.append(stored.movie)
      known.ratingCounts.append(stored.ratingCount)
    }
    return known
  }

  /// The index of a film: that of the catalogue, or a new one.
  private mutating func place(
    _ film: ExportedFilm, file: Int, _ matcher: FilmMatcher, _ known: Known, writtenAsIs: Bool
  ) -> Int32 {
    if let match = matcher.find(film) {
      if match.isByTitle { report.files[file].films.byTitle += 1 } else { report.files[file].films.byID += 1 }
      let movie = known.movies[match.index]
      let index = movies.index(of: movie.id)
      // What the database knows goes along, so that nothing of it is lost.
      if !catalogue.isMovieListed(Int(index)) { catalogue.updateMovie(index) { $0.list(movie) } }
      return index
    }
    report.files[file].films.added += 1
    if !known.movies.isEmpty { report.unmatchedFilms.append(film.name) }
    // An id of the data set's own is kept, unless it is another film's.
    let own = film.movieID.flatMap { matcher.hasMovie($0) ? nil : $0 }
    let index = movies.index(of: own ?? (writtenAsIs ? film.writtenID : SourceID(film.newID)))
    catalogue.updateMovie(index) {
      // A number alone lists no film: the report says how many ratings are of such.
      if !film.title.isEmpty {
        $0.list(nil, genres: film.genres, directors: film.directors, year: film.year)
        $0.title = $0.title ?? film.title
      }
      $0.imdbID = film.imdbID ?? $0.imdbID
      $0.tmdbID = film.tmdbID ?? $0.tmdbID
    }
    return index
  }
}

extension Catalogue.MovieFacts {
  /// Takes over what is known elsewhere.
  fileprivate mutating func list(_ movie: Movie) {
    list(nil, genres: movie.genres, directors: movie.directors, year: movie.year)
    title = movie.title
    imdbID = movie.imdbID
    tmdbID = movie.tmdbID
  }
}
