import Ratings

extension DatasetBuilder {
  /// Reads a file with one rating a line. Field by field in bytes: no string is made for a good line.
  mutating func readRatings(_ file: OpenFile) throws {
    let range = file.format.ratingRange
    let isIMDb = file.format == .movieTweetings
    var columns: Columns? =
      switch file.format {
      case .movieLens1M, .movieTweetings: .movieLensDat
      case .movieLens100k: .movieLens100k
      default: nil
      }
    var plain = isIMDb ? nil : columns.flatMap { PlainRow($0, ratings: range) }
    var fields = Fields()
    var needed = columns?.needed ?? 0
    var reader = LineReader(file.stream)
    // A quotation mark opens a field only where the separator allows it.
    let isQuoted = columns == nil && file.format != .hetRec2011
    try reader.forEachLine(quoting: isQuoted ? { columns?.separator.quotingDelimiter ?? 0x2c } : nil) {
      line, number, flaw in
      if columns == nil, flaw == nil {
        let found = try Self.columns(firstLine: line, number, file)
        columns = found
        needed = found.needed
        plain = PlainRow(found, ratings: range)
        if found.hasHeader { return }
      }
      report.ratingLines += 1
      if let values = plain?.values(line) {
        addRating(
          userNumber: values.user, movie: movies.index(of: values.movie), value: values.rating, time: values.time)
        return
      }
      do throws(LineFlaw) {
        if let flaw { throw flaw }
        guard let columns else { return }
        fields.split(line, by: columns.separator, limit: needed)
        try readRating(line, fields, columns, range, isIMDb: isIMDb)
      } catch {
        report.addBadLine(error, file: file.path, line: number, isRating: true)
      }
    }
  }

  private static func columns(firstLine line: Span<UInt8>, _ number: Int, _ file: OpenFile) throws -> Columns {
    do throws(MissingColumns) {
      return try Columns(firstLine: line)
    } catch {
      throw IngestError.missingColumns(path: file.path, line: number, missing: error.missing, found: error.found)
    }
  }

  private mutating func readRating(
    _ line: Span<UInt8>, _ fields: Fields, _ columns: Columns, _ range: ClosedRange<Float>, isIMDb: Bool
  ) throws(LineFlaw) {
    if fields.count < columns.needed { throw .fields(found: fields.count, needed: columns.needed) }
    let value = try Self.rating(line, fields, columns, range)
    let time = try Self.time(line, fields, columns)
    let user = try users.index(of: fields[columns.user], in: line, column: .user)
    let movie =
      if isIMDb, let number = Self.imdbNumber(line, fields[columns.movie].range) {
        movies.index(of: number)
      } else {
        try movies.index(of: fields[columns.movie], in: line, column: .movie)
      }
    addRating(user: user, movie: movie, value: value, time: time)
  }

  /// The number in an IMDb id between colons: zeros in front and "tt" do not count.
  private static func imdbNumber(_ line: Span<UInt8>, _ range: Range<Int>) -> Int64? {
    let hasPrefix = range.count > 2 && line[range.lowerBound] == 0x74 && line[range.lowerBound + 1] == 0x74
    return Bytes.digits(line, hasPrefix ? range.lowerBound + 2..<range.upperBound : range)
  }

  @inline(__always)
  private static func rating(
    _ line: Span<UInt8>, _ fields: Fields, _ columns: Columns, _ range: ClosedRange<Float>
  ) throws(LineFlaw) -> Float {
    let field = fields[columns.rating].range
    let decimalComma = columns.separator.quotingDelimiter.map { $0 != 0x2c } ?? false
    guard let number = Bytes.decimal(line, field, decimalComma: decimalComma) else {
      throw .ratingNotANumber(excerpt(line, field))
    }
    let value = Float(number)
    // Minus zero is no rating of its own.
    guard range.contains(value) else { throw .ratingOutOfRange(excerpt(line, field), range) }
    return value == 0 ? 0 : value
  }

  @inline(__always)
  private static func time(_ line: Span<UInt8>, _ fields: Fields, _ columns: Columns) throws(LineFlaw) -> UInt32 {
    switch columns.time {
    case .none: return 0
    case .column(let column):
      let field = fields[column].range
      guard let time = Bytes.time(line, field) else { throw .badTime(excerpt(line, field)) }
      return time
    case .parts(let day, let month, let year, let hour, let minute, let second):
      func part(_ column: Int?) -> Int? {
        column.map { Bytes.digits(line, fields[$0].range).map(Int.init) } ?? 0
      }
      guard let day = part(day), let month = part(month), let year = part(year),
        let days = Bytes.daysSince1970(year: year, month: month, day: day),
        let hour = part(hour), let minute = part(minute), let second = part(second), hour < 25, minute < 61,
        second < 61, let time = UInt32(exactly: days * 86_400 + hour * 3_600 + minute * 60 + second)
      else { throw .badTime(excerpt(line, fields[day].range.lowerBound..<line.count)) }
      return time
    }
  }

  /// A field as a message shows it.
  static func excerpt(_ line: Span<UInt8>, _ range: Range<Int>) -> String {
    let shown = range.prefix(40)
    let text = Text.decoded(shown.map { line[$0] })
    return shown.count < range.count ? text + "…" : text
  }
}
