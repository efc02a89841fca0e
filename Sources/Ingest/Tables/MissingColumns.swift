/// A first line without columns for user, movie and rating.
struct MissingColumns: Error {
  let missing: [String]
  let found: [String]
  /// Whether the line looks like a rating rather than names.
  var isData = false
  /// The kind of the table.
  var content: ForeignContent?
}

extension TableShape {
  /// The missing columns, and the kind of the table.
  static func missing(_ lines: [[UInt8]], _ fixed: UInt8?) -> MissingColumns {
    let line = lines[0]
    let (separator, texts) = names(line.span, fixed)
    let header = Header(texts)
    var missing: [String] = []
    if header[.user] == nil, header.rating == nil || !header.namesFilms { missing.append("user") }
    if !header.namesFilms { missing.append("movie") }
    if header.rating == nil { missing.append("rating") }
    let found = texts.prefix(12).map { String($0.prefix(40)) }
    let isData = header.knownCount == 0 && texts.count >= 3 && texts.dropFirst().contains(where: isNumber)
    var result = MissingColumns(missing: missing, found: found, isData: isData)
    if isWide(header, lines, separator) {
      result.content = .wideTable
    } else if lines.prefix(mostBannerLines).contains(where: { isFilmList(Header(names($0.span, fixed).names)) }) {
      result.content = .filmList
    }
    return result
  }

  /// Whether the names are those of a list or a watchlist from a film site.
  private static func isFilmList(_ header: Header) -> Bool {
    header.rating == nil && header[.title] != nil && header[.user] == nil
      && header.index(of: ["letterboxduri", "const", "position", "listedat"]) != nil
  }

  /// Whether each line has the ratings of one person: many unknown columns with numbers or nothing in them.
  private static func isWide(_ header: Header, _ lines: [[UInt8]], _ separator: Separator) -> Bool {
    guard header.rating == nil, header.texts.count >= 5, header.knownCount <= 1, lines.count > 1 else { return false }
    var fields = Fields()
    return lines.dropFirst().prefix(20).allSatisfy { line in
      fields.split(line.span, by: separator)
      let cells = fields.texts(of: line.span).dropFirst()
      return cells.count + 1 >= header.texts.count - 1
        && cells.allSatisfy { isNumber($0) || FormatKnowledge.known.isUnrated($0) }
    }
  }
}
