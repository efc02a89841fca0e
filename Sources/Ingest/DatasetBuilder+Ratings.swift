import Ratings

extension DatasetBuilder {
  /// Reads a file with one rating a line, whose shape its format fixes.
  mutating func readRatings(_ file: OpenFile) throws {
    switch file.format {
    case .movieLens1M, .movieTweetings: try readRatings(file, .movieLensDat, behind: 0)
    case .movieLens100k: try readRatings(file, .movieLens100k, behind: 0)
    default:
      let shape = TableShape.ofFacts(file.firstLines.map(\.bytes), fixed: .tab)
      guard let header = shape?.header, let columns = Columns(header, separator: .tab) else {
        throw IngestError.missingColumns(
          path: file.path, line: 1, missing: ["user", "movie", "rating"], found: shape?.header?.texts ?? [])
      }
      try readRatings(file, columns, behind: file.firstLines[0].number)
    }
  }

  /// Reads a table of many people's ratings.
  mutating func readRatings(_ file: OpenFile, _ shape: TableShape) throws {
    guard let columns = shape.columns else { return }
    try readRatings(
      file, columns, behind: shape.headLines, facts: FilmFactsColumns(shape.header, columns, decimals: shape.decimals))
  }

  /// Field by field in bytes: no string is made for a good line.
  private mutating func readRatings(
    _ file: OpenFile, _ columns: Columns, behind head: Int, facts: FilmFactsColumns? = nil
  ) throws {
    let range = ratingRange(of: file.format)
    let isIMDb = file.format == .movieTweetings
    let isNotPlain = isIMDb || facts != nil || declared?.unrated.isEmpty == false
    let plain = isNotPlain ? nil : PlainRow(columns, ratings: range)
    var fields = Fields()
    let names = head > 0 ? file.firstLines.first { $0.number == head }?.bytes : nil
    /// Whether the names of the columns stand here once more, as where parts were put together.
    func isHead(_ line: Span<UInt8>) -> Bool { names.map { Bytes.areEqual(line, $0) } ?? false }
    let quotes = columns.separator.quotes
    let needed = columns.needed
    var reader = LineReader(file.stream)
    begin(file)
    var films = RatedFilms()
    try reader.forEachRecord(quotes: { quotes }) { line, number, flaw, isRetried in
      if number <= head { return true }
      account.lines += 1
      if let values = plain?.values(line) {
        if values.time == 0 { times.addMissing() }
        addRating(
          userNumber: values.user, movie: movies.index(of: values.movie), value: values.rating, time: values.time)
        return true
      }
      do throws(LineFlaw) {
        if let flaw { throw flaw }
        if isHead(line) {
          account.lines -= 1
          return true
        }
        fields.split(line, by: columns.separator, limit: facts == nil ? needed : .max)
        let movie = try readRating(line, fields, columns, range, isIMDb: isIMDb)
        if let facts, let movie, films.isNew(movie) {
          films.add(movie, facts.film(of: fields, in: line, id: movies.ids[Int(movie)]))
        }
        return true
      } catch {
        if isRetried {
          account.lines -= 1
        } else {
          addBadRating(error, file, line: number)
        }
        return false
      }
    }
    if facts != nil { ratedFilms[report.files.count] = films }
    end(file, endsWithLineEnd: reader.endsWithLineEnd)
  }

  /// - Returns: the film that is rated; nil where the line says that there is no rating.
  private mutating func readRating(
    _ line: Span<UInt8>, _ fields: Fields, _ columns: Columns, _ range: ClosedRange<Float>, isIMDb: Bool
  ) throws(LineFlaw) -> Int32? {
    if fields.count < columns.needed { throw .fields(found: fields.count, needed: columns.needed) }
    guard let value = try rating(line, fields, columns, range, unrated: declared?.unrated ?? []) else {
      account.unrated += 1
      return nil
    }
    let user = try users.index(of: fields[columns.user], in: line, column: .user, isDecimal: columns.hasDecimalUsers)
    let movie =
      if isIMDb, let number = Self.imdbNumber(line, fields[columns.movie].range) {
        movies.index(of: number)
      } else {
        try movies.index(of: fields[columns.movie], in: line, column: .movie, isDecimal: columns.hasDecimalMovies)
      }
    addRating(user: user, movie: movie, value: value, time: time(line, fields, columns))
    return movie
  }

