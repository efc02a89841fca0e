import Foundation
import Site
import Templates
import Testing

/// The texts of the interface in each language.
struct TextsTests {
  static func file(_ yaml: String, _ language: String = "de") -> TextFile {
    TextFile(language: language, path: "texts/\(language).yaml", yaml: yaml)
  }

  static func texts(_ yaml: String, language: String = "de") throws -> Texts {
    try Texts(Fixture.defaultTheme().texts + [file(yaml, language)], language: language)
  }

  @Test func `a text's number is its place among all`() {
    #expect(TextName.allCases.map(\.index) == Array(TextName.allCases.indices))
    #expect(TextName.allCases.count < 256)
  }

  @Test(arguments: ["en", "de", "fr", "ru", "pl", "ar", "he", "lt", "lv", "sl", "ro", "ja"])
  func `a count has the form that the rules of its language give`(language: String) throws {
    let forms = PluralCategory.allCases.map { "    \($0.rawValue): \"{count} \($0.rawValue)\"" }.joined(separator: "\n")
    let texts = try Self.texts("count:\n  films:\n\(forms)\n", language: language)
    for count in Array(0..<1300) + [2_000, 2_001, 2_002, 2_011, 1_000_021, 1_000_100] {
      let form = PluralCategory.of(count, language: language).rawValue
      #expect(texts.count(.films, count).hasSuffix(" " + form), "\(count)")
    }
  }

  @Test func `German and Hebrew say all that English says`() throws {
    let theme = try Fixture.defaultTheme()
    let names = { (language: String) -> Set<String> in
      // The same file alone, as if it were English: what is left is what it says itself.
      let file = try #require(theme.texts.first { $0.language == language })
      return Set(try Texts.names(in: file))
    }
    let english = try names("en")
    for language in ["de", "he"] {
      let other = try names(language)
      #expect(english.subtracting(other) == [], "\(language)")
      #expect(other.subtracting(english).allSatisfy { $0.hasPrefix("genre.") || $0.hasPrefix("model.") })
    }
  }

  @Test(arguments: [
    ("en", 1, "1 film"), ("en", 0, "0 films"), ("en", 1204, "1,204 films"), ("de", 1, "1 Film"),
    ("de", 1204, "1.204 Filme"), ("he", 2, "שני סרטים"), ("he", 7, "7 סרטים"),
  ]) func `a counted text has the form and the digits of its language`(language: String, count: Int, text: String)
    throws
  {
    #expect(try Fixture.texts(language).count(.films, count) == text)
  }

  @Test(arguments: [
    ("ru", [1, 2, 5, 11, 21, 22, 112], ["one", "few", "many", "many", "one", "few", "many"]),
    ("pl", [1, 2, 5, 21, 22], ["one", "few", "many", "many", "few"]),
    ("ar", [0, 1, 2, 3, 11, 100, 103], ["zero", "one", "two", "few", "many", "other", "few"]),
    ("fr-CA", [0, 1, 2], ["one", "one", "other"]), ("ja", [1, 2], ["other", "other"]),
    ("cs", [1, 4, 5], ["one", "few", "other"]), ("lt", [1, 11, 12, 22], ["one", "other", "other", "few"]),
    ("xx", [1, 2], ["one", "other"]),
  ]) func `plural forms are those of the language`(language: String, counts: [Int], forms: [String]) {
    #expect(counts.map { PluralCategory.of($0, language: language).rawValue } == forms)
  }

