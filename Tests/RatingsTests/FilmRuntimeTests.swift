import Ratings
import Testing

@Suite struct `The length of a film` {
  @Test(
    arguments: [
      ("142", 142), ("142.0", 142), ("142 min", 142), ("2h 22m", 142), ("2 hrs 22 mins", 142), ("1h", 60),
      ("0", nil), ("99999", nil), ("9999", nil), ("1,440 min", nil), ("2:22", nil), ("-5", nil), ("N/A", nil),
      ("", nil),
      ("1h 30", 90), ("90 parsecs", nil), ("٩٠", nil),
    ] as [(String, Int?)])
  func `is minutes, however it is written`(text: String, minutes: Int?) {
    #expect(FilmRuntime.minutes(text) == minutes)
  }
}
