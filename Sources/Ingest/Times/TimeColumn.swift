/// The times of one file's ratings: what each text says by itself, and what only the whole column shows.
struct TimeColumn {
  /// Texts that are different times depending on the order of day and month.
  private var waiting: [(row: Int, dayFirst: UInt32, monthFirst: UInt32, customary: LocalDate.Order?)] = []
  /// Dates with a part above twelve, which show the order.
  private var shown = (dayFirst: 0, monthFirst: 0)
  private var hasDayFractions = false
  private(set) var missing = 0
  private(set) var unreadable = 0
  /// The first text that could not be read.
  private(set) var firstUnreadable: String?

  /// The time of row number `row`, 0 for now if it is unknown.
  mutating func read(_ line: Span<UInt8>, _ range: Range<Int>, row: Int) -> UInt32 {
    if let time = Bytes.time(line, range) {
      if time == 0 { missing += 1 }
      if time > 0, SpreadsheetDay.range.contains(time), let days = Bytes.decimal(line, range, decimalComma: true),
        days != Double(time)
      {
        hasDayFractions = true
        return SpreadsheetDay.time(days) ?? 0
      }
      return time
    }
    return read(other: Text.decoded(range.map { line[$0] }), row: row)
  }

  mutating func read(_ text: String, row: Int) -> UInt32 {
    let bytes = Array(text.utf8)
    return read(bytes.span, bytes.indices, row: row)
  }

  private mutating func read(other text: String, row: Int) -> UInt32 {
    if FormatKnowledge.known.isNoTime(text) {
      missing += 1
      return 0
    }
    guard let date = LocalDate(text) else {
      addUnreadable(text)
      return 0
    }
    if let time = date.certain {
      if date.monthFirst == nil { shown.dayFirst += 1 }
      if date.dayFirst == nil { shown.monthFirst += 1 }
      return time
    }
    if let dayFirst = date.dayFirst, let monthFirst = date.monthFirst {
      waiting.append((row, dayFirst, monthFirst, date.customary))
      if firstUnreadable == nil { firstUnreadable = text }
    }
    return 0
  }

  mutating func addUnreadable(_ text: String) {
    if unreadable == 0 { firstUnreadable = text }
    unreadable += 1
  }

  /// A rating without a time column.
  mutating func addMissing() { missing += 1 }

  /// This many ratings without a time turned out not to be ratings.
  mutating func forget(_ count: Int) {
    let known = min(missing, count)
    missing -= known
    unreadable -= min(unreadable, count - known)
  }

  /// The rows whose time the whole column determines. Otherwise they stay without.
  mutating func finished() -> [(row: Int, time: UInt32)] {
    let order: LocalDate.Order? =
      switch (shown.dayFirst > 0, shown.monthFirst > 0) {
      case (true, false): .dayFirst
      case (false, true): .monthFirst
      case (true, true): nil
      case (false, false): waiting.first?.customary
      }
    defer { waiting = [] }
    guard let order else {
      unreadable += waiting.count
      return []
    }
    return waiting.map { ($0.row, order == .dayFirst ? $0.dayFirst : $0.monthFirst) }
  }

  /// The unit of a column's numbers; nil for seconds.
  func unit(of times: some Sequence<UInt32>) -> TimeUnit? { TimeUnit(of: times, hasDayFractions: hasDayFractions) }
}

/// The meaning of numbers that are too small for seconds since 1970.
enum TimeUnit {
  /// `2018`
  case years
  /// `20181229`
  case compactDates
  /// Days since 1899-12-30, as spreadsheets count.
  case spreadsheetDays
  /// Other numbers: the order of lines, or days since an unknown start.
  case order

  /// Nil if they are seconds. Complexity: O(1) if the first is a recent time.
  init?(of times: some Sequence<UInt32>, hasDayFractions: Bool) {
    var lowest = UInt32.max
    var highest: UInt32 = 0
    for time in times where time > 0 {
      if !hasDayFractions, time > 21_001_231 { return nil }
      lowest = min(lowest, time)
      highest = max(highest, time)
    }
    guard highest > 0 else { return nil }
    if hasDayFractions || SpreadsheetDay.range.contains(lowest) && SpreadsheetDay.range.contains(highest) {
      self = .spreadsheetDays
    } else if lowest >= 1_870, highest <= 2_105 {
      self = .years
    } else if lowest >= 19_700_101, highest <= 21_001_231 {
      self = .compactDates
    } else {
      // As seconds since 1970 they would all be of that year.
      self = .order
    }
  }

  /// Seconds since 1970; 0 if a number is not such a time.
  func time(_ number: UInt32) -> UInt32 {
    let value = Int(number)
    let day: Int? =
      switch self {
      case .years: Bytes.daysSince1970(year: value, month: 1, day: 1)
      case .compactDates: Bytes.daysSince1970(year: value / 10_000, month: value / 100 % 100, day: value % 100)
      case .order: value / 86_400
      case .spreadsheetDays:
        SpreadsheetDay.range.contains(number) ? value - SpreadsheetDay.of1970 : nil
      }
    guard let day else { return self == .spreadsheetDays ? number : 0 }
    return UInt32(exactly: day * 86_400) ?? 0
  }
}

/// Days as spreadsheets count them.
enum SpreadsheetDay {
  static let of1970 = 25_569
  /// From 1970 to 2105.
  static let range: ClosedRange<UInt32> = 25_570...75_000

  static func time(_ days: Double) -> UInt32? {
    UInt32(exactly: ((days - Double(of1970)) * 86_400).rounded())
  }
}
