import Templates
import Testing

@Suite("The check against page models")
struct ModelCheckTests {
  static let film = PageModel<Void>("Film") {
    Text("name") { "" }
    Number("stars") { 0 }
    HTML("plot") { "" }
    Flag("seen") { false }
  }
  static let page = PageModel<Void>("Page") {
    Text("title") { "" }
    HTML("body") { "" }
    List("films", of: film) { [()] }
    Object("best", of: film) { () }
    TextList("genres") { [] }
    Text("layout") { "" }
  }

  /// What the check says, line by line.
  func faults(_ text: String, beside others: [String: String] = [:]) throws -> [String] {
    do {
      try library(text, beside: others).check("page", against: Self.page.schema)
      return []
    } catch {
      return "\(error)".split(separator: "\n").map(String.init)
    }
  }

  @Test(
    "passes what the page model declares",
    arguments: [
      "{{title}} {{{body}}} {{&body}} {{best.name}} {{{best.plot}}}",
      "{{#films}}{{name}}{{stars}}{{seen}}{{{plot}}}{{title}}{{#best}}{{name}}{{/best}}{{/films}}",
      "{{^films}}{{title}}{{/films}}", "{{#genres}}{{.}} {{title}}{{/genres}}", "{{#body}}{{{.}}}{{/body}}",
      "{{#best.seen}}{{title}}{{/best.seen}}", "{{#title}}{{.}}{{/title}}", "{{>*layout}}", "{{! anything }}",
    ])
  func passes(_ text: String) throws {
    #expect(try faults(text) == [])
  }

  @Test(
    "finds names that are not declared where they stand",
    arguments: [
      ("a\n {{titel}}", ["page.mustache:2:2: Page declares no “titel”; did you mean “title”?"]),
      (
        "{{zzzzzzzz}}",
        ["page.mustache:1:1: Page declares no “zzzzzzzz”; declare it in the page model or take it out"]
      ),
      ("{{#films}}{{nam}}{{/films}}", ["page.mustache:1:11: Film declares no “nam”; did you mean “name”?"]),
      ("{{#films}}{{titel}}{{/films}}", ["page.mustache:1:11: Film declares no “titel”; did you mean “title”?"]),
      ("{{name}}", ["page.mustache:1:1: Page declares no “name”; declare it in the page model or take it out"]),
      ("{{best.nam}}", ["page.mustache:1:1: Film declares no “nam”; did you mean “name”?"]),
      (
        "{{films.name}}",
        [
          "page.mustache:1:1: “films” of Page, which is not an object, declares no “name”; declare it in the page model or take it out"
        ]
      ),
      ("{{#film}}{{anything}}{{/film}}", ["page.mustache:1:1: Page declares no “film”; did you mean “films”?"]),
      ("{{^film}}{{/film}}", ["page.mustache:1:1: Page declares no “film”; did you mean “films”?"]),
      ("{{>*layuot}}", ["page.mustache:1:1: Page declares no “layuot”; did you mean “layout”?"]),
      (
        "{{titel}}\n{{bdy}}",
        [
          "page.mustache:1:1: Page declares no “titel”; did you mean “title”?",
          "page.mustache:2:1: Page declares no “bdy”; did you mean “body”?",
        ]
      ),
    ])
  func undeclared(_ text: String, _ expected: [String]) throws {
    #expect(try faults(text) == expected)
  }

  @Test(
    "finds what must not be printed",
    arguments: [
      ("{{{title}}}", "page.mustache:1:1: “title” of Page is not trusted HTML and must be escaped; write {{title}}"),
      (
        "{{&best.name}}",
        "page.mustache:1:1: “best.name” of Film is not trusted HTML and must be escaped; write {{best.name}}"
      ),
      (
        "{{#genres}}{{{.}}}{{/genres}}",
        "page.mustache:1:12: “.” of the list is not trusted HTML and must be escaped; write {{.}}"
      ),
      (
        "{{films}}",
        "page.mustache:1:1: “films” of Page is a list, which prints nothing; open a section, {{#films}}…{{/films}}"
      ),
      (
        "{{genres}}",
        "page.mustache:1:1: “genres” of Page is a list, which prints nothing; open a section, {{#genres}}…{{/genres}}"
      ),
      (
        "{{best}}",
        "page.mustache:1:1: “best” of Page is an object, which prints nothing; open a section, {{#best}}…{{/best}}"
      ),
    ])
  func unprintable(_ text: String, _ expected: String) throws {
    #expect(try faults(text) == [expected])
  }

  @Test("follows partials in the scope they are included in, and tells each fault once")
  func partials() throws {
    let others = ["card": "<b>{{name}}</b>\n{{wrong}}", "cards": "{{#films}}{{>card}}{{/films}}"]
    #expect(
      try faults("{{>cards}}{{#best}}{{>card}}{{/best}}", beside: others)
        == ["card.mustache:2:1: Film declares no “wrong”; declare it in the page model or take it out"])
    #expect(
      try faults("{{>card}}", beside: ["card": "{{name}}"])
        == ["card.mustache:1:1: Page declares no “name”; declare it in the page model or take it out"])
    #expect(
      try faults("\n{{>carb}}{{<lay}}{{/lay}}", beside: others)
        == [
          "page.mustache:2:1: no template is called “carb”; did you mean “card”?",
          "page.mustache:2:10: no template is called “lay”; add it to the theme",
        ])
  }

  @Test("follows parents, and judges blocks where they are rendered")
  func parents() throws {
    let others = [
      "layout": "<title>{{$title}}{{title}}{{/title}}</title>{{>main}}",
      "main": "{{#films}}{{$film}}{{name}}{{/film}}{{/films}}",
    ]
    #expect(try faults("{{<layout}}{{$film}}{{stars}}{{/film}}{{/layout}}", beside: others) == [])
    #expect(
      try faults("{{<layout}}{{$title}}{{stars}}{{/title}}{{/layout}}", beside: others)
        == ["page.mustache:1:22: Page declares no “stars”; declare it in the page model or take it out"])
    #expect(
      try faults("{{<layout}}\n{{$titel}}x{{/titel}}{{/layout}}", beside: others)
        == ["page.mustache:2:1: “layout” has no block “titel”; did you mean “title”?"])
    #expect(
      try faults("{{<layout}}{{$body}}{{/body}}{{/layout}}", beside: others)
        == ["page.mustache:1:12: “layout” has no block “body”; what it holds would never be rendered"])
  }

  @Test("refuses a template that includes itself without end, and passes one that comes to an end")
  func recursion() throws {
    #expect(
      try faults("{{>a}}", beside: ["a": "{{#best}}{{>b}}{{/best}}", "b": "{{>a}}"])
        == ["a.mustache:1:10: “b” would include itself without end; its inner items need names that end it"])
    let leaf = PageModel<Void>("Leaf") {
      Text("name") { "" }
      Flag("items") { false }
    }
    let branch = PageModel<Void>("Branch") {
      Text("name") { "" }
      List("items", of: leaf) { [()] }
    }
    let tree = PageModel<Void>("Tree") {
      Text("name") { "" }
      List("items", of: branch) { [()] }
    }
    let library = try library(
      "{{name}}{{#items}}{{name}}{{/items}}{{>twig}}", beside: ["twig": "{{#items}}{{name}}{{/items}}"])
    try library.check("page", against: tree.schema)
  }

  @Test("names the nearest template when asked for one that is not there")
  func unknownTemplate() throws {
    let library = try library("", beside: ["movie": ""])
    #expect(throws: TemplateError.unknownTemplate(name: "movies", nearest: "movie")) {
      try library.check("movies", against: Self.page.schema)
    }
  }
}
