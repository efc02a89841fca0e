extension IngestFormat {
  /// The format of a file of ratings, from its name (in lower case) and its first bytes; nil if it is not one.
  init?(ofRatings name: String, head: [UInt8], isBesideItems: Bool = false) {
    guard let format = Self.detect(name, Self.lines(head), isBesideItems: isBesideItems) else { return nil }
    self = format
  }

  private static func detect(_ name: String, _ lines: [[UInt8]], isBesideItems: Bool) -> IngestFormat? {
    guard let first = lines.first else { return nil }
    if first.last == 0x3a, Bytes.digits(first.span, 0..<(first.count - 1)) != nil { return .netflixPrize }
    if Self.netflixPrize.role(of: name) == .ratings { return .netflixPrize }
    if let format = betweenColons(lines) { return format }
    if JSONObjects.begin(Array(lines.prefix(2).joined(separator: [0x0a]))) { return json(name, lines) }
    if name.hasPrefix("user_ratedmovies") { return .hetRec2011 }
    if isPartOf100k(name), first.contains(0x09) { return .movieLens100k }
    guard let shape = try? TableShape(zip(1..., lines).map { ($0, $1) }), let kind = shape.kind else { return nil }
    if case .parts = shape.columns?.time { return .hetRec2011 }
    switch kind {
    case .viewingHistory: return nil
    case .personal, .communityOfTitles: return shape.header.flatMap { named($0, kind) }
    case .community: break
    }
    guard let header = shape.header, let columns = shape.columns else {
      let isTabbed = shape.separator.byte == 0x09 && shape.columns?.time == .column(3)
      return isTabbed && isBesideItems ? .movieLens100k : .csv
    }
    if header.isTyped { return .recBole }
    let isMovieLens =
      columns.separator == .comma && ["userid", "movieid", "rating", "timestamp"].starts(with: header.names)
    guard isMovieLens else { return .csv }
    let ratings = ratings(lines.dropFirst(), columns)
    if isThumbs(ratings) { return .csv }
    let foreign = ratings.filter { Self.csv.ratingRange.contains($0) && !Self.movieLensCSV.ratingRange.contains($0) }
    return isMany(foreign.count { $0 > 0 }, of: ratings.count) ? .csv : .movieLensCSV
  }

  /// Whether ratings are zeros and ones; more than a few suggest likes rather than missing ratings.
  private static func isThumbs(_ ratings: [Float]) -> Bool {
    ratings.count >= 10 && ratings.contains(0) && ratings.allSatisfy { $0 == 0 || $0 == 1 }
  }

  /// The service with these columns, or one person's table, or many people's.
  private static func named(_ header: Header, _ kind: TableShape.Kind) -> IngestFormat {
    guard kind == .personal else { return header.isTyped ? .recBole : .csv }
    return FormatKnowledge.known.service(of: header).flatMap { IngestFormat(rawValue: $0.name) } ?? .personal
  }

  private static func json(_ name: String, _ lines: [[UInt8]]) -> IngestFormat? {
    if isPage(name) { return .trakt }
    guard let header = JSONObjects.header(Array(lines.joined(separator: [0x0a]))), header.rating != nil,
      header.namesFilms
    else { return nil }
    return header[.user] != nil ? .jsonLines : named(header, .personal)
  }

  /// Whether too many lines match another format to be errors: more than one in a hundred.
  private static func isMany(_ count: Int, of all: Int) -> Bool { count * 100 > all }

  /// `u.data`, `u1.base`, `ua.test`: names that suffice, even if the first line is bad.
  private static func isPartOf100k(_ name: String) -> Bool {
    name == "u.data"
      || (name.hasPrefix("u") && name.utf8.count == 7 && (name.hasSuffix(".base") || name.hasSuffix(".test")))
  }

  /// MovieLens 1M and MovieTweetings look alike: the latter has ratings from 0 to 10 and IMDb's ids, which are longer
  /// than any id of MovieLens 1M and 10M or begin with zeros.
  private static func betweenColons(_ lines: [[UInt8]]) -> IngestFormat? {
    var fields = Fields()
    var seen = 0
    var ofMovieTweetings = 0
    for line in lines {
      fields.split(line.span, by: .doubleColon)
      guard (3...4).contains(fields.count), let rating = Bytes.decimal(line.span, fields[2].range) else { continue }
      seen += 1
      let movie = fields[1].range
      if rating > 5 || rating == 0 || movie.count > 5 || (movie.count > 1 && line[movie.lowerBound] == 0x30) {
        ofMovieTweetings += 1
      }
    }
    guard seen > 0 else { return nil }
    return isMany(ofMovieTweetings, of: seen) ? .movieTweetings : .movieLens1M
  }

  private static func ratings(_ lines: some Sequence<[UInt8]>, _ columns: Columns) -> [Float] {
    var fields = Fields()
    return lines.compactMap { line in
      fields.split(line.span, by: columns.separator)
      guard columns.rating < fields.count else { return nil }
      return Bytes.decimal(line.span, fields[columns.rating].range).map { Float($0) }
    }
  }

  /// The lines of a file's first bytes that are not blank; the last one, which may be incomplete, is left out if there are
  /// others. No lines if it is not text.
  static func lines(_ head: [UInt8]) -> [[UInt8]] {
    let form = TextForm(head: head)
    var bytes = form.isPlain ? head[...] : form.decoded(head)[...]
    if bytes.starts(with: [0xef, 0xbb, 0xbf]) { bytes = bytes.dropFirst(3) }
    // A text may contain a stray NUL; many of them, or one at the start, mean that it is not text.
    let zeros = bytes.count { $0 == 0 }
    if zeros * 100 > bytes.count || (zeros > 0 && bytes.prefix { $0 != 0x0a }.contains(0)) { return [] }
    var lines = bytes.split(separator: 0x0a).map { line in
      var line = Array(line)
      while let last = line.last, Bytes.isSpace(last) { line.removeLast() }
      return line
    }
    if lines.count > 1, head.count >= DataFile.headLength { lines.removeLast() }
    return lines.filter { !$0.isEmpty }
  }
}
