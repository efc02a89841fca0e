/// The names of a table's columns, and what they mean.
struct Header: Equatable {
  /// As in the file.
  let texts: [String]
  /// Normalized for comparison.
  let names: [String]
  private let places: [Meaning: Int]

  init(_ texts: [String]) {
    self.texts = texts
    let names = texts.map { FormatKnowledge.normalized(String(Self.withoutType($0))) }
    self.names = names
    var places: [Meaning: Int] = [:]
    for meaning in Meaning.allCases {
      places[meaning] = Self.index(of: FormatKnowledge.aliases(meaning), in: names)
    }
    let rule = FormatKnowledge.known.nameMeans
    if let place = Self.index(of: rule.columns, in: names) {
      let isBeside = rule.beside.contains { Meaning(rawValue: $0).map { places[$0] != nil } ?? false }
      if let meaning = Meaning(rawValue: isBeside ? rule.then : rule.otherwise), places[meaning] == nil {
        places[meaning] = place
      }
    }
    let notTitles = FormatKnowledge.known.notTitles
    if places[.user] != nil, Self.index(of: notTitles.beside, in: names) != nil,
      let title = places[.title], notTitles.columns.contains(names[title])
    {
      places[.title] = nil
    }
    self.places = places
  }

  /// The index of the most specific column of that meaning.
  subscript(_ meaning: Meaning) -> Int? { places[meaning] }

  /// The index of the first of `names` that occurs.
  func index(of names: [String]) -> Int? { Self.index(of: names, in: self.names) }

  private static func index(of aliases: [String], in names: [String]) -> Int? {
    for alias in aliases {
      if let index = names.firstIndex(of: alias) { return index }
    }
    return nil
  }

  /// RecBole writes the type of a column after its name: `user_id:token`.
  private static func withoutType(_ text: String) -> Substring {
    guard let colon = text.lastIndex(of: ":") else { return text[...] }
    let type = text[text.index(after: colon)...]
    return FormatKnowledge.known.typedNames.contains(String(type)) ? text[..<colon] : text[...]
  }

  /// Whether the names have types, as in RecBole.
  var isTyped: Bool { texts.contains { Self.withoutType($0).count < $0.count } }

  /// The number of columns with a meaning.
  var knownCount: Int { Set(places.values).count }

  /// The column of ratings, whatever their maximum.
  var rating: Int? {
    self[.rating10] ?? self[.rating100] ?? self[.rating] ?? self[.starValue] ?? self[.thumbs]
  }

  /// The fewest fields of a line with a film and a rating.
  var needed: Int { ([self[.title], self[.movie], self[.imdb], rating].compactMap { $0 }.max() ?? 0) + 1 }

  /// Whether films are identified, by an id or a title.
  var namesFilms: Bool { [.movie, .imdb, .tmdb, .title].contains { self[$0] != nil } }
}

/// A line of a table with named columns, or a JSON object.
struct Record {
  let header: Header
  let texts: [String]
  /// Columns whose text spans several lines.
  var multiline: Set<Int> = []

  private func text(_ place: Int?) -> String {
    guard let place, place < texts.count else { return "" }
    return texts[place] == "\\N" ? "" : texts[place]
  }

  /// The text in the column of that meaning; "" if there is none.
  subscript(_ meaning: Meaning) -> String { text(header[meaning]) }

  /// Whether the text in the column of that meaning spans several lines, as reviews do and titles never.
  func isMultiline(_ meaning: Meaning) -> Bool { header[meaning].map { multiline.contains($0) } ?? false }

  /// The text in the first of the columns called one of `names`; "" if there is none.
  subscript(_ names: [String]) -> String { text(header.index(of: names)) }

  subscript(_ name: String) -> String { self[[name]] }

  func require(_ count: Int) throws(LineFlaw) {
    if texts.count < count { throw .fields(found: texts.count, needed: count) }
  }
}
