import Ratings

extension DatasetBuilder {
  /// Reads `movies.dat` of HetRec: tabs, a header, among its columns `id`, `title`, `imdbID` and `year`.
  mutating func readHetRecMovies(_ file: OpenFile) throws {
    try forEachRecord(file, separator: .tab, needs: [["id"], ["title"]]) { builder, record throws(LineFlaw) in
      try record.require(2)
      let movie = try builder.index(ofMovie: record["id"], file.format)
      try builder.listMovie(movie, title: known(record["title"]) ?? "", year: Int(record["year"]))
      let imdb = Text.imdbID(record["imdbid"])
      builder.catalogue.updateMovie(movie) { $0.imdbID = imdb ?? $0.imdbID }
    }
  }

  /// Reads `movie_genres.dat`: `movieID`, `genre`, one line for each pair.
  mutating func readHetRecGenres(_ file: OpenFile) throws {
    try forEachRecord(file, separator: .tab, needs: [["movieid"], ["genre"]]) { builder, record throws(LineFlaw) in
      try record.require(2)
      let movie = try builder.index(ofMovie: record["movieid"], file.format)
      let genres = Text.genres(record["genre"])
      builder.catalogue.updateMovie(movie) { facts in
        for genre in genres where !facts.genres.contains(genre) { facts.genres.append(genre) }
      }
    }
  }

  /// Reads `movie_directors.dat`: `movieID`, `directorID`, `directorName`.
  mutating func readHetRecDirectors(_ file: OpenFile) throws {
    let needs = [["movieid"], ["directorname"]]
    try forEachRecord(file, separator: .tab, needs: needs) { builder, record throws(LineFlaw) in
      let movie = try builder.index(ofMovie: record["movieid"], file.format)
      guard let director = known(record["directorname"]) else { return }
      builder.catalogue.updateMovie(movie) { facts in
        if !facts.directors.contains(director) { facts.directors.append(director) }
      }
    }
  }

  /// Reads `tags.dat` of HetRec: `id`, `value`.
  mutating func readHetRecTagNames(_ file: OpenFile) throws {
    try forEachRecord(file, separator: .tab, needs: [["id"], ["value"]]) { builder, record throws(LineFlaw) in
      try record.require(2)
      guard let id = Int64(record["id"]) else { throw .fields(found: record.texts.count, needed: 2) }
      builder.pending.tagTexts[id] = record["value"]
    }
  }

  /// Reads `user_taggedmovies.dat`: `userID`, `movieID`, `tagID` and a date in parts or a timestamp.
  mutating func readHetRecTags(_ file: OpenFile) throws {
    let needs = [["userid"], ["movieid"], ["tagid"]]
    try forEachRecord(file, separator: .tab, needs: needs) { builder, record throws(LineFlaw) in
      let user = try builder.index(ofUser: record["userid"])
      let movie = try builder.index(ofMovie: record["movieid"], file.format)
      guard let id = Int64(record["tagid"]) else { throw .fields(found: record.texts.count, needed: 3) }
      var time = Self.time(record["timestamp"]) ?? 0
      if let year = Int(record["dateyear"]), let month = Int(record["datemonth"]), let day = Int(record["dateday"]),
        let days = Bytes.daysSince1970(year: year, month: month, day: day)
      {
        let hour = Int(record["datehour"]) ?? 0
        let minute = Int(record["dateminute"]) ?? 0
        let second = Int(record["datesecond"]) ?? 0
        if (0..<25).contains(hour), (0..<61).contains(minute), (0..<61).contains(second) {
          time = UInt32(exactly: days * 86_400 + hour * 3_600 + minute * 60 + second) ?? 0
        }
      }
      builder.pending.tags.append((Tag(user: user, movie: movie, text: "", time: time), id))
    }
  }
}
