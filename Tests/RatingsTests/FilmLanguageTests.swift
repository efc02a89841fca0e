import Ratings
import Testing

@Suite struct `The language of a film` {
  @Test(
    arguments: [
      ("en", "en"), ("EN", "en"), ("English", "en"), ("English, French", "en"), (" Mandarin ", "zh"), ("cn", "zh"),
      ("français", nil), ("", nil), ("N/A", nil), ("Klingon", nil), (",", nil),
    ] as [(String, String?)])
  func `is a code, whatever the service calls it`(text: String, code: String?) {
    #expect(FilmLanguage.code(text) == code)
  }

  @Test func `has a name in English`() {
    #expect(FilmLanguage.name("ja") == "Japanese")
    #expect(FilmLanguage.code(FilmLanguage.name("pt")) == "pt")
  }
}