  /// The number in an IMDb id between colons: zeros in front and "tt" do not count.
  private static func imdbNumber(_ line: Span<UInt8>, _ range: Range<Int>) -> Int64? {
    let hasPrefix = range.count > 2 && line[range.lowerBound] == 0x74 && line[range.lowerBound + 1] == 0x74
    return Bytes.digits(line, hasPrefix ? range.lowerBound + 2..<range.upperBound : range)
  }

  /// The rating of a line; nil where it says that there is none.
  @inline(__always)
  private mutating func rating(
    _ line: Span<UInt8>, _ fields: Fields, _ columns: Columns, _ range: ClosedRange<Float>, unrated: Set<Double>
  ) throws(LineFlaw) -> Float? {
    let field = fields[columns.rating].range
    guard let number = Bytes.decimal(line, field, decimalComma: true) ?? Self.decimal(withBlanks: line, field) else {
      let text = Text.decoded(field.map { line[$0] })
      if FormatKnowledge.known.isUnrated(text) { return nil }
      guard let written = WrittenRating(numberIn: text), let value = outOfOne(written), range.contains(value) else {
        throw .ratingNotANumber(Self.excerpt(line, field))
      }
      return value
    }
    if !unrated.isEmpty, unrated.contains(number) { return nil }
    let value = Float(number)
    if range.contains(value) {
      // Minus zero is no rating of its own.
      return value == 0 ? 0 : value
    }
    if value == 0 || FormatKnowledge.known.unrated.numbers.contains(number) { return nil }
    throw .ratingOutOfRange(Self.excerpt(line, field), range)
  }

  /// A rating in words as one out of what the first such rating of its file is out of; nil where it is beyond.
  mutating func outOfOne(_ written: WrittenRating) -> Float? {
    guard let best = written.best else { return written.value }
    if written.value > best { return nil }
    let common = writtenBest ?? best
    writtenBest = common
    return written.value * common / best
  }

  /// A number among blanks that only Unicode knows, as tables of web pages have them.
  private static func decimal(withBlanks line: Span<UInt8>, _ range: Range<Int>) -> Double? {
    guard range.contains(where: { line[$0] >= 0x80 }) else { return nil }
    let bytes = Array(Text.decoded(range.map { line[$0] }).utf8)
    return Bytes.decimal(bytes.span, bytes.indices, decimalComma: true)
  }

  private mutating func time(_ line: Span<UInt8>, _ fields: Fields, _ columns: Columns) -> UInt32 {
    switch columns.time {
    case .none:
      times.addMissing()
      return 0
    case .column(let column):
      return times.read(line, fields[column].range, row: rowCount)
    case .parts(let day, let month, let year, let hour, let minute, let second):
      func part(_ column: Int?) -> Int? {
        column.map { Bytes.digits(line, fields[$0].range).map(Int.init) } ?? 0
      }
      guard let day = part(day), let month = part(month), let year = part(year),
        let days = Bytes.daysSince1970(year: year, month: month, day: day),
        let hour = part(hour), let minute = part(minute), let second = part(second), hour < 25, minute < 61,
        second < 61, let time = UInt32(exactly: days * 86_400 + hour * 3_600 + minute * 60 + second)
      else {
        times.addUnreadable(Self.excerpt(line, 0..<line.count))
        return 0
      }
      return time
    }
  }

  /// The ratings that lines of a format may have.
  func ratingRange(of format: IngestFormat) -> ClosedRange<Float> { declared?.range ?? format.ratingRange }

  /// A field as a message shows it.
  static func excerpt(_ line: Span<UInt8>, _ range: Range<Int>) -> String {
    let shown = range.prefix(40)
    let text = Text.decoded(shown.map { line[$0] })
    return shown.count < range.count ? text + "…" : text
  }
}
