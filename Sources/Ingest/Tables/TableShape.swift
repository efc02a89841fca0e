/// The layout of a table and the meaning of its columns, detected from its beginning.
struct TableShape {
  var separator: Separator
  /// The names of the columns; nil if the first line is already a rating.
  var header: Header?
  /// The number of the line that names the columns, or of the last one before the ratings; 0 where there is none.
  var headLines: Int
  /// Lines of text above the header.
  var banner: [String]
  /// Columns of whole numbers that are written as `1917.0`, as pandas does if one is missing.
  var decimals: Set<Int> = []
  /// The columns of a data set; nil for one person's table and for other tables.
  var columns: Columns?

  /// What a table of ratings can be.
  enum Kind: Equatable {
    /// Ratings by many people, films by the table's own ids.
    case community
    /// Ratings by many people, films by IMDb's or TMDb's ids or by titles.
    case communityOfTitles
    /// One person's.
    case personal
    /// A viewing history without ratings.
    case viewingHistory
  }

  /// Nil if it is not a table of ratings.
  var kind: Kind? {
    if columns != nil { return .community }
    guard let header else { return nil }
    if header.rating != nil, header.namesFilms {
      return header[.user] == nil ? .personal : .communityOfTitles
    }
    let history = FormatKnowledge.known.viewingHistory
    let isHistory = history.needs.allSatisfy { header.index(of: $0) != nil }
    return isHistory && header.names.count <= history.mostColumns ? .viewingHistory : nil
  }
}

extension TableShape {
  /// The most lines above the header that are skipped.
  static let mostBannerLines = 20

  /// The shape of the table that begins with `lines`, which are numbered and not blank.
  ///
  /// With `takesPairs` lines `movie,rating` need no header.
  ///
  /// - Throws: what the first line lacks.
  init(_ lines: [(number: Int, bytes: [UInt8])], takesPairs: Bool = false) throws(MissingColumns) {
    var lines = lines[...]
    var fixed: UInt8?
    // Excel's separator hint: "sep=;".
    if let first = lines.first, let byte = Self.separator(named: first.bytes) {
      fixed = byte
      lines = lines.dropFirst()
    }
    guard let first = lines.first else { throw MissingColumns(missing: [], found: []) }
    if let (place, header, separator) = Self.header(among: lines, fixed) {
      let line = lines[place]
      let rest = lines[lines.index(after: place)...].map(\.bytes)
      let separator = Self.quoting(separator, header: line.bytes, lines: rest)
      self.init(
        separator: separator, header: header, headLines: line.number,
        banner: lines[..<place].map { Text.decoded($0.bytes) }, columns: Columns(header, separator: separator))
      findDecimals(in: rest)
      markDecimalIDs()
      return
    }
    // Some data sets begin with comment lines.
    lines = lines.drop { Self.isComment($0.bytes) }
    guard let first = lines.first else { throw Self.missing([first.bytes], fixed) }
    if takesPairs, let (separator, header) = Self.pairs(lines.map(\.bytes), fixed) {
      self.init(separator: separator, header: header, headLines: first.number - 1, banner: [], columns: nil)
      findDecimals(in: lines.map(\.bytes))
      return
    }
    if let separator = Self.separatorOfNumbers(lines.map(\.bytes), fixed) {
      var fields = Fields()
      fields.split(first.bytes.span, by: separator)
      self.init(
        separator: separator, header: nil, headLines: first.number - 1, banner: [],
        columns: Columns(
          separator: separator, user: 0, movie: 1, rating: 2, time: fields.count > 3 ? .column(3) : .none))
      findDecimals(in: lines.map(\.bytes))
      markDecimalIDs()
      return
    }
    throw Self.missing(lines.map(\.bytes), fixed)
  }

  /// The separator in a first line "sep=;", quoted or not. A tab was trimmed as white space.
  private static func separator(named line: [UInt8]) -> UInt8? {
    var text = String(decoding: line, as: UTF8.self)
    if text.count > 1, text.hasPrefix("\""), text.hasSuffix("\"") { text = String(text.dropFirst().dropLast()) }
    guard text.lowercased().hasPrefix("sep=") else { return nil }
    let rest = Array(text.utf8.dropFirst(4))
    return rest.isEmpty || rest == Array("\\t".utf8) ? 0x09 : rest.count == 1 ? rest[0] : nil
  }

