import Ratings
import Testing

struct TitleWordsTests {
  @Test(arguments: [
    ("The Matrix", "matrix"), ("Amélie", "amelie"), ("Rocky II", "rocky 2"), ("X", "x"),
    ("Fast & Furious", "fast and furious"),
    ("Schindler's List", "schindlers list"), ("Schindler’s List", "schindlers list"), ("8½", "8½"),
    ("Сталкер", "сталкер"),
    ("Æon Flux", "aeon flux"), ("The", "the"), ("E.T. the Extra-Terrestrial", "e t the extra terrestrial"), ("", ""),
    ("I, Robot", "i robot"), ("& II", "and 2"), ("II & II", "ii and 2"), ("Rocky VIII VIIII", "rocky 8 viiii"),
    ("-- '", ""), ("Straße", "strasse"), ("千と千尋の神隠し", "千と千尋の神隠し"),
  ])
  func `titles that people spell differently have one key`(title: String, key: String) {
    #expect(TitleWords.key(of: title) == key)
  }

  @Test func `a letter with its accent apart is folded too`() {
    #expect(TitleWords.words(of: "Ame\u{301}lie") == ["amelie"])
    // Korean in letters instead of syllables, and か with its mark, as the Finder writes names.
    #expect(TitleWords.words(of: "\u{1100}\u{1175}\u{1109}\u{1162}\u{11BC}\u{110E}\u{116E}\u{11BC}") == ["기생충"])
    #expect(TitleWords.words(of: "か\u{3099}んばれ") == ["がんばれ"])
  }
}