  @Test func `numbers and dates read as the language writes them`() throws {
    let (english, german) = (try Fixture.texts(), try Fixture.texts("de-AT"))
    #expect(
      english.number(999) == "999" && english.number(1_234_567) == "1,234,567" && english.number(-1000) == "-1,000")
    #expect(english.decimal(4.05, places: 1) == "4.1" && german.decimal(4.05, places: 1) == "4,1")
    #expect(
      german.short(0.5) == "0,5" && german.percent(0.31) == "31\u{a0}%" && english.percent(0.001) == "under 1\u{a0}%")
    #expect(english.date("2026-03-01") == "1 March 2026" && german.date("2026-03-01") == "1. März 2026")
    #expect(english.date("soon") == "soon" && english.date("2026-13-01") == "2026-13-01")
    #expect(german.genre("Comedy") == "Komödie" && german.genre("Odd") == "Odd")
  }

  @Test func `a site says one sentence in another way and keeps the rest`() throws {
    let texts = try Self.texts("members:\n  title: Stammgäste\n")
    #expect(texts(.membersTitle) == "Stammgäste" && texts(.genresTitle) == "Genres")
  }

  @Test(arguments: [
    ("members:\n  titel: x\n", "texts/de.yaml:2: no text is called “members.titel”; did you mean “members.title”?"),
    ("member:\n  name: Mitglied {nr}\n", "texts/de.yaml:2: “member.name” has no value “nr”; it has {id}"),
    ("member:\n  name: 'a { b'\n", "texts/de.yaml:2: “member.name” has a brace that names no value"),
    ("count:\n  films: { one: x, lots: y, other: z }\n", "texts/de.yaml:2: “lots” is not a plural form"),
    ("nav: [a]\n", "texts/de.yaml:1: “nav” is not one text"), ("\"x\n", "this is not YAML"),
    ("- a\n", "holds no texts"),
  ]) func `a text that is wrong is told with its line`(yaml: String, words: String) {
    let error = #expect(throws: SiteError.self) { try Self.texts(yaml) }
    #expect(error.map { "\($0)".contains(words) } == true, "\(error.map { "\($0)" } ?? "")")
  }

  @Test func `a language without texts is refused, and so is a hostile one`() throws {
    for language in ["fr", "<script>", ""] {
      var configuration = Fixture.configuration
      configuration.language = language
      #expect(throws: SiteError.languageUnknown(language: language, known: ["de", "en", "he"])) {
        try Fixture.website(configuration)
      }
    }
  }

  @Test func `a template that names no text, and a text that names no value of its page, stop the build`() throws {
    var theme = try Fixture.defaultTheme()
    func refusal(_ template: String, _ yaml: String = "") throws -> String {
      let own = TemplateSource(name: "movie", path: "own/movie.mustache", text: template)
      let other = Theme(
        templates: theme.templates.filter { $0.name != "movie" } + [own], assets: theme.assets,
        texts: theme.texts + [Self.file(yaml, "en")])
      let error = #expect(throws: (any Error).self) { try Fixture.website(theme: other) }
      return "\(try #require(error))"
    }
    #expect(try refusal("<p>{{> text/movie.tgs}}</p>").contains("did you mean “text/movie.tags”?"))
    #expect(
      try refusal("<p>{{> text/movie.tags}}</p>", "movie:\n  tags: Tags of {headig}\n")
        .contains("texts/en.yaml:2:9: movie declares no “headig”; did you mean “heading”?"))
    theme = Theme(
      templates: theme.templates,
      assets: theme.assets + [
        Theme.Asset(name: "a.js", bytes: Array("\n\nmarqueeText(\"loadin\")".utf8), path: "assets/a.js")
      ], texts: theme.texts)
    let error = #expect(throws: SiteError.self) { try Fixture.website(theme: theme) }
    #expect(error.map { "\($0)" } == "assets/a.js:3: no text for scripts is called “loadin”; did you mean “loading”?")
  }

  @Test func `a text is text, whatever it holds`() throws {
    let theme = try Fixture.defaultTheme()
    let hostile = HostileTests.strings[1]
    let yaml = "nav:\n  films: '\(hostile.replacing("'", with: "''"))'\nscript:\n  loading: '\(hostile)'\n"
    let own = Theme(templates: theme.templates, assets: theme.assets, texts: theme.texts + [Self.file(yaml, "en")])
    let files = try Fixture.files(of: Fixture.website(theme: own))
    let page = String(decoding: try #require(files["index.html"]), as: UTF8.self)
    #expect(page.contains("&lt;/title&gt;&lt;/script&gt;") && !page.contains("<img src=x"))
    let script = try #require(files.first { $0.key.hasPrefix("assets/texts.") })
    let firstLine = String(decoding: script.value.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    #expect(firstLine.hasPrefix("globalThis.marqueeTexts={") && !firstLine.contains("</script>"))
    let json = firstLine.dropFirst("globalThis.marqueeTexts=".count).dropLast()
    let parsed = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    #expect((parsed?["texts"] as? [String: Any])?["loading"] as? String == hostile)
  }

  @Test func `a site in Hebrew runs from right to left, one in German says so`() throws {
    for (language, direction, word) in [("he", "rtl", "סרטים"), ("de", "ltr", "Jahrzehnte")] {
      var configuration = Fixture.configuration
      configuration.language = language
      let files = try Fixture.files(of: Fixture.website(configuration))
      let page = String(decoding: try #require(files["index.html"]), as: UTF8.self)
      #expect(page.contains("<html lang=\"\(language)\" dir=\"\(direction)\"") && page.contains(word))
    }
  }
}
