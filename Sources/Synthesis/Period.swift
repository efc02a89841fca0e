import Platform

/// The period of a format's ratings.
package struct Period {
  /// Seconds since 1970.
  let start: Int
  /// Seconds since 1970, after the last rating.
  let end: Int
  let lastYear: Int

  /// MovieLens: from the winter of 1996 to the autumn of 2018.
  static let movieLens = Period(start: 822_873_600, end: 1_537_747_200, lastYear: 2018)
  /// Netflix: from November 1999 to the end of 2005.
  static let netflix = Period(start: 942_192_000, end: 1_136_073_600, lastYear: 2005)

  /// Seconds from 1970 to the start of a year.
  static func start(ofYear year: Int) -> Int { CivilDate(year: year, month: 1, day: 1).daysSince1970 * 86_400 }
}

extension SynthesisFormat {
  var period: Period { self == .movieLensCSV ? .movieLens : .netflix }
}
