import Foundation
import Markdown
import Site
import Templates
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
    #expect(page.title == "One" && page.html.text.contains("Two</h1>") && page.date == "2026-02-03" && page.isInMenu)
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

  @Test func `links of the feed are absolute, those to notes too`() throws {
    let document = try MarkdownDocument("A claim.[^1] [Films](/movies/)\n\n[^1]: A note.\n", path: "x.md")
    let page = try MarkdownPage(name: "x", document: document)
    let files = try Fixture.files(of: Fixture.website(posts: [page]))
    let feed = String(decoding: try #require(files["feed.xml"]), as: UTF8.self)
    #expect(feed.contains("href=&quot;https://films.example/rialto/news/x/#fn-1&quot;"))
    #expect(!feed.contains("href=&quot;#") && !feed.contains("href=&quot;/"))
  }

  @Test func `a link to nothing stops the build at its line, and names what was meant`() throws {
    func error(_ address: String) -> String {
      var page = MarkdownPage(name: "x", path: "content/pages/x.md", title: "x", html: "")
      page.anchors = ["the-pond"]
      page.links = [MarkdownPage.Link(address: address, written: address, line: 7)]
      do {
        _ = try Fixture.website(pages: [page])
        return ""
      } catch { return "\(error)" }
    }
    for address in ["/", "/movies/", "/movies/index.html#x", "/feed.xml", "/x/#the-pond", "/x/#top"] {
      #expect(error(address) == "", "\(address)")
    }
    #expect(error("/no-such-page/").hasPrefix("content/pages/x.md:7: “/no-such-page/” leads to nothing"))
    #expect(error("/movies").contains("write /movies/"))
    #expect(error("/x/#the-lake").contains("x.md:7") && error("/x/#the-lake").contains("#the-pond"))
  }

  @Test func `pages in folders are parts of the site, and a page says where it is`() throws {
    let page = MarkdownPage(name: "The rooms/Attic", path: "x.md", title: "Attic", html: "<p>Dust</p>\n")
    let files = try Fixture.files(of: Fixture.website(pages: [page]))
    let html = String(decoding: try #require(files["the-rooms/attic/index.html"]), as: UTF8.self)
    #expect(html.contains("href=\"../../movies/index.html\""))
  }

  @Test func `files of the owner go out as they are, and none takes the place of a page`() throws {
    let files = { (paths: [String]) in
      try Fixture.files(
        of: Fixture.website(files: paths.map { path in OwnFile(path: path, source: "static/\(path)") { [1, 2] } }))
    }
    let made = try files(["CNAME", ".well-known/a/b", "robots.txt", "downloads/x.pdf"])
    for path in ["CNAME", ".well-known/a/b", "robots.txt", "downloads/x.pdf"] { #expect(made[path] == [1, 2]) }
    for path in ["index.html", "movies", "movies/index.html/x", "search/x.json", "build.json", "sw.js"] {
      #expect(throws: SiteError.ownFileInTheWay(path: "static/\(path)"), "\(path)") { try files([path]) }
    }
  }
}
