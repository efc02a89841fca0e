import Foundation
import Markdown
import Site
import Testing

struct MarkdownPageTests {
  @Test func `a document gives its title once, and its settings`() throws {
    let document = try MarkdownDocument(
      "---\ndate: 2026-03-01\nnavigation: false\ndescription: In short.\n---\n# Opening *night*\n\nAll are welcome.\n",
      path: "opening.md")
    let page = try MarkdownPage(name: "opening", document: document)
    #expect(page.title == "Opening night" && page.date == "2026-03-01" && page.description == "In short.")
    #expect(page.html == "<p>All are welcome.</p>\n" && page.excerpt == "All are welcome." && !page.isInMenu)
  }

  @Test func `a title of the front matter leaves other headings alone`() throws {
    let document = try MarkdownDocument("---\ntitle: One\n---\n# Two\n\nText\n", path: "x.md")
    let page = try MarkdownPage(name: "2026-02-03-x", document: document)
    #expect(page.title == "One" && page.html.contains("Two</h1>") && page.date == "2026-02-03" && page.isInMenu)
    #expect(page.description == "Text")
  }

  @Test func `a name that begins with no date gives none`() throws {
    let document = try MarkdownDocument("Text", path: "x.md")
    for name in ["2026-13-03-x", "about", "2026-1-03", ""] {
      #expect(try MarkdownPage(name: name, document: document).date == "", "\(name)")
    }
  }

  @Test func `links from the root of the site work on a page of any depth`() throws {
    let document = try MarkdownDocument(
      "[a](/models/) [b](/movies/#x) [c](/) [d](https://x.example/) [e](//y.example/) [f](/feed.xml) `href=\"/no/\"`",
      path: "x.md")
    let page = try MarkdownPage(name: "x", document: document)
    let files = try Fixture.files(of: Fixture.website(pages: [page], posts: [page]))
    let html = String(decoding: try #require(files["news/x/index.html"]), as: UTF8.self)
    for link in [
      "../../models/index.html", "../../movies/index.html#x", "../../index.html", "https://x.example/", "//y.example/",
      "../../feed.xml",
    ] { #expect(html.contains("<a href=\"\(link)\">"), "\(link)") }
    #expect(html.contains("<code>href=&quot;/no/&quot;</code>"))
    let feed = String(decoding: try #require(files["feed.xml"]), as: UTF8.self)
    #expect(feed.contains("href=&quot;https://films.example/rialto/models/index.html&quot;"))
  }
}
