import Ratings
import Search
import Testing

struct SearchTests {
  @Test(arguments: [
    ("The Matrix", ["matrix", "the"]), ("Matrix, The", ["matrix", "the"]),
    ("Amélie & Françoise", ["amelie", "and", "francoise"]), ("Rocky II", ["2", "ii", "rocky"]),
    ("2 Fast", ["2", "fast", "ii"]), ("Spider-Man", ["man", "spider", "spiderman"]),
    ("WALL·E", ["e", "wall", "walle"]), ("Singin’ in the Rain", ["in", "rain", "singin", "the"]),
    ("ŁÓDŹ straße", ["lodz", "strasse"]), ("Æon ﬁlm", ["aeon", "film"]), ("Ελλάς", ["ελλασ"]),
    ("となりの", ["と", "とな", "な", "なり", "の", "り", "りの"]), ("???", ["???"]), ("", []), (": _", []),
    // Words of scripts without blanks are found by their parts, blanks or not.
    (
      "유리 바다",
      ["리", "리바", "바", "바다", "다", "유", "유리"].sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
    ),
    ("สาย", ["ย", "ส", "สา", "า", "าย"]), ("🐱 II!", ["2", "ii", "🐱"]), ("🐱", ["🐱"]),
    ("白い2", ["2", "い", "ii", "白", "白い"].sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }),
  ]) func `a title is found by its words, folded`(title: String, terms: [String]) {
    #expect(SearchWords.terms(of: title) == terms)
  }

  @Test func `ASCII is read by bytes as it is by letters`() {
    var random = CounterRandom(seed: 9)
    for _ in 0..<500 {
      let scalars = (0..<random.index(below: 24)).map { _ in UnicodeScalar(UInt8(random.index(below: 0x80))) }
      let text = String(String.UnicodeScalarView(scalars))
      // One letter beyond ASCII makes the whole text be read by letters.
      let both = SearchWords.words(of: text + " é")
      // Marks are words only where there is nothing else.
      #expect(both == SearchWords.words(of: text + " e"), "\(scalars)")
    }
  }

  /// Films with made-up titles; common words as in real ones.
  static func films(_ count: Int, ratings: (Int) -> Int = { 1 + 40_000 / ($0 + 3) }) -> [SearchIndex.Film] {
    let syllables = "ba be bo da de do ka ke ki la le lo ma me mi na ne no ra re ri sa se so ta te to va ve vi".split(
      separator: " ")
    var random = CounterRandom(seed: 5)
    func word() -> String {
      let rank = Int(1 / (random.uniform() + 0.00002))
      var own = CounterRandom(seed: UInt64(rank))
      return (0..<2 + own.index(below: 4)).map { _ in syllables[own.index(below: syllables.count)] }.joined()
    }
    return (0..<count).map { index in
      var words = (0..<1 + random.index(below: 4)).map { _ in word() }
      if random.uniform() < 0.3 { words.insert("the", at: 0) }
      let title = words.joined(separator: " ")
      return SearchIndex.Film(
        title: title, year: 1920 + index % 100, genres: ["Drama"], name: "\(index + 1)", number: index + 1,
        folder: "\(index + 1)-\(Slug.of(title))", ratings: ratings(index))
    }
  }

  static func files(_ films: [SearchIndex.Film]) -> [String: [UInt8]] {
    let index = SearchIndex(films, genres: [SearchIndex.Genre(name: "Drama", label: "Drama")], page: "")
    return Dictionary(index.files().map { ($0.path, $0.bytes) }) { _, _ in
      Issue.record("a file twice")
      return []
    }
  }

  @Test func `a small catalogue is one file, a large one many small ones`() {
    #expect(Set(Self.files(Self.films(300)).keys) == ["search/index.json"])
    let files = Self.files(Self.films(SearchIndex.longestList + 1000))
    #expect(files.count > 20)
    for (path, bytes) in files {
      #expect(bytes.count < 40_000, "\(path)")
      #expect(path.utf8.allSatisfy { $0 < 0x80 })
    }
  }

  @Test func `one rating more changes few files`() {
    let before = Self.files(Self.films(5000))
    let after = Self.files(Self.films(5000) { 1 + 40_000 / ($0 + 3) + ($0 == 40 ? 1 : 0) })
    #expect(before == after)
    // Where a film does rise to the next step, only the files of its own words follow.
    let risen = Self.files(Self.films(5000) { 1 + 40_000 / ($0 + 3) + ($0 == 40 ? 500 : 0) })
    let changed = before.keys.filter { before[$0] != risen[$0] }
    #expect(!changed.isEmpty && changed.count <= 60, "\(changed)")
  }
}
