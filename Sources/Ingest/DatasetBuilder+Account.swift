import Ratings

extension DatasetBuilder {
  /// Begins the account of a file of ratings.
  mutating func begin(_ file: OpenFile, person: PersonName? = nil) {
    account = FileAccount(path: file.path, format: file.format)
    account.user = person?.name
    times = TimeColumn()
    writtenBest = nil
    rowSources.append((firstRow: rowCount, file: report.files.count))
  }

  mutating func addBadRating(_ flaw: LineFlaw, _ file: OpenFile, line: Int) {
    account.bad += 1
    report.addBadLine(flaw, file: file.path, line: line)
  }

  /// Ends the account of a file whose ratings are in the columns, with what only the whole file shows.
  mutating func end(_ file: OpenFile, endsWithLineEnd: Bool) {
    let first = rowSources.last?.firstRow ?? 0
    for (row, time) in times.finished() { setTime(time, ofRow: row) }
    convertTimes(from: first)
    if let declared {
      settle(declared, from: first)
    } else if file.format.ratingRange.lowerBound == 0, file.format != .movieTweetings {
      removeZeros(from: first)
    }
    closeAccount(rows: rowCount - first, endsWithLineEnd: endsWithLineEnd)
  }

  /// Closes the account of a file with this many good ratings.
  mutating func closeAccount(rows: Int, endsWithLineEnd: Bool) {
    account.dates.missing = times.missing
    account.dates.unreadable = times.unreadable
    account.dates.read = rows - times.missing - times.unreadable
    if times.unreadable > 0 {
      report.remarks.append(
        "\(account.path): \(counted(times.unreadable, "date")) could not be read (the first: '\(times.firstUnreadable ?? "")'); "
          + "the ratings are kept without one. Dates are read as 2021-03-09 12:30, 09.03.2021, 9 Mar 2021, 03/09/2021 where the "
          + "column shows which is the day, or as seconds since 1970")
    }
    if !endsWithLineEnd {
      report.remarks.append(
        "\(account.path): the last line has no line end (or the list none); if the file was cut short, fetch it again"
      )
    }
    report.files.append(account)
  }

  /// Converts years, compact dates or spreadsheet days to seconds.
  private mutating func convertTimes(from first: Int) {
    guard let unit = times.unit(of: times(from: first)) else { return }
    if unit != .order { changeTimes(from: first) { $0 == 0 ? 0 : unit.time($0) } }
    report.remarks.append("\(account.path): the times are taken for \(unit.words)")
  }

  /// Converts values to ratings as the owner declared.
  private mutating func settle(_ declared: DeclaredScale, from first: Int) {
    widen(declared.scale(of: values(from: first)))
    if declared.isPlain { return }
    let hasMinus = values(from: first).contains { $0 < 0 }
    let before = rowCount
    times.forget(removeRows(from: first) { declared.rating(of: $0, hasMinus: hasMinus) == nil })
    account.unrated += before - rowCount
    changeValues(from: first) { declared.rating(of: $0, hasMinus: hasMinus) ?? $0 }
  }

  /// If more than half of a column is 0 and the scale begins above 0, then 0 means “not rated”.
  private mutating func removeZeros(from first: Int) {
    var zeros = 0
    var lowest = Float.infinity
    var highest: Float = 0
    for value in values(from: first) {
      if value == 0 { zeros += 1 } else { lowest = min(lowest, value) }
      highest = max(highest, value)
    }
    // Only zeros and ones mean dislikes and likes.
    guard zeros > 0, lowest >= 0.5, lowest < .infinity, highest > 1 else { return }
    guard zeros * 2 > rowCount - first else {
      if lowest >= 1 {
        report.remarks.append(
          "\(account.path): \(counted(zeros, "rating")) \(zeros == 1 ? "is" : "are") 0 and counted as the lowest; where 0 says that "
            + "nobody rated, write “scale:” with minimum, maximum and “unrated: [0]” into site.yaml")
      }
      return
    }
    let times = removeRows(from: first) { $0 == 0 }
    account.unrated += zeros
    self.times.forget(times)
  }
}

extension TimeUnit {
  var words: String {
    switch self {
    case .years: "years"
    case .compactDates: "dates (20181229)"
    case .spreadsheetDays: "days of a spreadsheet (1 is 1899-12-31)"
    case .order: "an order and not for dates: as seconds since 1970 they would all be of that year"
    }
  }
}
