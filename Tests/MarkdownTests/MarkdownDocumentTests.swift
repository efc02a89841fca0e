import Markdown
import Templates
import Testing

@Suite("Markdown pages")
struct MarkdownDocumentTests {
  func html(_ text: String, raw: Bool = false) throws -> String {
    try MarkdownDocument(text, path: "page.md", rawHTML: raw ? .all : .none).html.text
  }

  @Test(
    "become HTML",
    arguments: [
      ("", ""),
      ("One *two*\nthree", "<p>One <em>two</em>\nthree</p>\n"),
      ("~~gone~~", "<p><del>gone</del></p>\n"),
      (
        "see https://example.org/a?b=1&c=2",
        "<p>see <a href=\"https://example.org/a?b=1&amp;c=2\">https://example.org/a?b=1&amp;c=2</a></p>\n"
      ),
      (
        "- [ ] open\n- [x] *done*",
        "<ul>\n<li><label><input type=\"checkbox\" disabled> open</label></li>\n<li><label><input type=\"checkbox\" checked disabled> <em>done</em></label></li>\n</ul>\n"
      ),
      (
        "| a | b |\n|---|--:|\n| 1 | 2 |",
        "<table>\n<thead>\n<tr>\n<th>a</th>\n<th class=\"align-right\">b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n<td class=\"align-right\">2</td>\n</tr>\n</tbody>\n</table>\n"
      ),
      ("a\u{0}b", "<p>a\u{FFFD}b</p>\n"),
    ])
  func rendering(_ text: String, _ expected: String) throws {
    #expect(try html(text) == expected)
  }

  @Test("have footnotes with ids that no heading takes")
  func footnotes() throws {
    let text = try html("# fn 1\n\nText[^1], again[^1].\n\n[^1]: Note.")
    #expect(text.contains("<h1 id=\"section-fn-1\">fn 1</h1>"))
    #expect(text.contains("<a href=\"#fn-1\" id=\"fnref-1\""))
    #expect(text.contains("id=\"fnref-1-2\""))
    #expect(text.contains("<li id=\"fn-1\">"))
  }

  @Test("give every heading an id of its own")
  func headings() throws {
    let page = try MarkdownDocument(
      "What's *new*?\n====\n\n## Été & `code`\n\n## What's new\n\n> ### ???\n\n### What's new 2", path: "page.md")
    #expect(page.headings.map(\.anchor) == ["what-s-new", "été-code", "what-s-new-2", "section", "what-s-new-2-2"])
    #expect(page.headings.map(\.level) == [1, 2, 2, 3, 3])
    #expect(page.headings[1].text == "Été & code")
    #expect(page.html.text.contains("<h1 id=\"what-s-new\">What's <em>new</em>?</h1>"))
    #expect(page.html.text.contains("<h2 id=\"été-code\">Été &amp; <code>code</code></h2>"))
    #expect(page.html.text.contains("<blockquote>\n<h3 id=\"section\">???</h3>\n</blockquote>"))
    #expect(page.title == "What's new?")
  }

  @Test("leave raw HTML out unless it is allowed")
  func rawHTML() throws {
    let text = "<div onclick=\"x()\">a</div>\n\nb <script>alert(1)</script>"
    #expect(try !html(text).contains("<div"))
    #expect(try !html(text).contains("<script"))
    #expect(try html(text, raw: true) == "<div onclick=\"x()\">a</div>\n<p>b <script>alert(1)</script></p>\n")
  }

