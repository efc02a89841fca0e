import Ratings

/// How the records of one file become ratings of films.
struct EntryReading {
  let format: IngestFormat
  /// The user; nil if a column has it.
  let person: PersonName?
  /// The requested profile of a household.
  let profile: String?
  var table: EntryTable
  /// The profiles of the household.
  var profiles: Set<String> = []

  /// The outcome for a record that is not a bad line.
  enum Outcome { case rated, unrated, notFilm, anotherProfile }
}

extension DatasetBuilder {
  /// Reads a table of one person's ratings, or of many people's with titles or another catalogue's ids.
  mutating func readEntries(_ file: OpenFile, _ shape: TableShape, person: PersonName?) throws {
    guard let header = shape.header else { return }
    var reading = reading(
      of: file, header, person: person)
    try forEachRecord(file, shape, header, behind: shape.headLines) { builder, record, number, flaw, isRetried in
      builder.account.lines += 1
      do throws(LineFlaw) {
        if let flaw { throw flaw }
        guard let record else { return true }
        // A repeated header, as in concatenated parts.
        if record.texts == header.texts {
          builder.account.lines -= 1
        } else {
          try builder.add(record, isOther: false, &reading)
        }
        return true
      } catch {
        if isRetried {
          builder.account.lines -= 1
        } else {
          builder.addBadRating(error, file, line: number)
        }
        return false
      }
    }
    try end(reading, file, endsWithLineEnd: endsWithLineEnd)
  }

  mutating func reading(
    of file: OpenFile, _ header: Header, person: PersonName?
  ) -> EntryReading {
    let known = FormatKnowledge.known
    let service =
      known.service(of: header) ?? known.services.first { file.format.isService && $0.name == file.format.rawValue }
    let isOfMany = header[.user] != nil && !file.format.isPersonal
    let isHousehold = header[.profile] != nil
    let best: Float? = header[.rating10] != nil ? 10 : header[.rating100] != nil ? 100 : service?.best
    begin(file, person: isOfMany || isHousehold ? nil : person)
    return EntryReading(
      format: file.format, person: isOfMany ? nil : person,
      profile: isHousehold && person?.source == .option ? person?.name : nil,
      table: EntryTable(file: report.files.count, isOfMany: isOfMany, best: isOfMany ? nil : best))
  }

  /// Adds a record.
  mutating func add(_ record: Record, isOther: Bool, _ reading: inout EntryReading) throws(LineFlaw) {
    switch try outcome(record, isOther: isOther, &reading) {
    case .rated: break
    case .unrated: account.unrated += 1
    case .notFilm: account.notFilms += 1
    // Another person's line does not belong to this account.
    case .anotherProfile: account.lines -= 1
    }
  }

  private mutating func outcome(
    _ record: Record, isOther: Bool, _ reading: inout EntryReading
  ) throws(LineFlaw) -> EntryReading.Outcome {
    let known = FormatKnowledge.known
    let profile = record[.profile]
    if !profile.isEmpty { reading.profiles.insert(profile) }
    if let wanted = reading.profile, record.header[.profile] != nil, profile != wanted { return .anotherProfile }
    if isOther || !known.isFilmType(record[.type]) || !record[.season].isEmpty { return .notFilm }
    // In a line with too few fields it is unknown which is missing.
    if record.texts.count < record.header.needed {
      throw .fields(found: record.texts.count, needed: record.header.texts.count)
    }
    guard let written = try rating(of: record, isOfMany: reading.table.isOfMany) else { return .unrated }
    var rating = written.value
    if let best = written.best {
      guard let value = reading.table.isOfMany ? outOfOne(written) : rating <= best ? rating : nil else {
        throw .ratingOutOfRange("\(rating)", 0...best)
      }
      rating = value
      if rating == 0, best < 100 { return .unrated }
    } else if let best = reading.table.best {
      if rating == 0, best < 100 { return .unrated }
      guard rating <= best else { throw .ratingOutOfRange("\(rating)", 0...best) }
    } else {
      let range = reading.table.isOfMany ? declared?.range ?? 0...100 : 0...100
      if !range.contains(rating) { throw .ratingOutOfRange("\(rating)", range) }
    }
    let film = try Self.film(of: record)
    let name = !profile.isEmpty ? profile : reading.person?.name ?? record[.user]
    let user = try index(ofUser: name)
    let time = record.header[.time] == nil ? noTime() : times.read(record[.time], row: reading.table.rows.count)
    reading.table.add(
      film, user: user, rating: rating, best: reading.table.isOfMany ? nil : written.best, time: time)
    return .rated
  }

  private mutating func noTime() -> UInt32 {
    times.addMissing()
    return 0
  }

