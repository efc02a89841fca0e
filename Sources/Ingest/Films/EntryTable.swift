import Ratings

/// Ratings of films that a file names by another catalogue's ids or by titles; they are placed when the catalogue is complete.
struct EntryTable {
  struct Row {
    var user: Int32
    var film: Int32
    var rating: Float
    var time: UInt32
    /// The maximum of the rating, if its line has it.
    var best: Float?
  }

  /// The index of the file in the report.
  let file: Int
  /// Whether there are several users, on a scale that is used as it is.
  let isOfMany: Bool
  /// The maximum rating; nil if it follows from the data set's own scale or the column.
  let best: Float?
  private(set) var films: [ExportedFilm] = []
  private(set) var rows: [Row] = []
  private var places: [String: Int32] = [:]

  init(file: Int, isOfMany: Bool, best: Float?) {
    (self.file, self.isOfMany, self.best) = (file, isOfMany, best)
  }

  mutating func add(_ film: ExportedFilm, user: Int32, rating: Float, best: Float?, time: UInt32) {
    let key = [
      film.title, film.originalTitle, "\(film.year ?? 0)", film.imdbID ?? "", "\(film.tmdbID ?? 0)",
      film.movieID?.description ?? "",
    ].joined(separator: "\n")
    let place = places[key] ?? Int32(films.count)
    if Int(place) == films.count {
      films.append(film)
      places[key] = place
    }
    rows.append(Row(user: user, film: place, rating: rating, time: time, best: best))
  }

  mutating func setTime(_ time: UInt32, ofRow row: Int) { rows[row].time = time }

  mutating func changeTimes(_ change: (UInt32) -> UInt32) {
    for row in rows.indices { rows[row].time = change(rows[row].time) }
  }

  /// Removes the ratings of 0, if they are more than half and the scale begins above 0.
  ///
  /// - Returns: how many there were, and how many of them had no time.
  mutating func removeZeros() -> (count: Int, withoutTime: Int) {
    let zeros = rows.filter { $0.rating == 0 }
    let lowest = rows.lazy.filter { $0.rating != 0 }.map(\.rating).min() ?? 0
    guard zeros.count * 2 > rows.count, lowest >= 0.5 else { return (0, 0) }
    rows.removeAll { $0.rating == 0 }
    return (zeros.count, zeros.count { $0.time == 0 })
  }

  /// Converts values to ratings as the owner declared.
  ///
  /// - Returns: how many meant “not rated”, and how many of them had no time.
  mutating func settle(_ declared: DeclaredScale) -> (count: Int, withoutTime: Int) {
    if declared.isPlain { return (0, 0) }
    let hasMinus = rows.contains { $0.rating < 0 }
    let none = rows.filter { declared.rating(of: $0.rating, hasMinus: hasMinus) == nil }
    rows = rows.compactMap { row in
      declared.rating(of: row.rating, hasMinus: hasMinus).map { rating in
        var row = row
        row.rating = rating
        return row
      }
    }
    return (none.count, none.count { $0.time == 0 })
  }

  /// The maximum of the ratings, on a site with this scale.
  func best(on scale: RatingScale) -> Float {
    best ?? scale.best(of: rows.lazy.filter { $0.best == nil }.map(\.rating))
  }
}
