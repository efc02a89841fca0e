import Platform

/// Dates as HTTP writes them (RFC 9110, section 5.6.7): "Sun, 06 Nov 1994 08:49:37 GMT".
package enum HTTPDate {
  package static func text(secondsSince1970 seconds: Int) -> String {
    let (date, rest) = CivilDate.split(secondsSince1970: seconds)
    // 1 January 1970 was a Thursday.
    let weekday = weekdays[((date.daysSince1970 + 4) % 7 + 7) % 7]
    let time = [rest / 3600, rest / 60 % 60, rest % 60].map(CivilDate.two).joined(separator: ":")
    return "\(weekday), \(CivilDate.two(date.day)) \(months[date.month - 1]) \(date.year) \(time) GMT"
  }

  private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}
