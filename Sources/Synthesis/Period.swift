/// The years in which the ratings of a format were given.
package struct Period {
  /// Seconds since 1970.
  let start: Int
  /// Seconds since 1970, behind the last rating.
  let end: Int
  let lastYear: Int

  /// MovieLens: from the winter of 1996 to the autumn of 2018.
  static let movieLens = Period(start: 822_873_600, end: 1_537_747_200, lastYear: 2018)
  /// Netflix: from November 1999 to the end of 2005.
  static let netflix = Period(start: 942_192_000, end: 1_136_073_600, lastYear: 2005)

  /// Seconds from 1970 to the start of a year.
  static func start(ofYear year: Int) -> Int { daysFrom1970(year: year, month: 1, day: 1) * 86_400 }

  /// Days from 1970 to a date of the Gregorian calendar (Howard Hinnant's days_from_civil).
  package static func daysFrom1970(year: Int, month: Int, day: Int) -> Int {
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// Year, month and day of a day since 1970 (civil_from_days).
  package static func date(daysFrom1970 days: Int) -> (year: Int, month: Int, day: Int) {
    let z = days + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted + (shifted < 10 ? 3 : -9)
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
  }
}

extension SynthesisFormat {
  var period: Period { self == .movieLensCSV ? .movieLens : .netflix }
}
