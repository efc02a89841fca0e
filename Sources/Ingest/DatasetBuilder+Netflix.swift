import Ratings

extension DatasetBuilder {
  /// Reads `combined_data_1.txt` or `mv_0000001.txt`: a line `MovieID:`, then lines `user,rating,date` of that movie.
  mutating func readNetflixRatings(_ file: OpenFile) throws {
    let range = ratingRange(of: file.format)
    let plain = PlainRow([.user, .rating, .time], separator: 0x2c, ratings: range)
    var movie: Int32?
    var fields = Fields()
    var reader = LineReader(file.stream)
    begin(file)
    try reader.forEachLine { line, number, flaw in
      if let movie, let values = plain.values(line) {
        account.lines += 1
        addRating(userNumber: values.user, movie: movie, value: values.rating, time: values.time)
        return
      }
      if flaw == nil, let id = Self.header(line) {
        movie = movies.index(of: id)
        return
      }
      account.lines += 1
      do throws(LineFlaw) {
        if let flaw { throw flaw }
        // Ratings after an unreadable header must not go to the previous movie.
        if line[line.count - 1] == 0x3a {
          movie = nil
          throw .idNotANumber(.movie, Self.excerpt(line, 0..<(line.count - 1)))
        }
        guard let movie else { throw .noMovieHeader }
        fields.split(line, by: Self.plainComma, limit: 3)
        guard fields.count == 3 else { throw .fields(found: fields.count, needed: 3) }
        let ratingField = fields[1].range
        guard let rating = Bytes.decimal(line, ratingField) else {
          throw .ratingNotANumber(Self.excerpt(line, ratingField))
        }
        guard range.contains(Float(rating)) else {
          throw .ratingOutOfRange(Self.excerpt(line, ratingField), range)
        }
        let user = try users.index(of: fields[0], in: line, column: .user)
        let time = times.read(line, fields[2].range, row: rowCount)
        addRating(user: user, movie: movie, value: Float(rating), time: time)
      } catch {
        addBadRating(error, file, line: number)
      }
    }
    end(file, endsWithLineEnd: true)
  }

  private static let plainComma = Separator.byte(0x2c, .none)

  /// The number in a line `MovieID:`.
  private static func header(_ line: Span<UInt8>) -> Int64? {
    let range = Bytes.trimmed(line, 0..<line.count)
    guard let last = range.last, line[last] == 0x3a else { return nil }
    return Bytes.digits(line, range.lowerBound..<last)
  }

  /// Reads `movie_titles`: `id,year,title` where the year may be NULL and everything after it is the title, commas
  /// included.
  mutating func readNetflixTitles(_ file: OpenFile) throws {
    var fields = Fields()
    var reader = LineReader(file.stream)
    try reader.forEachLine { line, number, flaw in
      do throws(LineFlaw) {
        if let flaw { throw flaw }
        fields.split(line, by: Self.plainComma, limit: 2)
        guard fields.count == 2 else { throw .fields(found: fields.count, needed: 3) }
        let movie = try movies.index(of: fields[0], in: line, column: .movie)
        var start = 0
        for _ in 0..<2 {
          while start < line.count, line[start] != 0x2c { start += 1 }
          start += 1
        }
        let title = start < line.count ? Text.decoded((start..<line.count).map { line[$0] }) : ""
        let year = Bytes.digits(line, fields[1].range).map(Int.init)
        try listMovie(movie, verbatim: title, year: year)
      } catch {
        report.addBadLine(error, file: file.path, line: number)
      }
    }
  }

  /// Reads `probe.txt`: a line `MovieID:`, then users; their ratings are in the training set.
  mutating func readProbe(_ file: OpenFile) throws {
    try forEachPair(file) { builder, movie, line, fields throws(LineFlaw) in
      guard let user = Bytes.digits(line, fields[0].range) else {
        throw .idNotANumber(.user, Self.excerpt(line, fields[0].range))
      }
      builder.probe.append((user, movie))
    }
  }

  /// Counts the pairs of `qualifying.txt`, whose ratings were never published.
  mutating func readQualifying(_ file: OpenFile) throws {
    var count = 0
    try forEachPair(file) { _, _, _, _ in count += 1 }
    report.addSkipped("pairs without ratings in \(file.path)", count: count)
  }

  private mutating func forEachPair(
    _ file: OpenFile,
    _ body: (inout DatasetBuilder, _ movie: Int64, Span<UInt8>, Fields) throws(LineFlaw) -> Void
  ) throws {
    var movie: Int64?
    try forEachRow(file, Self.plainComma) { builder, line, fields throws(LineFlaw) in
      if let id = Self.header(line) {
        movie = id
        return
      }
      guard let movie else { throw .noMovieHeader }
      try body(&builder, movie, line, fields)
    }
  }
}
