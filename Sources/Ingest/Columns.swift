/// Which column of a table holds what.
struct Columns: Equatable {
  /// Where the time of a rating stands.
  enum Time: Equatable {
    case none
    case column(Int)
    /// Columns of day, month, year, hour, minute and second, as HetRec has them.
    case parts(day: Int, month: Int, year: Int, hour: Int?, minute: Int?, second: Int?)
  }

  var separator: Separator
  var user: Int
  var movie: Int
  var rating: Int
  var time: Time
  /// Whether the first line names the columns.
  var hasHeader: Bool

  /// How many fields a line must have.
  var needed: Int {
    let last =
      switch time {
      case .none: 0
      case .column(let column): column
      case .parts(let day, let month, let year, let hour, let minute, let second):
        [day, month, year, hour ?? 0, minute ?? 0, second ?? 0].reduce(0, max)
      }
    return max(user, movie, rating, last) + 1
  }
}

extension Columns {
  static let movieLensDat = Columns(
    separator: .doubleColon, user: 0, movie: 1, rating: 2, time: .column(3), hasHeader: false)
  static let movieLens100k = Columns(separator: .tab, user: 0, movie: 1, rating: 2, time: .column(3), hasHeader: false)

  /// The names under which columns go, the surest first; letters in lower case, nothing but letters and digits.
  enum Alias {
    static let user = [
      "userid", "user", "uid", "username", "memberid", "member", "customerid", "customer", "custid", "reviewerid",
      "reviewer", "raterid", "rater",
    ]
    static let movie = [
      "movieid", "movie", "itemid", "item", "filmid", "film", "mid", "iid", "tconst", "imdbid", "imdb", "titleid",
      "productid", "tmdbid", "movietitle", "filmtitle", "title",
    ]
    static let rating = ["rating", "ratings", "stars", "star", "score", "value", "userrating", "yourrating", "vote"]
    static let time = [
      "timestamp", "time", "date", "unix", "unixtime", "unixtimestamp", "datetime", "ratedat", "daterated",
      "ratingdate", "ratingtimestamp", "createdat", "ts", "tstamp",
    ]
  }

  /// A column's name for comparison: case, spaces, underscores and marks do not count.
  static func normalized(_ name: String) -> String {
    String(name.lowercased().filter { $0.isLetter || $0.isNumber })
  }

  /// The place in `header` of the first of `aliases` that is there.
  static func index(of aliases: [String], in header: [String]) -> Int? {
    for alias in aliases {
      if let index = header.firstIndex(of: alias) { return index }
    }
    return nil
  }

  /// The fields of a first line, split by the separator that gives the most of them.
  static func header(_ line: Span<UInt8>) -> (separator: Separator, names: [String]) {
    var best: (separator: Separator, names: [String]) = (.comma, [])
    var fields = Fields()
    for byte: UInt8 in [0x2c, 0x3b, 0x09] {
      let separator = Separator.byte(byte, isQuoted: true)
      fields.split(line, by: separator)
      if fields.count > best.names.count { best = (separator, fields.texts(of: line)) }
    }
    return best
  }

  /// The columns that the first line of a table of ratings names, or, of a table without a header, the customary ones:
  /// three or four numbers are user, movie, rating and perhaps timestamp.
  ///
  /// - Throws: what is missing, and what was found instead.
  init(firstLine line: Span<UInt8>) throws(MissingColumns) {
    let (separator, texts) = Self.header(line)
    let names = texts.map(Self.normalized)
    let user = Self.index(of: Alias.user, in: names)
    let movie = Self.index(of: Alias.movie, in: names)
    let rating = Self.index(of: Alias.rating, in: names)
    if let user, let movie, let rating {
      let column = { (name: String) in names.firstIndex(of: name) }
      var time = Self.index(of: Alias.time, in: names).map(Time.column) ?? .none
      if time == .none, let day = column("dateday"), let month = column("datemonth"), let year = column("dateyear") {
        time = .parts(
          day: day, month: month, year: year, hour: column("datehour"), minute: column("dateminute"),
          second: column("datesecond"))
      }
      self.init(separator: separator, user: user, movie: movie, rating: rating, time: time, hasHeader: true)
      return
    }
    if (3...4).contains(texts.count), texts.allSatisfy(Self.isNumber) {
      self.init(
        separator: separator, user: 0, movie: 1, rating: 2, time: texts.count == 4 ? .column(3) : .none,
        hasHeader: false)
      return
    }
    let missing = [("user", user), ("movie", movie), ("rating", rating)].filter { $0.1 == nil }.map(\.0)
    throw MissingColumns(missing: missing, found: texts.prefix(12).map { String($0.prefix(40)) })
  }

  private static func isNumber(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return Bytes.decimal(bytes.span, bytes.indices, decimalComma: true) != nil
  }
}

/// A first line that does not say where user, movie and rating stand.
struct MissingColumns: Error {
  let missing: [String]
  let found: [String]
}