  /// The first line that is a header of ratings, its names, and their separator.
  private static func header(
    among lines: ArraySlice<(number: Int, bytes: [UInt8])>, _ fixed: UInt8?
  ) -> (place: Int, header: Header, separator: Separator)? {
    for place in lines.indices.prefix(mostBannerLines) {
      let bytes = withoutCommentMark(lines[place].bytes)
      let (separator, texts) = names(bytes.span, fixed)
      let header = Header(texts)
      let shape = TableShape(
        separator: separator, header: header, headLines: 0, banner: [], columns: Columns(header, separator: separator))
      if shape.kind != nil { return (place, header, separator) }
    }
    return nil
  }

  /// "# user item rating" is a header too.
  private static func withoutCommentMark(_ line: [UInt8]) -> [UInt8] {
    guard isComment(line) else { return line }
    return Array(line.dropFirst().drop { Bytes.isSpace($0) })
  }

  private static func isComment(_ line: [UInt8]) -> Bool {
    line.first == UInt8(ascii: "#") || line.first == UInt8(ascii: "%")
  }

  /// The fields of a first line, split by the separator that gives the most known columns, and then the most columns.
  static func names(_ line: Span<UInt8>, _ fixed: UInt8? = nil) -> (separator: Separator, names: [String]) {
    var best: (separator: Separator, names: [String]) = (.comma, [])
    var rank = (-1, -1)
    var fields = Fields()
    var separators = [0x2c, 0x3b, 0x09, 0x7c].map { Separator.byte($0, .doubled) } + [.doubleColon, .blanks]
    if let fixed { separators = [.byte(fixed, .doubled)] }
    for separator in separators {
      fields.split(line, by: separator)
      let texts = fields.texts(of: line)
      let known = Header(texts).knownCount
      // Names may contain spaces: they separate only if nothing else does.
      if separator == .blanks, best.names.count > 1 { continue }
      if (known, texts.count) > rank {
        rank = (known, texts.count)
        best = (separator, texts)
      }
    }
    return best
  }

  /// The separator of a table without a header: three or four numbers, user, movie, rating and optionally time.
  private static func separatorOfNumbers(_ lines: [[UInt8]], _ fixed: UInt8?) -> Separator? {
    var separators: [Separator] = [0x2c, 0x3b, 0x09, 0x7c].map { .byte($0, .doubled) } + [.blanks]
    if let fixed { separators = [.byte(fixed, .doubled)] }
    guard let first = lines.first else { return nil }
    var fields = Fields()
    return separators.first { separator in
      fields.split(first.span, by: separator)
      let texts = fields.texts(of: first.span)
      guard (3...4).contains(texts.count), texts.prefix(3).allSatisfy(isNumber) else { return false }
      return texts.count == 3 || isNumber(texts[3]) || FormatKnowledge.known.isNoTime(texts[3])
        || LocalDate(texts[3]) != nil || isTime(texts[3])
    }
  }

  /// The layout of a table about films, users or tags with a header.
  static func ofFacts(_ lines: [[UInt8]], fixed: Separator? = nil) -> TableShape? {
    guard let first = lines.first else { return nil }
    var shape = TableShape(separator: fixed ?? .comma, header: nil, headLines: 1, banner: [], columns: nil)
    if let fixed {
      var fields = Fields()
      fields.split(first.span, by: fixed)
      shape.header = Header(fields.texts(of: first.span))
    } else {
      let (separator, texts) = names(first.span)
      shape.separator = quoting(separator, header: first, lines: Array(lines.dropFirst()))
      shape.header = Header(texts)
    }
    shape.findDecimals(in: lines.dropFirst())
    return shape
  }

  /// Finds the columns of integers written with a fraction of zero.
  private mutating func findDecimals(in lines: some Sequence<[UInt8]>) {
    var fields = Fields()
    var whole: [Int: Bool] = [:]
    for line in lines {
      fields.split(line.span, by: separator)
      for index in 0..<fields.count where !fields[index].range.isEmpty {
        let isWhole = Bytes.isWholeWithFraction(line.span, fields[index].range)
        whole[index] = whole[index, default: true] && isWhole
      }
    }
    decimals = Set(whole.filter(\.value).keys)
  }