  @Test(
    "keep harmless HTML where that is wanted, and name the line of what goes",
    arguments: [
      (
        "H<sub>2</sub>O <KBD title='a \"b'>x</KBD><br>", "<p>H<sub>2</sub>O <kbd title=\"a &quot;b\">x</kbd><br></p>\n",
        []
      ),
      (
        "<details open onclick=\"x()\"><summary>The end</summary>\n\nThe butler.\n\n</details>",
        "<details open><summary>The end</summary>\n<p>The butler.</p>\n</details>\n", []
      ),
      ("a\n\nb <iframe src=\"x\"></iframe> c", "<p>a</p>\n<p>b  c</p>\n", ["<iframe> 5"]),
      ("<script>\nalert(1)\n</script>\n\nx <!-- secret -->", "<p>x </p>\n", ["<script> 3"]),
      // What is never closed, or closed elsewhere, would take the page with it.
      ("<details>\n\nx", "<p>x</p>\n", ["<details> 3"]), ("a <b>b", "<p>a b</p>\n", ["<b> 3"]),
      ("*a <b>b* c</b>", "<p><em>a b</em> c</p>\n", ["<b> 3"]),
      ("<p style=\"x\">Words</p>", "Words\n", ["<p> 3"]), ("<b <i>x", "<p>&lt;b x</p>\n", ["<i> 3"]),
    ])
  func safeHTML(_ text: String, _ html: String, _ omitted: [String]) throws {
    let page = try MarkdownDocument("---\n---\n" + text, path: "page.md", rawHTML: .safe)
    #expect(page.html.text == html)
    #expect(page.omissions.map { "\($0.tag) \($0.line)" } == omitted)
    let bare = try MarkdownDocument(text, path: "page.md")
    for left in ["<kbd", "<details", "omitted"] { #expect(!bare.html.text.contains(left)) }
  }

  @Test("know their links, with the lines, and write others in their place")
  func links() throws {
    let text = "---\ntitle: x\n---\n\nSee [a](a.md#b) and\n![c](c%20d.png).\n\n- [e][f]\n\n[f]: <f g.md>\n"
    let page = try MarkdownDocument(text, path: "page.md") { $0.isImage ? nil : "/\($0.line)/" }
    #expect(
      page.links == [
        .init(address: "a.md#b", line: 5), .init(address: "c%20d.png", line: 6, isImage: true),
        .init(address: "f g.md", line: 8),
      ])
    #expect(
      page.html.text.contains("href=\"/5/\"") && page.html.text.contains("src=\"c%20d.png\"")
        && page.html.text.contains("href=\"/8/\""))
  }

  @Test(
    "link to no script, with raw HTML or without",
    arguments: [
      "[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))", "[x](&#32;javascript:alert(1))", "[x](vbscript:x)",
      "[x](data:text/html,x)", "[x](file:///etc/passwd)", "![x](javascript:alert(1))", "<javascript:alert(1)>",
      "[x][y]\n\n[y]: javascript:alert(1)",
    ], [true, false])
  func scripts(_ text: String, _ raw: Bool) throws {
    let html = try html(text, raw: raw)
    #expect(html.contains("href=\"\"") || html.contains("src=\"\""), "\(html)")
    #expect(!html.contains("\"javascript"))
  }

  @Test("may show images that are in the page itself")
  func images() throws {
    #expect(try html("![x](data:image/png;base64,AAAA)").contains("src=\"data:image/png;base64,AAAA\""))
  }

  @Test("have the first paragraph as their excerpt")
  func excerpt() throws {
    let page = try MarkdownDocument(
      "# A\n\n> quoted\n\nThe *first* `one`\nof [two](x).[^1]\n\nNext.\n\n[^1]: Note", path: "page.md")
    #expect(page.excerpt == "The first one of two.")
    #expect(try MarkdownDocument("# Only", path: "page.md").excerpt == "")
  }

  @Test("nest deeply without a crash")
  func deep() throws {
    for piece in [">", "[", "*a ", "- ", "![", "`"] {
      _ = try html(String(repeating: piece, count: 20_000))
    }
  }

  @Test("come out the same from many threads at once")
  func threads() async throws {
    let text = String(repeating: "~~a~~ | www.example.org *b* [^1]\n\n", count: 200) + "[^1]: n"
    let expected = try html(text)
    let all = try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<16 { group.addTask { try html(text) } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(all.allSatisfy { $0 == expected })
  }
}
