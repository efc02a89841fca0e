import Foundation
import Platform
import Testing

@Suite struct CivilDateTests {
  @Test func `days and dates undo each other`() {
    #expect(CivilDate(year: 1970, month: 1, day: 1).daysSince1970 == 0)
    #expect(CivilDate(year: 2000, month: 3, day: 1).daysSince1970 == 11_017)
    #expect(CivilDate(year: 2000, month: 2, day: 29).daysSince1970 == 11_016)
    for day in stride(from: -800_000, through: 800_000, by: 97) {
      #expect(CivilDate(daysSince1970: day).daysSince1970 == day)
    }
  }

  @Test func `dates are those of the calendar, before 1970 too`() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(identifier: "GMT"))
    // From 1600 on Foundation's calendar is Gregorian.
    for day in stride(from: -135_000, through: 200_000, by: 1_009) {
      let parts = calendar.dateComponents(
        [.year, .month, .day], from: Date(timeIntervalSince1970: Double(day) * 86_400))
      let date = CivilDate(daysSince1970: day)
      #expect(date.year == parts.year && date.month == parts.month && date.day == parts.day)
    }
  }

  @Test func `a moment has a day and seconds of it`() {
    #expect(CivilDate.split(secondsSince1970: -1) == (CivilDate(year: 1969, month: 12, day: 31), 86_399))
    #expect(CivilDate.split(secondsSince1970: 951_782_400) == (CivilDate(year: 2000, month: 2, day: 29), 0))
    #expect("\(CivilDate(daysSince1970: 10_126))" == "1997-09-22")
  }
}
