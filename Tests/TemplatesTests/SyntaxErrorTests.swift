import Templates
import Testing

@Suite("Syntax errors")
struct SyntaxErrorTests {
  @Test(
    "name the place and the way out",
    arguments: [
      ("a\n  {{#films}}\n", "page.mustache:2:3: “films” is opened here and never closed; add {{/films}}"),
      ("{{/films}}", "page.mustache:1:1: {{/films}} closes nothing; take it out or open “films” before it"),
      (
        "é{{#a}}\n{{#b}}{{/a}}{{/b}}",
        "page.mustache:2:7: {{/a}} stands where {{/b}} must, since “b” of line 2 is still open; close that first"
      ),
      ("é{{x", "page.mustache:1:2: this tag never ends; close it with }}"),
      ("{{{x}}", "page.mustache:1:1: this tag never ends; close it with }}}"),
      ("{{=<% %>", "page.mustache:1:1: this tag never ends; close it with =}}"),
      ("{{=<%=}}", "page.mustache:1:1: “<%” are no delimiters; write two of them, apart by a space and without “=”"),
      ("\u{FEFF}{{}}", "page.mustache:1:1: this tag names nothing; give it a name or take it out"),
      ("{{a b}}", "page.mustache:1:1: “a b” is not a name; a name has no spaces and no empty part between its dots"),
      ("{{a..b}}", "page.mustache:1:1: “a..b” is not a name; a name has no spaces and no empty part between its dots"),
      (
        "{{<base}}\n{{x}}{{/base}}",
        "page.mustache:2:1: “x” would never be rendered; inside {{<base}} put it into a block, {{$block}}…{{/block}}"
      ),
    ])
  func words(_ text: String, _ expected: String) {
    #expect {
      _ = try library(text)
    } throws: {
      "\($0)" == expected
    }
  }

  @Test("are told of all templates at once")
  func everyTemplate() {
    #expect {
      _ = try library("{{#a}}", beside: ["b": "fine", "c": "{{/x}}"])
    } throws: {
      "\($0)".split(separator: "\n").map { $0.prefix { $0 != " " } } == ["page.mustache:1:1:", "c.mustache:1:1:"]
    }
  }

  @Test("refuse sections nested without end, and two templates of one name")
  func limits() {
    let deep = String(repeating: "{{#a}}", count: 100_000) + String(repeating: "{{/a}}", count: 100_000)
    #expect(throws: TemplateError.self) { try library(deep) }
    #expect(throws: TemplateError.sameName(name: "a", paths: ["1", "2"])) {
      try TemplateLibrary([
        TemplateSource(name: "a", path: "1", text: ""), TemplateSource(name: "a", path: "2", text: ""),
      ])
    }
  }

  @Test("or a library, never a crash, come of any bytes", arguments: 0..<20)
  func anything(_ seed: Int) {
    let pieces = [
      "{{", "}}", "{{{", "}}}", "#", "/", "a", "b", ".", "\n", "  ", "<", "$", ">", "*", "=", "^", "!", "é", "{{/a}}",
      "{{#a}}", "{{$a}}", "{{<page}}", "{{/page}}", "{{>page}}",
    ]
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
    for _ in 0..<300 {
      var text = ""
      for _ in 0..<12 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text += pieces[Int(state >> 33) % pieces.count]
      }
      do throws(TemplateError) {
        let library = try library(text)
        var bytes: [UInt8] = []
        library.render("page", TemplateObject(["a": .text("x")]), into: &bytes)
        do { try library.check("page", against: PageModel<Void>("Page") { Text("a") { "" } }.schema) } catch {
          #expect("\(error)".hasPrefix("page.mustache:"))
        }
      } catch {
        #expect("\(error)".hasPrefix("page.mustache:"))
      }
    }
  }
}
