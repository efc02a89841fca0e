@_spi(TrustedHTML) import Templates
import Testing

/// Fields are declared once; schema, values and flags come of that.
@Suite struct PageModelTests {
  struct Film: Sendable {
    var title = "Heat & Dust"
    var year: Int?
    var plot = TrustedHTML.empty
    var genres: [String] = []
    var tags: [String] = []
  }

  static let genre = PageModel<String>("genre") { Text("name") { $0 } }

  static let film = PageModel<Film>("film") {
    Text("title") { $0.title }
    Number("year") { $0.year }
    HTML("plot") { $0.plot }
    List("genres", announcedBy: "hasGenres", of: genre) { $0.genres }
    TextList("tags", announcedBy: "hasTags") { $0.tags }
    Flag("isOld") { ($0.year ?? 0) < 1980 }
  }

  @Test func `The schema has the declared names in their order, flags behind what they announce`() {
    #expect(
      Self.film.schema.fields.map(\.name) == [
        "title", "year", "plot", "genres", "hasGenres", "tags", "hasTags", "isOld",
      ])
    #expect(Self.film(Film()).object.values.count == Self.film.schema.fields.count)
  }

  @Test func `A flag says whether the list that it announces has anything`() throws {
    let page = "{{#hasGenres}}{{#genres}}{{name}};{{/genres}}{{/hasGenres}}{{^hasTags}}no tags{{/hasTags}}"
    #expect(try rendered(page, Self.film(Film(genres: ["War", "Drama"])).object) == "War;Drama;no tags")
    #expect(try rendered(page, Self.film(Film(tags: ["x"])).object) == "")
  }

  @Test func `A list is as long as what it is made from, though nobody knows its length before`() throws {
    let page = PageModel<Int>("page") {
      List("items", announcedBy: "hasItems", of: Self.genre) { count in
        AnySequence(
          sequence(state: 0) { state -> String? in
            defer { state += 1 }
            return state < count ? "a long name, that of number \(state)" : nil
          })
      }
    }
    for count in [0, 1, 2, 3, 100] {
      let names = (0..<count).map { "a long name, that of number \($0);" }.joined()
      #expect(try rendered("{{#hasItems}}{{#items}}{{name}};{{/items}}{{/hasItems}}", page(count).object) == names)
    }
    // What is not given over goes with its builder.
    var left = TemplateValuesBuilder(capacity: 0)
    for number in 0..<5 { left.append(.text("a text of its own storage, number \(number)")) }
  }

  @Test func `What many pages show renders as what one page shows, wherever it stands and after all else is gone`()
    throws
  {
    let template =
      "{{title}}|{{{plot}}}|{{year}}|{{#genres}}{{name}};{{/genres}}|{{#tags}}{{.}},{{/tags}}|{{#isOld}}old{{/isOld}}"
    let page = PageModel<Film>("page") {
      Object("film", of: Self.film) { $0 }
      Object("shown", sharing: Self.film) { Self.film.shared($0) }
      List("films", sharing: Self.film) { film in (0..<3).map { _ in Self.film.shared(film) } }
    }
    for film in [
      Film(), Film(title: ""),
      Film(title: "寅さん <\"'>", year: 1969, genres: ["", "Komödie & Drama"], tags: ["", "a tag of its own"]),
      Film(title: String(repeating: "long & longer ", count: 400), plot: TrustedHTML("<b>no</b>")),
    ] {
      let alone = try rendered(template, Self.film(film).object)
      #expect(try rendered(template, Self.film.shared(film).object) == alone)
      #expect(try rendered("{{#film}}\(template){{/film}}", page(film).object) == alone)
      #expect(try rendered("{{#shown}}\(template){{/shown}}", page(film).object) == alone)
      #expect(try rendered("{{#films}}\(template){{/films}}", page(film).object) == alone + alone + alone)
      // And once more: shared values of which others are made.
      #expect(try rendered("{{#shown}}\(template){{/shown}}", page.shared(film).object) == alone)
      let empty = film.title.isEmpty ? "none" : ""
      #expect(try rendered("{{#shown}}{{^title}}none{{/title}}{{/shown}}", page(film).object) == empty)
      #expect(try rendered("{{shown.title}}", page(film).object) == rendered("{{film.title}}", page(film).object))
    }
  }

  @Test func `HTML goes out as it is, a text is escaped, and what is absent is false`() throws {
    let film = Film(plot: TrustedHTML("<p>\(1 + 1)</p>"))
    #expect(try rendered("{{title}}{{{plot}}}{{#year}}!{{/year}}", Self.film(film).object) == "Heat &amp; Dust<p>2</p>")
    #expect(try rendered("{{^plot}}no plot{{/plot}}", Self.film(Film()).object) == "no plot")
    #expect(try rendered("{{#plot}}{{.}}{{/plot}}", Self.film(Film(plot: "<b>")).object) == "&lt;b&gt;")
  }

  @Test func `A model has the fields of another among its own, and shares objects that were made before`() throws {
    let cards = ["a", "b"].map { Self.genre($0) }
    let page = PageModel<Film>("page") {
      Self.film.of { $0 }
      List("cards", sharing: Self.genre) { _ in cards }
      Object("first", sharing: Self.genre) { _ in cards.first }
      Object("second", of: Self.genre) { $0.genres.dropFirst().first }
      for name in ["x", "y"] { Text(name) { "\(name) of \($0.title)" } }
    }
    #expect(page.schema.fields.map(\.name).suffix(5) == ["cards", "first", "second", "x", "y"])
    let text = "{{title}} {{#cards}}{{name}}{{/cards}} {{first.name}} {{#second}}{{name}}{{/second}}{{y}}"
    #expect(try rendered(text, page(Film(title: "Ran")).object) == "Ran ab a y of Ran")
  }

  @Test func `What a template uses of a model is known, and is all by a dynamic name`() throws {
    let site = PageModel<Film>("site") { for name in ["a", "b", "c", "d"] { Text(name) { $0.title } } }
    let page = PageModel<Film>("page") {
      Object("site", of: site) { $0 }
      List("genres", of: Self.genre) { $0.genres }
    }
    func names(_ text: String) throws -> Set<String> {
      try library(text, beside: ["part": "{{#genres}}{{site.c}}{{/genres}}"])
        .names(of: site.schema, usedBy: "page", against: page.schema)
    }
    #expect(try names("{{site.a}}{{#site}}{{b}}{{/site}}") == ["a", "b"])
    #expect(try names("{{#genres}}{{name}}{{/genres}}{{>part}}") == ["c"])
    #expect(try names("{{site.a}}{{>*site.b}}") == ["a", "b", "c", "d"])
  }
}
