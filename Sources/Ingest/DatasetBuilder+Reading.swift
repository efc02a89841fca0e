/// One file that is being read.
struct OpenFile {
  /// As people know it.
  let path: String
  let format: IngestFormat
  let stream: ByteStream
}

extension DatasetBuilder {
  /// Reads a file of a data set.
  ///
  /// - Throws: `IngestError`; bad lines are counted instead.
  mutating func read(_ file: OpenFile, as role: FileRole) throws {
    switch (role, file.format) {
    case (.ratings, .netflixPrize): try readNetflixRatings(file)
    case (.ratings, let format):
      if format.isPersonal { try readExport(file, user: exportUser) } else { try readRatings(file) }
    case (.movies, .movieLensCSV), (.movies, .csv): try readMovieTable(file)
    case (.movies, .movieLens1M), (.movies, .movieTweetings): try readMovieDat(file)
    case (.movies, .movieLens100k): try readItems(file)
    case (.movies, .hetRec2011): try readHetRecMovies(file)
    case (.movies, .netflixPrize): try readNetflixTitles(file)
    case (.movies, .letterboxd), (.movies, .imdb), (.movies, .trakt), (.movies, .netflixPersonal):
      preconditionFailure("a personal export is one file")
    case (.links, _): try readLinks(file)
    case (.tags, .hetRec2011): try readHetRecTags(file)
    case (.tags, .movieLens1M), (.tags, .movieTweetings): try readTagDat(file)
    case (.tags, _): try readTagTable(file)
    case (.users, .movieLens100k): try readUsersBetweenBars(file)
    case (.users, .movieLens1M), (.users, .movieTweetings): try readUserDat(file)
    case (.users, _): try readUserTable(file)
    case (.genreNames, _): try readGenreNames(file)
    case (.movieGenres, _): try readHetRecGenres(file)
    case (.movieDirectors, _): try readHetRecDirectors(file)
    case (.tagNames, _): try readHetRecTagNames(file)
    case (.probe, _): try readProbe(file)
    case (.qualifying, _): try readQualifying(file)
    }
  }

  /// Calls `body` with the fields of each line of a file about movies or users; what it throws makes the line bad.
  mutating func forEachRow(
    _ file: OpenFile, _ separator: Separator,
    _ body: (inout DatasetBuilder, Span<UInt8>, Fields) throws(LineFlaw) -> Void
  ) throws {
    var fields = Fields()
    var reader = LineReader(file.stream)
    try reader.forEachLine(quoting: { separator.quotingDelimiter }) { line, number, flaw in
      do throws(LineFlaw) {
        if let flaw { throw flaw }
        fields.split(line, by: separator)
        try body(&self, line, fields)
      } catch {
        report.addBadLine(error, file: file.path, line: number, isRating: false)
      }
    }
  }

  /// Calls `body` with the fields of each line of a table whose first line names its columns.
  ///
  /// `body` gets a look-up from the column names (any of them, normalized) to the field's text.
  mutating func forEachRecord(
    _ file: OpenFile, separator fixed: Separator? = nil, needs: [[String]], areRatings: Bool = false,
    _ body: (inout DatasetBuilder, Record) throws(LineFlaw) -> Void
  ) throws {
    var separator = fixed ?? .comma
    var header: [String] = []
    var isSkipped = false
    var fields = Fields()
    var reader = LineReader(file.stream)
    try reader.forEachLine(quoting: fixed == nil ? { separator.quotingDelimiter } : nil) { line, number, flaw in
      if isSkipped { return }
      do throws(LineFlaw) {
        if let flaw { throw flaw }
        guard !header.isEmpty else {
          if fixed == nil {
            separator = Columns.header(line).separator
          }
          fields.split(line, by: separator)
          header = fields.texts(of: line).map(Columns.normalized)
          let missing = needs.filter { Columns.index(of: $0, in: header) == nil }.compactMap(\.first)
          isSkipped = !missing.isEmpty
          if isSkipped { throw .columns(missing) }
          return
        }
        if areRatings { report.ratingLines += 1 }
        fields.split(line, by: separator)
        let texts = fields.texts(of: line)
        try body(&self, Record(header: header, texts: texts))
      } catch {
        report.addBadLine(error, file: file.path, line: number, isRating: areRatings)
      }
    }
  }

  /// The index of the user or movie called `text`, a new one if need be.
  mutating func index(ofUser text: String) throws(LineFlaw) -> Int32 { try Self.index(text, .user, &users) }

  mutating func index(ofMovie text: String, _ format: IngestFormat) throws(LineFlaw) -> Int32 {
    if format == .movieTweetings, let number = Self.imdbNumber(text) { return movies.index(of: number) }
    return try Self.index(text, .movie, &movies)
  }

  private static func index(
    _ text: String, _ column: LineFlaw.Column, _ table: inout IDTable
  ) throws(LineFlaw) -> Int32 {
    let bytes = Array(text.utf8)
    return try table.index(of: Fields.Field(start: 0, end: bytes.count), in: bytes.span, column: column)
  }

  /// The number in an IMDb id, with or without "tt" and leading zeros.
  private static func imdbNumber(_ text: String) -> Int64? {
    Text.imdbID(text).flatMap { Int64($0.dropFirst(2)) }
  }
}

/// A line of a table with named columns.
struct Record {
  let header: [String]
  let texts: [String]

  /// The text in the first of the columns called one of `names`; "" where there is none.
  subscript(_ names: [String]) -> String {
    guard let column = Columns.index(of: names, in: header), column < texts.count else { return "" }
    return texts[column]
  }

  subscript(_ name: String) -> String { self[[name]] }

  func require(_ count: Int) throws(LineFlaw) {
    if texts.count < count { throw .fields(found: texts.count, needed: count) }
  }
}

/// What HetRec writes where it knows nothing.
func known(_ text: String) -> String? { text.isEmpty || text == "\\N" ? nil : text }