  /// The rating of a record and its table's maximum; nil if there is none.
  private func rating(of record: Record, isOfMany: Bool) throws(LineFlaw) -> WrittenRating? {
    let known = FormatKnowledge.known
    if record.header[.thumbs] != nil || record.header[.starValue] != nil {
      // Netflix: thumbs count; accounts from before 2017 have stars as well.
      if let stars = try Self.number(record[.starValue]), stars.value > 0 { return stars }
      let thumbs = record[.thumbs]
      guard let value = try Self.number(thumbs)?.value, value != 0, !known.unrated.numbers.contains(Double(value))
      else {
        return nil
      }
      guard let stars = known.thumbStars[String(Int(value))] else {
        throw .ratingOutOfRange(thumbs, 1...Float(known.thumbStars.count))
      }
      return WrittenRating(value: stars, best: nil)
    }
    guard let place = record.header.rating else { return nil }
    guard let written = try Self.number(place < record.texts.count ? record.texts[place] : "") else { return nil }
    let number = Double(written.value)
    // A table of many people's ratings is the site's own data, which its owner can declare.
    if isOfMany, let declared {
      if declared.unrated.contains(number) { return nil }
      if declared.range.contains(written.value) { return written }
    }
    return known.unrated.numbers.contains(number) ? nil : written
  }

  private static func number(_ text: String) throws(LineFlaw) -> WrittenRating? {
    let known = FormatKnowledge.known
    if known.isUnrated(text) { return nil }
    let bytes = Array(text.utf8)
    guard let number = Bytes.decimal(bytes.span, bytes.indices, decimalComma: true) else {
      guard let written = WrittenRating(text) else { throw .ratingNotANumber(String(text.prefix(40))) }
      return written
    }
    return WrittenRating(value: Float(number), best: nil)
  }

  static func film(of record: Record) throws(LineFlaw) -> ExportedFilm {
    for meaning in [.title, .movie, .imdb, .tmdb, .year] as [Meaning] where record.isMultiline(meaning) {
      throw .controlCharacter(.movie)
    }
    let written = Title(parsing: record[.title])
    var film = ExportedFilm(title: written.text, rating: 0)
    film.originalTitle = record[.originalTitle]
    film.year = Int(record[.year].prefix(4)).flatMap { Title.years.contains($0) ? $0 : nil } ?? written.year
    film.imdbID = Text.imdbID(
      record[.imdb].split(separator: "/").last { $0.hasPrefix("tt") }.map(String.init) ?? record[.imdb])
    film.tmdbID = Text.tmdbID(record[.tmdb])
    film.movieID = record[.movie].isEmpty ? nil : SourceID(record[.movie])
    film.writtenTitle = record[.title]
    film.genres = list(record[.genres])
    film.directors = list(record[.directors])
    film.runtime = FilmRuntime.minutes(record[.runtime])
    film.language = FilmLanguage.code(record[.language])
    let hasID = film.imdbID != nil || film.tmdbID != nil || film.movieID != nil
    if film.title.isEmpty, !hasID {
      // An id that is not an IMDb id still distinguishes films.
      guard let id = [record[.imdb], record[.tmdb]].first(where: { !$0.isEmpty }) else { throw .emptyID(.movie) }
      film.movieID = SourceID(id)
    }
    if film.title.utf8.count > Catalogue.maximumTitleLength { throw .longTitle(film.title.utf8.count) }
    if let length = film.movieID?.description.utf8.count, length > SourceID.maximumLength {
      throw .longID(.movie, length)
    }
    return film
  }

  /// "Drama, Crime" as a list.
  private static func list(_ text: String) -> [String] {
    text.split { $0 == "," || $0 == "|" }.map { Text.trimmed(String($0)) }.filter { !$0.isEmpty }
  }

  /// Ends the account of a file of entries, with what only the whole file shows.
  mutating func end(_ reading: EntryReading, _ file: OpenFile, endsWithLineEnd: Bool) throws {
    var table = reading.table
    if let profile = reading.profile, !reading.profiles.isEmpty {
      guard reading.profiles.contains(profile) || reading.profiles.count == 1 else {
        throw IngestError.noProfile(path: file.path, name: profile, profiles: reading.profiles.sorted())
      }
      account.user = profile
    }
    if reading.profiles.count == 1, reading.profile == nil { account.user = reading.profiles.first }
    for (row, time) in times.finished() { table.setTime(time, ofRow: row) }
    if let unit = times.unit(of: table.rows.lazy.map(\.time)) {
      if unit != .order { table.changeTimes { $0 == 0 ? 0 : unit.time($0) } }
      report.remarks.append("\(account.path): the times are taken for \(unit.words)")
    }
    if table.isOfMany, let declared {
      widen(declared.scale(of: table.rows.map(\.rating)[...]))
      let removed = table.settle(declared)
      account.unrated += removed.count
      times.forget(removed.withoutTime)
    } else {
      let zeros = table.removeZeros()
      account.unrated += zeros.count
      times.forget(zeros.withoutTime)
    }
    closeAccount(rows: table.rows.count, endsWithLineEnd: endsWithLineEnd)
    entries.append(table)
  }
}