  private mutating func markDecimalIDs() {
    guard let columns else { return }
    self.columns?.hasDecimalUsers = decimals.contains(columns.user)
    self.columns?.hasDecimalMovies = decimals.contains(columns.movie)
  }

  static func isNumber(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return Bytes.decimal(bytes.span, bytes.indices, decimalComma: true) != nil
  }

  private static func isTime(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return Bytes.time(bytes.span, bytes.indices) != nil
  }

  /// Lines of a film and a number. Three numbers with a constant first one belong to a user.
  private static func pairs(_ lines: [[UInt8]], _ fixed: UInt8?) -> (Separator, Header)? {
    guard let first = lines.first else { return nil }
    let (separator, texts) = names(first.span, fixed)
    guard (2...3).contains(texts.count), !texts[0].isEmpty, isNumber(texts[1]) else { return nil }
    var fields = Fields()
    let firsts = Set(
      lines.map { line in
        fields.split(line.span, by: separator)
        return fields.text(0, of: line.span) ?? ""
      })
    if texts.count == 3, lines.count > 1, firsts.count == 1 { return nil }
    return (separator, Header(["movie", "rating"] + (texts.count == 3 ? ["timestamp"] : [])))
  }

  /// The quoting rule with this separator, judged by the first lines.
  private static func quoting(_ separator: Separator, header: [UInt8], lines: [[UInt8]]) -> Separator {
    guard case .byte(let byte, _) = separator else { return separator }
    var fields = Fields()
    /// Whether a field begins with a mark that does not open it.
    func isLoose(_ line: Span<UInt8>) -> Bool {
      (0..<fields.count).contains {
        !fields[$0].range.isEmpty && line[fields[$0].start] == 0x22 && fields[$0].escape == 0
      }
    }
    /// Consistent lines: as many fields as names, and no unmatched mark.
    func whole(_ quoting: Separator.Quoting) -> Int {
      fields.split(header.span, by: .byte(byte, quoting))
      let wanted = fields.count
      return lines.count { line in
        fields.split(line.span, by: .byte(byte, quoting))
        return fields.count == wanted && !isLoose(line.span)
      }
    }
    if lines.contains(where: { $0.contains([0x5c, 0x22]) }), whole(.escaped) > whole(.doubled) {
      return .byte(byte, .escaped)
    }
    // With tabs, marks belong to the text, unless the names are quoted or every field that begins with one also ends
    // with one.
    guard byte == 0x09 else {
      let isAnyLoose = lines.contains { line in
        fields.split(line.span, by: .byte(byte, .doubled))
        return isLoose(line.span)
      }
      return .byte(byte, isAnyLoose ? .loose : .doubled)
    }
    let names = header.split(separator: 0x09, omittingEmptySubsequences: false)
    if names.allSatisfy({ $0.count > 2 && $0.first == 0x22 && $0.last == 0x22 }) { return .byte(byte, .doubled) }
    var closed = 0
    for line in lines {
      for field in line.split(separator: 0x09, omittingEmptySubsequences: false) where field.first == 0x22 {
        guard field.count >= 2, field.last == 0x22 else { return .byte(byte, .none) }
        closed += 1
      }
    }
    return .byte(byte, closed > 0 ? .doubled : .none)
  }
}

extension Bytes {
  /// Whether a number is written as `1917.0`.
  static func isWholeWithFraction(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var end = range.upperBound
    while end > range.lowerBound, bytes[end - 1] == 0x30 { end -= 1 }
    guard end < range.upperBound, end > range.lowerBound, bytes[end - 1] == 0x2e else { return false }
    return digits(bytes, range.lowerBound..<end - 1) != nil
  }

  static func withoutFraction(_ text: String) -> String {
    let bytes = Array(text.utf8)
    let range = withoutFraction(bytes.span, bytes.indices)
    return range.count < bytes.count ? String(decoding: bytes[range], as: UTF8.self) : text
  }

  /// `1917.0` without its fraction.
  static func withoutFraction(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
    guard isWholeWithFraction(bytes, range) else { return range }
    var end = range.upperBound
    while bytes[end - 1] != 0x2e { end -= 1 }
    return range.lowerBound..<end - 1
  }
}
