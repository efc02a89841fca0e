/// A calendar day.
package struct CalendarDay: Equatable, Sendable, CustomStringConvertible {
  package let year: Int
  package let month: Int
  package let day: Int

  /// Reads `2026-03-01` and `2026-3-1`, optionally followed by a time; nil for an invalid date.
  package init?(_ text: String) {
    let date = text.prefix { $0 != "T" && $0 != "t" && $0 != " " }
    let parts = date.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].utf8.count == 4,
      parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]), (1...12).contains(month)
    else { return nil }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard (1...lengths[month - 1]).contains(day) else { return nil }
    (self.year, self.month, self.day) = (year, month, day)
  }

  /// Such as 2026-03-01: sorts like the days.
  package var description: String {
    let digits = String(year)
    return String(repeating: "0", count: 4 - digits.utf8.count) + digits + (month < 10 ? "-0" : "-") + "\(month)"
      + (day < 10 ? "-0" : "-") + "\(day)"
  }
}
