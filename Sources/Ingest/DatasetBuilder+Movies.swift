import Ratings

extension DatasetBuilder {
  static let userNames = FormatKnowledge.aliases(.user)
  static let movieNames = FormatKnowledge.aliases(.movie)
  static let timeNames = FormatKnowledge.aliases(.time)

  /// Lists a movie with a title to be parsed.
  mutating func listMovie(
    _ movie: Int32, title: String, year: Int? = nil, genres: [String] = [], directors: [String] = []
  ) throws(LineFlaw) {
    try Self.checkTitle(title)
    let title = Title(parsing: title)
    let year = year.flatMap { Title.years.contains($0) ? $0 : nil }
    catalogue.updateMovie(movie) { $0.list(title, genres: genres, directors: directors, year: year) }
  }

  /// Lists a movie whose title has a leading article and no year.
  mutating func listMovie(_ movie: Int32, verbatim title: String, year: Int?) throws(LineFlaw) {
    try Self.checkTitle(title)
    let year = year.flatMap { Title.years.contains($0) ? $0 : nil }
    catalogue.updateMovie(movie) {
      $0.list(nil, year: year)
      if !title.isEmpty { $0.title = title }
    }
  }

  private static func checkTitle(_ title: String) throws(LineFlaw) {
    let length = title.utf8.count
    if length > Catalogue.maximumTitleLength { throw .longTitle(length) }
  }

  /// Reads `movies.csv`: `movieId,title,genres` and optionally `year`, `directors`, `imdbId`, `tmdbId`, `runtime` in
  /// minutes, `language`.
  mutating func readMovieTable(_ file: OpenFile) throws {
    let ids = Self.movieNames + FormatKnowledge.aliases(.imdb) + FormatKnowledge.aliases(.tmdb) + ["id"]
    let titles = FormatKnowledge.aliases(.title) + ["name"]
    try forEachRecord(file, needs: [ids, titles]) { builder, record throws(LineFlaw) in
      let movie = try builder.index(ofMovie: record[ids], file.format)
      // Otherwise a missing comma would turn the genres into the title.
      try record.require(2)
      try builder.listMovie(
        movie, title: record[titles], year: Int(record[.year].prefix(4)),
        genres: Self.genres(record[.genres], file.format),
        directors: Text.list(record[.directors]))
      builder.addLinks(movie, imdb: record[.imdb], tmdb: record[.tmdb])
      builder.catalogue.updateMovie(movie) {
        $0.list(runtime: FilmRuntime.minutes(record[.runtime]), language: FilmLanguage.code(record[.language]))
      }
    }
  }

  /// Genres between bars; RecBole's between blanks.
  private static func genres(_ text: String, _ format: IngestFormat) -> [String] {
    Text.genres(format == .recBole ? text.replacing(" ", with: "|") : text)
  }

  /// Reads `links.csv`: `movieId,imdbId,tmdbId`.
  mutating func readLinks(_ file: OpenFile) throws {
    try forEachRecord(file, needs: [Self.movieNames]) { builder, record throws(LineFlaw) in
      let movie = try builder.index(ofMovie: record[Self.movieNames], file.format)
      builder.addLinks(movie, imdb: record[.imdb], tmdb: record[.tmdb])
    }
  }

  private mutating func addLinks(_ movie: Int32, imdb: String, tmdb: String) {
    let imdb = Text.imdbID(imdb)
    let tmdb = Text.tmdbID(tmdb)
    if imdb == nil, tmdb == nil { return }
    catalogue.updateMovie(movie) {
      $0.imdbID = imdb ?? $0.imdbID
      $0.tmdbID = tmdb ?? $0.tmdbID
    }
  }

  /// Reads `movies.dat` of MovieLens 1M and 10M and of MovieTweetings: `id::title::genres`.
  mutating func readMovieDat(_ file: OpenFile) throws {
    try forEachRow(file, .doubleColon) { builder, line, fields throws(LineFlaw) in
      let texts = fields.texts(of: line)
      guard texts.count >= 2 else { throw .fields(found: texts.count, needed: 3) }
      let movie = try builder.index(ofMovie: texts[0], file.format)
      // A title may contain the separator.
      let title = texts.count == 2 ? texts[1] : texts[1..<(texts.count - 1)].joined(separator: "::")
      try builder.listMovie(movie, title: title, genres: texts.count == 2 ? [] : Text.genres(texts[texts.count - 1]))
      if file.format == .movieTweetings { builder.addLinks(movie, imdb: texts[0], tmdb: "") }
    }
  }

  /// Reads `u.item` of MovieLens 100k: `id|title|release date|video date|URL|` and a 0 or 1 for each genre.
  mutating func readItems(_ file: OpenFile) throws {
    try forEachRow(file, .bar) { builder, line, fields throws(LineFlaw) in
      guard fields.count >= 2 else { throw .fields(found: fields.count, needed: 24) }
      let movie = try builder.index(ofMovie: fields.text(0, of: line) ?? "", file.format)
      // "01-Jan-1995": the release date, if the title has no year.
      let release = fields.text(2, of: line) ?? ""
      let title = fields.text(1, of: line) ?? ""
      let year = Title(parsing: title).year ?? Int(release.suffix(4))
      try builder.listMovie(movie, title: title == "unknown" ? "" : title, year: year)
      let columns = (5..<max(5, fields.count)).filter { fields.text($0, of: line) == "1" }.map { $0 - 5 }
      builder.pending.genreColumns.append((movie, columns))
    }
  }

  /// Reads `u.genre` of MovieLens 100k: `name|column`.
  mutating func readGenreNames(_ file: OpenFile) throws {
    try forEachRow(file, .bar) { builder, line, fields throws(LineFlaw) in
      guard let name = fields.text(0, of: line), let column = Int(fields.text(1, of: line) ?? "") else {
        throw .fields(found: fields.count, needed: 2)
      }
      builder.pending.genreNames[column] = name
    }
  }
}
