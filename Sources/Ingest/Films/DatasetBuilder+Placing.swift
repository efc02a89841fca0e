import Ratings

extension DatasetBuilder {
  /// Whether there are films to match: by titles, by other catalogues' ids, or by texts that may be either.
  var needsCatalogue: Bool { !entries.isEmpty || !ratedFilms.isEmpty || movies.hasTexts }

  /// Matches films to the catalogue, in the files or the database, lists those that are in neither, and adds their deferred
  /// ratings.
  mutating func placeFilms() {
    guard needsCatalogue else { return }
    let known = catalogueForMatching()
    let hasCatalogue = !known.movies.isEmpty
    if entries.isEmpty, ratedFilms.isEmpty, !hasCatalogue { return }
    let matcher = FilmMatcher(known.movies, ratingCounts: known.ratingCounts)
    for (number, source) in rowSources.enumerated() {
      let end = number + 1 < rowSources.count ? rowSources[number + 1].firstRow : rowCount
      placeRows(source.firstRow..<end, file: source.file, matcher, known)
    }
    ratedFilms = [:]
    placeEntries(matcher, known)
    for file in placedFiles.sorted() { remarkUnknown(file, hasCatalogue: hasCatalogue) }
  }

  /// Matches the films of a table with its own ids: titles and other catalogues' ids show whether the
  /// ids are this catalogue's.
  private mutating func placeRows(_ rows: Range<Int>, file: Int, _ matcher: FilmMatcher, _ known: KnownCatalogue) {
    let facts = ratedFilms[file]?.films
    if facts == nil, known.movies.isEmpty || !movies.hasTexts { return }
    let rated = ratedMovies(in: rows)
    let films = rated.map { facts?[$0] ?? ExportedFilm(id: movies.ids[Int($0)]) }.takingIDsForTitles()
    if facts == nil, !films.contains(where: \.isTitledByID), !films.contains(where: \.hasForeignID) { return }
    placedFiles.insert(file)
    let trusts = matcher.trustsIDs(of: films)
    var others: [Int32: Int32] = [:]
    for (movie, film) in zip(rated, films) {
      let place = place(film, file: file, matcher, known, trustsIDs: trusts)
      if place != movie { others[movie] = place }
    }
    if !others.isEmpty { changeMovies(in: rows, others) }
  }

  private mutating func placeEntries(_ matcher: FilmMatcher, _ known: KnownCatalogue) {
    guard !entries.isEmpty else { return }
    let tables = entries
    entries = []
    let scale = scale ?? .ofExports(tables)
    self.scale = scale
    placedFiles.formUnion(tables.map(\.file))
    // The rows of these files come last, in the order of the files; those of others keep their positions.
    let files = Set(tables.map(\.file))
    rowSources.removeAll { files.contains($0.file) }
    for table in tables {
      rowSources.append((firstRow: rowCount, file: table.file))
      let named = table.films.takingIDsForTitles()
      let trusts = matcher.trustsIDs(of: named)
      let films = named.map { place($0, file: table.file, matcher, known, trustsIDs: trusts) }
      let best = table.best(on: scale)
      if !table.isOfMany, table.best == nil || best > scale.maximum {
        report.remarks.append(
          "\(report.files[table.file].path): the ratings are taken for stars out of \(shortest(best))"
            + (best == scale.maximum ? "" : ", which are \(shortest(scale.maximum)) here"))
      }
      for row in table.rows {
        let value = table.isOfMany ? row.rating : scale.nearest(to: row.rating, outOf: row.best ?? best)
        addRating(user: row.user, movie: films[Int(row.film)], value: value, time: row.time)
      }
    }
  }

  /// Remarks on files none of whose films is known.
  private mutating func remarkUnknown(_ file: Int, hasCatalogue: Bool) {
    let account = report.files[file]
    guard account.films.added > 0, account.films.byID + account.films.byTitle == 0 else { return }
    if hasCatalogue {
      report.remarks.append(
        "\(account.path): none of its \(counted(account.films.added, "film")) is in the catalogue; "
          + "ingest the catalogue that has their ids or titles beside it")
    } else if foreignFiles.contains(file) {
      report.remarks.append(
        "\(account.path): its \(counted(account.films.added, "film")) are named by ids of IMDb or TMDb that no catalogue "
          + "translates, so they are kept under these; ingest the catalogue (movies.csv, links.csv) beside it for their titles"
      )
    }
  }

  private func catalogueForMatching() -> KnownCatalogue {
    var known = KnownCatalogue()
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
    _ film: ExportedFilm, file: Int, _ matcher: FilmMatcher, _ known: KnownCatalogue, trustsIDs: Bool
  ) -> Int32 {
    if let match = matcher.find(film, trustsIDs: trustsIDs) {
      if match.isByTitle { report.files[file].films.byTitle += 1 } else { report.files[file].films.byID += 1 }
      let movie = known.movies[match.index]
      let index = movies.index(of: movie.id)
      // The database's facts are kept, so that none are lost.
      if !catalogue.isMovieListed(Int(index)) { catalogue.updateMovie(index) { $0.list(movie) } }
      return index
    }
    report.files[file].films.added += 1
    if !known.movies.isEmpty, !film.isBare || film.isTitled { report.unmatchedFilms.append(film.name) }
    if film.title.isEmpty, film.imdbID != nil || film.tmdbID != nil { foreignFiles.insert(file) }
    // The data set's own id is kept, unless it is another film's.
    let own = film.movieID.flatMap { matcher.hasMovie($0) ? nil : $0 }
    let isCatalogueless = known.movies.isEmpty && !report.files[file].format.isPersonal
    let index = movies.index(of: own ?? (isCatalogueless ? film.idWithoutCatalogue : SourceID(film.newID)))
    catalogue.updateMovie(index) {
      // A number alone does not list a film: the report counts their ratings.
      if film.isTitled {
        $0.list(nil, genres: film.genres, directors: film.directors, year: film.year)
        $0.list(runtime: film.runtime, language: film.language)
        $0.title = $0.title ?? film.title
      }
      $0.imdbID = film.imdbID ?? $0.imdbID
      $0.tmdbID = film.tmdbID ?? $0.tmdbID
    }
    return index
  }
}

/// The movies listed in files or the database, with their rating counts so far.
private struct KnownCatalogue {
  var movies: [Movie] = []
  var ratingCounts: [Int] = []
}

extension Catalogue.MovieFacts {
  /// Takes over facts from elsewhere.
  fileprivate mutating func list(_ movie: Movie) {
    list(nil, genres: movie.genres, directors: movie.directors, year: movie.year)
    title = movie.title
    imdbID = movie.imdbID
    tmdbID = movie.tmdbID
    runtime = movie.runtime
    language = movie.language
  }
}
