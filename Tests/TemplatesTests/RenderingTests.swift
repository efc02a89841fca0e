import Templates
import Testing

@Suite("Rendering")
struct RenderingTests {
  @Test(
    "prints numbers with the fewest digits that name them",
    arguments: [
      (TemplateValue.integer(0), "0"), (.integer(-7), "-7"), (.integer(10), "10"), (.integer(999_999), "999999"),
      (.integer(.max), "9223372036854775807"), (.integer(.min), "-9223372036854775808"), (.number(4), "4"),
      (.number(-0.5), "-0.5"), (.number(1.21), "1.21"), (.number(1e21), "1e+21"), (.number(.nan), ""),
      (.number(.infinity), ""), (.flag(true), "true"), (.null, ""),
    ])
  func numbers(_ value: TemplateValue, _ text: String) throws {
    #expect(try rendered("{{x}}", TemplateObject(["x": value])) == text)
  }

  @Test("takes null, false, empty texts and empty lists for false, and zero for true")
  func truth() throws {
    let values: [TemplateValue] = [
      .null, .flag(false), .text(""), .list(TemplateValues([])), .integer(0), .number(0), .text("a"), .flag(true),
      .list(TemplateValues([.null])),
    ]
    let words = try values.map { try rendered("{{#x}}yes{{/x}}{{^x}}no{{/x}}", TemplateObject(["x": $0])) }
    #expect(words == ["no", "no", "no", "no", "yes", "yes", "yes", "yes", "yes"])
  }

