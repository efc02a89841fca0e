/// The meaning of the columns of a data set's ratings.
struct Columns: Equatable {
  /// The columns with the time of a rating.
  enum Time: Equatable {
    case none
    case column(Int)
    /// Columns of day, month, year, hour, minute and second, as in HetRec.
    case parts(day: Int, month: Int, year: Int, hour: Int?, minute: Int?, second: Int?)
  }

  var separator: Separator
  var user: Int
  var movie: Int
  var rating: Int
  var time: Time
  /// Whether ids are written as `1917.0`, as pandas does if one is missing.
  var hasDecimalUsers = false
  var hasDecimalMovies = false

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
  static let movieLensDat = Columns(separator: .doubleColon, user: 0, movie: 1, rating: 2, time: .column(3))
  static let movieLens100k = Columns(separator: .tab, user: 0, movie: 1, rating: 2, time: .column(3))

  /// The columns of a table of ratings by many people with its own film ids; nil if the header has no
  /// users, no such ids or no ratings.
  init?(_ header: Header, separator: Separator) {
    guard let user = header[.user], let movie = header[.movie], let rating = header.rating else { return nil }
    self.init(separator: separator, user: user, movie: movie, rating: rating, time: Time(header))
  }
}

extension Columns.Time {
  /// The time columns according to a header.
  init(_ header: Header) {
    if let column = header[.time] {
      self = .column(column)
      return
    }
    let column = { (name: String) in header.names.firstIndex(of: name) }
    if let day = column("dateday"), let month = column("datemonth"), let year = column("dateyear") {
      self = .parts(
        day: day, month: month, year: year, hour: column("datehour"), minute: column("dateminute"),
        second: column("datesecond"))
    } else {
      self = .none
    }
  }
}
