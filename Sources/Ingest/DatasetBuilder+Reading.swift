/// One file that is being read.
struct OpenFile {
  /// As people know it.
  let path: String
  let format: IngestFormat
  /// The lines of its beginning that are not blank, with their numbers.
  let firstLines: [(number: Int, bytes: [UInt8])]
  /// The text as UTF-8 or in a code of one byte a character, its lines ended by line feeds.
  let stream: ByteStream

  /// - Throws: what the stream throws.
  init(path: String, format: IngestFormat, stream: ByteStream) throws {
    self.path = path
    self.format = format
    let head = try stream.head(DataFile.headLength)
    let form = TextForm(head: head)
    self.stream = stream.behind(head).converted(from: form)
    firstLines = Self.lines(form.decoded(head), isWhole: head.count < DataFile.headLength)
  }

  private static func lines(_ text: [UInt8], isWhole: Bool) -> [(number: Int, bytes: [UInt8])] {
    var text = text[...]
    if text.starts(with: [0xef, 0xbb, 0xbf]) { text = text.dropFirst(3) }
    var lines = text.split(separator: 0x0a, omittingEmptySubsequences: false).enumerated().map { number, line in
      var line = Array(line)
      while let last = line.last, Bytes.isSpace(last) { line.removeLast() }
      return (number: number + 1, bytes: line)
    }
    if !isWhole, lines.count > 1 { lines.removeLast() }
    return lines.filter { !$0.bytes.isEmpty }
  }
}

extension DatasetBuilder {
  /// Reads a file of a data set.
  ///
  /// - Throws: `IngestError`; bad lines are counted instead.
  mutating func read(_ file: OpenFile, as role: FileRole, person: PersonName?) throws {
    switch (role, file.format) {
    case (.ratings, .netflixPrize): try readNetflixRatings(file)
    case (.ratings, let format):
      if format.isNamedTable { try readNamedRatings(file, person: person) } else { try readRatings(file) }
    case (.movies, .movieLens1M), (.movies, .movieTweetings): try readMovieDat(file)
    case (.movies, .movieLens100k): try readItems(file)
    case (.movies, .hetRec2011): try readHetRecMovies(file)
    case (.movies, .netflixPrize): try readNetflixTitles(file)
    case (.movies, _): try readMovieTable(file)
    case (.links, _): try readLinks(file)
    case (.metadata, _): try readMetadata(file)
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

  /// Reads ratings whose columns, or keys, are found by their names.
  private mutating func readNamedRatings(_ file: OpenFile, person: PersonName?) throws {
    if JSONObjects.begin(Array(file.firstLines.prefix(2).map(\.bytes).joined(separator: [0x0a]))) {
      try readJSON(file, person: person)
      return
    }
    let shape: TableShape
    do throws(MissingColumns) {
      shape = try TableShape(file.firstLines, takesPairs: takesPairs)
    } catch {
      throw IngestError.missingColumns(
        path: file.path, line: file.firstLines.first?.number ?? 1, missing: error.missing, found: error.found)
    }
    if !shape.banner.isEmpty {
      report.addSkipped("lines above the names of the columns in \(file.path)", count: shape.banner.count)
    }
    // What was asked for one service's ratings is one person's.
    if shape.kind == .community, !file.format.isService {
      try readRatings(file, shape)
    } else {
      try readEntries(file, shape, person: person)
    }
  }

  /// Calls `body` with the fields of each line of a file about movies or users; what it throws makes the line bad.
  mutating func forEachRow(
    _ file: OpenFile, _ separator: Separator,
    _ body: (inout DatasetBuilder, Span<UInt8>, Fields) throws(LineFlaw) -> Void
  ) throws {
    var fields = Fields()
    var reader = LineReader(file.stream)
    try reader.forEachLine { line, number, flaw in
      do throws(LineFlaw) {
        if let flaw { throw flaw }
        fields.split(line, by: separator)
        try body(&self, line, fields)
      } catch {
        report.addBadLine(error, file: file.path, line: number)
      }
    }
  }

  /// Calls `body` with the fields of each line of a table about films, users or tags, whose first line names its columns.
  mutating func forEachRecord(
    _ file: OpenFile, separator fixed: Separator? = nil, needs: [[String]],
    _ body: (inout DatasetBuilder, Record) throws(LineFlaw) -> Void
  ) throws {
    guard let shape = TableShape.ofFacts(file.firstLines.map(\.bytes), fixed: fixed), let header = shape.header else {
      return
    }
    let missing = needs.filter { header.index(of: $0) == nil }.compactMap(\.first)
    guard missing.isEmpty else {
      report.addBadLine(.columns(missing), file: file.path, line: file.firstLines[0].number)
      return
    }
    try forEachRecord(file, shape, header, behind: file.firstLines[0].number) {
      builder, record, number, flaw, isRetried in
      do throws(LineFlaw) {
        if let flaw { throw flaw }
        guard let record else { return true }
        try body(&builder, record)
        return true
      } catch {
        if !isRetried { builder.report.addBadLine(error, file: file.path, line: number) }
        return false
      }
    }
  }

  /// Calls `body` with each record behind line number `head` of a table, or with what makes it none; it says whether the
  /// record can be used, and counts none that comes again (`isRetried`).
  mutating func forEachRecord(
    _ file: OpenFile, _ shape: TableShape, _ header: Header, behind head: Int,
    _ body: (inout DatasetBuilder, Record?, _ number: Int, LineFlaw?, _ isRetried: Bool) -> Bool
  ) throws {
    var fields = Fields()
    var reader = LineReader(file.stream)
    try reader.forEachRecord(quotes: { shape.separator.quotes }) { line, number, flaw, isRetried in
      if number <= head { return true }
      if flaw != nil { return body(&self, nil, number, flaw, false) }
      fields.split(line, by: shape.separator)
      var texts = fields.texts(of: line)
      for column in shape.decimals where column < texts.count {
        texts[column] = Bytes.withoutFraction(texts[column])
      }
      let multiline = line.indices.contains { line[$0] == 0x0a } ? fields.multiline(line) : []
      return body(&self, Record(header: header, texts: texts, multiline: multiline), number, nil, isRetried)
    }
    endsWithLineEnd = reader.endsWithLineEnd
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

/// What HetRec writes where it knows nothing.
func known(_ text: String) -> String? { text.isEmpty || text == "\\N" ? nil : text }