  @Test("escapes at every place of texts of every length as a plain loop does")
  func escaping() throws {
    let entities: [Character: String] = ["&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;", "'": "&#39;"]
    let library = try library("{{x}}")
    for length in [0, 1, 15, 16, 17, 31, 32, 33, 47, 1023, 1024, 1025, 1041, 5000] {
      for special in entities.keys {
        for place in [0, length / 2, length - 1] where place >= 0 && place < length {
          var letters = (0..<length).map { Character(UnicodeScalar(UInt8(97 + $0 % 26))) }
          letters[place] = special
          var bytes: [UInt8] = []
          library.render("page", TemplateObject(["x": .text(String(letters))]), into: &bytes)
          #expect(String(decoding: bytes, as: UTF8.self) == letters.map { entities[$0] ?? String($0) }.joined())
        }
      }
    }
    let all = String(repeating: "<&>\"'é🎬", count: 3000)
    #expect(
      try rendered("{{x}}", TemplateObject(["x": .text(all)]))
        == String(repeating: "&lt;&amp;&gt;&quot;&#39;é🎬", count: 3000))
  }

  @Test("finds names of a schema by their place, an inner one before an outer one")
  func schemas() throws {
    struct Film: Sendable {
      let title: String?
      let stars: Double
    }
    let film = PageModel<Film>("Film") {
      Text("title") { $0.title }
      Number("stars") { $0.stars }
    }
    let page = PageModel<[Film]>("Page") {
      Text("title") { _ in "Films" }
      List("films", of: film) { $0.prefix(2) }
      Object("best", of: film) { $0.last }
      TextList("genres") { _ in ["Drama", "War"] }
    }
    let model = page([
      Film(title: "Heat", stars: 4.5), Film(title: nil, stars: 3), Film(title: "Ran", stars: 5),
    ]).object
    let text = "{{title}}:{{#films}} {{title}} {{stars}};{{/films}} {{best.title}}{{#genres}} {{.}}{{/genres}}"
    #expect(try rendered(text, model) == "Films: Heat 4.5;  3; Ran Drama War")
  }

  @Test("appends to what is there")
  func appends() throws {
    var bytes = Array("before ".utf8)
    try library("after").render("page", TemplateObject([:]), into: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == "before after")
    try library("").render("page", TemplateObject([:]), into: &bytes)
    try library("x").render("nothing", TemplateObject([:]), into: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == "before after")
  }

  @Test("ends a page where a template includes itself beyond the limit")
  func endlessRecursion() throws {
    let text = try rendered("x{{>page}}", TemplateObject([:]))
    #expect(text == String(repeating: "x", count: TemplateLibrary.depthLimit))
    #expect(try rendered("{{<page}}{{$a}}{{/a}}{{/page}}y", TemplateObject([:])).allSatisfy { $0 == "y" })
    #expect(try rendered("x{{>page}}{{>page}}{{#x}}{{>page}}{{/x}}", TemplateObject([:])) == text)
    var nested = TemplateValue.null
    for _ in 0..<5000 { nested = .object(TemplateObject(["inner": nested])) }
    let model = TemplateObject(["inner": nested])
    let deep = try rendered("({{#inner}}{{>page}}{{/inner}})", model)
    #expect(deep.count >= TemplateLibrary.depthLimit / 2 && deep.count <= 2 * TemplateLibrary.depthLimit)
  }

  @Test("renders a block as the outermost template overrides it, and inside an override as written there")
  func blocks() throws {
    let others = [
      "layout": "<title>{{$title}}Site{{/title}}</title>{{$content}}{{/content}}",
      "card": "<b>{{$title}}Card{{/title}}</b>",
      "section": "{{<layout}}{{$title}}Section{{/title}}{{/layout}}",
    ]
    let page =
      "{{<section}}{{$title}}Page{{/title}}{{$content}}{{<card}}{{$title}}Mine{{/title}}{{/card}}{{/content}}{{/section}}"
    #expect(try rendered(page, TemplateObject([:]), beside: others) == "<title>Page</title><b>Mine</b>")
    #expect(
      try rendered("{{<card}}{{$title}}a{{$title}}b{{/title}}{{/title}}{{/card}}", TemplateObject([:]), beside: others)
        == "<b>ab</b>")
  }

  @Test("writes out templates known beforehand, and leaves those that include themselves or name others by values")
  func linked() throws {
    let others = [
      "layout": "<p>\n  {{$content}}\n  none\n  {{/content}}\n</p>\n",
      "item": "{{#x}}\n{{>leaf}}\n{{/x}}\n{{^x}}-{{/x}}\n",
      "leaf": "{{.}}, ", "self": "{{#x}}{{>self}}{{/x}}", "named": "{{>*x}}", "twice": "{{>self}}{{>leaf}}",
    ]
    let page = "{{<layout}}\n{{$content}}\n  one\n    {{>item}}\n  two\n{{/content}}\n{{/layout}}\n"
    let library = try library(page, beside: others)
    #expect(library.names.filter { library.isLinked($0) } == ["item", "layout", "leaf", "page"])
    for x in [TemplateValue.null, .text("a"), .list(TemplateValues([.text("b"), .text("c\nd")])), .text("leaf")] {
      let model = TemplateObject(["x": x])
      let text = try rendered(page, model, beside: others)
      #expect(text.hasPrefix("<p>\n") && text.hasSuffix("</p>\n") && text.contains("one\n"))
      for name in others.keys where !["self", "twice"].contains(name) {
        #expect(try !rendered("<\n  {{>\(name)}}\n>{{>\(name)}}", model, beside: others).isEmpty)
      }
    }
  }

  @Test("indents the lines of nested partials, also those that begin with a tag, but not what values hold")
  func indentation() throws {
    let others = ["list": "<ul>\n  {{>item}}\n</ul>\n", "item": "{{x}}\n{{#y}}\n- {{.}}\n{{/y}}\n{{#y}}+{{/y}}\n"]
    let model = TemplateObject(["x": .text("1\n2"), "y": .list(TemplateValues([.text("a"), .text("b")]))])
    let text = try rendered("<p>\n {{>list}}\n</p>", model, beside: others)
    #expect(text == "<p>\n <ul>\n   1\n2\n   - a\n   - b\n   ++\n </ul>\n</p>")
  }

  @Test("renders the same from many threads at once")
  func threads() async throws {
    let library = try library("{{#items}}{{>item}}, {{/items}}", beside: ["item": "<{{name}}>"])
    let model = TemplateObject([
      "items": .list(TemplateValues((0..<50).map { .object(TemplateObject(["name": .text("name & \($0)")])) }))
    ])
    var expected: [UInt8] = []
    library.render("page", model, into: &expected)
    let all = await withTaskGroup(of: [UInt8].self) { group in
      for _ in 0..<64 {
        group.addTask {
          var bytes: [UInt8] = []
          library.render("page", model, into: &bytes)
          return bytes
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(all.count == 64 && all.allSatisfy { $0 == expected })
  }
}
