import Ratings

extension DatasetBuilder {
  /// Reads the ratings of a personal export and keeps them until the catalogue is complete.
  ///
  /// - Parameter user: whose they are; nil for the name in the export, or that of the format.
  mutating func readExport(_ file: OpenFile, user: String?) throws {
    var export = PersonalExport(user: user ?? file.format.rawValue)
    switch file.format {
    case .trakt: try readTrakt(file, into: &export)
    case .letterboxd:
      try readExportTable(file, needs: [["name"], ["rating"]], into: &export) { record throws(LineFlaw) in
        guard let stars = try Self.stars(record["rating"], outOf: 5) else { return nil }
        var film = ExportedFilm(title: record["name"], year: Int(record["year"]), stars: stars)
        film.time = try Self.exportTime(record[["watcheddate", "date"]])
        return film
      }
    case .imdb:
      try readExportTable(file, needs: [["const"], ["yourrating"]], into: &export) { record throws(LineFlaw) in
        let kind = record["titletype"].lowercased()
        guard kind.isEmpty || kind.contains("movie") || kind == "short" || kind == "video" || kind == "tvspecial" else {
          return nil
        }
        guard let stars = try Self.stars(record["yourrating"], outOf: 10) else { return nil }
        var film = ExportedFilm(title: record["title"], year: Int(record["year"]), stars: stars)
        film.imdbID = Text.imdbID(record["const"])
        film.genres = Self.list(record["genres"])
        film.directors = Self.list(record["directors"])
        film.time = try Self.exportTime(record["daterated"])
        return film
      }
    default:
      // Netflix: thumbs are the opinion (1 down, 2 up, 3 both up); accounts of before 2017 have stars as well.
      var names: Set<String> = []
      try readExportTable(file, needs: [["titlename"], ["thumbsvalue", "starvalue"]], into: &export) {
        record throws(LineFlaw) in
        names.insert(record["profilename"])
        let title = record["titlename"]
        let time = try Self.exportTime(record[["eventutcts", "eventutctimestamp"]])
        if let stars = try Self.stars(record["starvalue"], outOf: 5) {
          return ExportedFilm(title: title, stars: stars, time: time)
        }
        guard let thumbs = try Self.stars(record["thumbsvalue"], outOf: 5) else { return nil }
        guard (1...3).contains(thumbs) else { throw .ratingOutOfRange(record["thumbsvalue"], 1...3) }
        return ExportedFilm(title: title, stars: [2, 4, 5][Int(thumbs) - 1], time: time)
      }
      names.remove("")
      if user == nil, names.count == 1, let name = names.first { export.user = name }
    }
    exports.append(export)
  }

  /// Reads a table with one film a line; `film` gives nil for what is no rated film.
  private mutating func readExportTable(
    _ file: OpenFile, needs: [[String]], into export: inout PersonalExport,
    _ film: (Record) throws(LineFlaw) -> ExportedFilm?
  ) throws {
    var unrated = 0
    var films: [ExportedFilm] = []
    try forEachRecord(file, needs: needs, areRatings: true) { _, record throws(LineFlaw) in
      guard let film = try film(record) else {
        unrated += 1
        return
      }
      if film.title.isEmpty, film.imdbID == nil { throw .emptyID(.movie) }
      if film.title.utf8.count > Catalogue.maximumTitleLength { throw .longTitle(film.title.utf8.count) }
      films.append(film)
    }
    export.films += films
    report.addSkipped("entries of \(file.path) without a rating of a film", count: unrated)
  }

  /// Half stars out of 5; nil where nothing, or the 0 of "not rated", stands.
  static func stars(_ text: String, outOf most: Float) throws(LineFlaw) -> Float? {
    if text.isEmpty { return nil }
    guard let value = Float(text), value.isFinite else { throw .ratingNotANumber(text) }
    if value == 0 { return nil }
    guard value > 0, value <= most else { throw .ratingOutOfRange(text, 0...most) }
    return max(0.5, (value * 10 / most).rounded() / 2)
  }

  static func exportTime(_ text: String) throws(LineFlaw) -> UInt32 {
    guard let time = time(text) else { throw .badTime(text) }
    return time
  }

  /// "Drama, Crime" as a list.
  private static func list(_ text: String) -> [String] {
    text.split(separator: ",").map { Text.trimmed(String($0)) }.filter { !$0.isEmpty }
  }
}

// MARK: - Into the data set

extension DatasetBuilder {
  /// Finds the exported films in the catalogue, lists the ones that it does not have, and adds the ratings, in the scale
  /// of the other data.
  mutating func placeExports() {
    guard !exports.isEmpty else { return }
    let hadCatalogue = catalogue.movies.contains { $0.isListed }
    let known = movies.ids.indices.map { catalogue.movie($0, id: movies.ids[$0]) }
    let matcher = FilmMatcher(known)
    let scale = scale ?? .halfStars
    self.scale = scale
    var added: [String: Int32] = [:]
    for export in exports {
      let name = Array(export.user.utf8)
      let user = (try? users.index(of: Fields.Field(start: 0, end: name.count), in: name.span, column: .user)) ?? 0
      for film in export.films {
        let movie: Int32
        if let index = matcher.match(film) {
          movie = Int32(index)
        } else {
          let id = film.imdbID ?? Self.newID(of: film)
          let bytes = Array(id.utf8)
          movie = movies.index(ofText: bytes.span)
          if added.updateValue(movie, forKey: id) == nil {
            if hadCatalogue { report.unmatchedFilms.append(film.year.map { "\(film.title) (\($0))" } ?? film.title) }
            catalogue.updateMovie(movie) {
              $0.list(nil, genres: film.genres, directors: film.directors, year: film.year)
              $0.title = film.title.isEmpty ? id : film.title
              $0.imdbID = film.imdbID
              $0.tmdbID = film.tmdbID
            }
          }
        }
        addRating(user: user, movie: movie, value: scale.fromHalfStars(film.stars), time: film.time)
      }
    }
    exports = []
  }

  /// The id of a film that no catalogue has: its title in words and its year.
  private static func newID(of film: ExportedFilm) -> String {
    let words = TitleWords.words(of: film.title) + (film.year.map { ["\($0)"] } ?? [])
    let id = words.joined(separator: "-")
    if !id.isEmpty, id.utf8.count <= 190 { return id }
    var hash = Fingerprint()
    hash.add(film.title)
    return "film-\(hash)"
  }
}

extension RatingScale {
  /// The nearest rating of this scale to half stars from 0.5 to 5: a scale up to 10 counts them double.
  package func fromHalfStars(_ stars: Float) -> Float {
    let wide = maximum > 5 ? stars * maximum / 5 : stars
    let steps = ((wide - minimum) / step).rounded()
    return min(maximum, max(minimum, minimum + steps * step))
  }
}
