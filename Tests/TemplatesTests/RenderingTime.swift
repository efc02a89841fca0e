import Templates
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// How long one page takes: `MARQUEE_TIMING=1 swift test -c release --filter RenderingTime` prints it.
@Suite(
  "The time of a page", .serialized,
  .enabled(if: ProcessInfo.processInfo.environment["MARQUEE_TIMING"] != nil, "set MARQUEE_TIMING to measure"))
struct RenderingTime {
  struct Item: Sendable {
    let index: Int
  }

  static let item = PageModel<Item>("Item") {
    Text("url") { "/movies/\($0.index)-the-good-the-bad/" }
    Text("title") { "The Good, the Bad & the <Ugly> \($0.index)" }
    Number("year") { 1966 + $0.index }
    Text("genres") { _ in "Adventure, Western" }
    Number("stars") { _ in 4.25 }
    Text("reason") { _ in "Rated alike by people who liked “Heat”" }
  }
  static let page = PageModel<Int>("Page") {
    Text("title") { _ in "Heat & Dust" }
    List("similar", of: item) { (0..<$0).lazy.map { Item(index: $0) } }
    TextList("genres") { _ in ["Drama", "War"] }
  }

  static let layout = """
    <!doctype html>
    <html lang="en">
    <head><meta charset="utf-8"><title>{{$title}}{{title}}{{/title}}</title><link rel="stylesheet" href="/assets/site.css"></head>
    <body>
    <main>
      {{$content}}
      {{/content}}
    </main>
    </body>
    </html>
    """

  static func text(indentation: String) -> String {
    """
    {{<layout}}
    {{$content}}
    <h1>{{title}}</h1>
    <p>{{#genres}}<a>{{.}}</a> {{/genres}}</p>
    <ol class="cards">
    {{#similar}}
    \(indentation){{>card}}
    {{/similar}}
    </ol>
    {{/content}}
    {{/layout}}
    """
  }

  static let card = """
    <li class="card"><a href="{{url}}" title="{{title}}">{{title}} ({{year}})</a>
    <span class="genres">{{genres}}</span> <data value="{{stars}}">{{stars}}</data>
    <p>{{reason}}</p></li>

    """

  static func model() -> ModelObject<Int> { page(20) }

  @Test("is printed", arguments: ["", "  "])
  func time(_ indentation: String) throws {
    let library = try library(Self.text(indentation: indentation), beside: ["layout": Self.layout, "card": Self.card])
    try library.check("page", against: Self.page.schema)
    let model = Self.model()
    var bytes: [UInt8] = []
    let clock = ContinuousClock()
    var best = Duration.seconds(1)
    for _ in 0..<20 {
      let time = clock.measure {
        for _ in 0..<1000 {
          bytes.removeAll(keepingCapacity: true)
          library.render("page", model, into: &bytes)
        }
      }
      best = min(best, time / 1000)
    }
    print("indentation \(indentation.count): \(bytes.count) bytes in \(best)")
    let building = clock.measure { for _ in 0..<1000 { _ = Self.model() } } / 1000
    print("building the page model: \(building)")
    let long = TemplateObject([
      "x": .text(String(repeating: "A plain sentence of a plot; nothing special. ", count: 20_000))
    ])
    let plain = try TemplateLibrary([TemplateSource(name: "x", path: "x", text: "{{x}}")])
    var escaping = Duration.seconds(1)
    for _ in 0..<20 {
      bytes.removeAll(keepingCapacity: true)
      escaping = min(escaping, clock.measure { plain.render("x", long, into: &bytes) })
    }
    print("escaping: \(Double(bytes.count) / 1e6 / (escaping / .seconds(1))) MB/s")
    #expect(!bytes.isEmpty)
  }
}
