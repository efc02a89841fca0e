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
  static let item = TemplateSchema(
    "Item", [.text("url"), .text("title"), .number("year"), .text("genres"), .number("stars"), .text("reason")])
  static let page = TemplateSchema("Page", [.text("title"), .list("similar", item), .texts("genres")])

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

  static func model() -> TemplateObject {
    let items = (0..<20).map { index in
      TemplateValue.object(
        TemplateObject(
          item,
          [
            .text("/movies/\(index)-the-good-the-bad/"), .text("The Good, the Bad & the <Ugly> \(index)"),
            .integer(1966 + index), .text("Adventure, Western"), .number(4.25),
            .text("Rated alike by people who liked “Heat”"),
          ]))
    }
    return TemplateObject(page, [.text("Heat & Dust"), .list(items), .list([.text("Drama"), .text("War")])])
  }

  @Test("is printed", arguments: ["", "  "])
  func time(_ indentation: String) throws {
    let library = try library(Self.text(indentation: indentation), beside: ["layout": Self.layout, "card": Self.card])
    try library.check("page", against: Self.page)
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
