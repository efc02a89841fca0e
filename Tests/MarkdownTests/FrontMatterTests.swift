import Markdown
import Templates
import Testing

@Suite("Front matter")
struct FrontMatterTests {
  func page(_ text: String) throws -> MarkdownDocument { try MarkdownDocument(text, path: "content/about.md") }

  /// What reading the page, and then `body`, fails with.
  func failure(_ text: String, _ body: (FrontMatter) throws -> Void = { _ in }) -> String {
    do {
      try body(page(text).frontMatter)
      return ""
    } catch {
      return "\(error)"
    }
  }

  static let text = """
    ---
    title: "1984: the film"
    order: 3
    draft: no
    date: 2024-02-29
    tags: [one, two words, 3]
    author: me
    empty:
    more:
      deep: [1, {a: b}]
    ---
    Hello.
    """

  @Test(
    "is read with every line end and with a byte order mark",
    arguments: ["\n", "\r\n"], ["", "\u{FEFF}"])
  func values(_ lineEnd: String, _ mark: String) throws {
    let page = try page(
      mark + Self.text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: lineEnd))
    let matter = page.frontMatter
    #expect(page.title == "1984: the film")
    #expect(page.html == "<p>Hello.</p>\n")
    #expect(try matter.integer("order") == 3)
    #expect(try matter.flag("draft") == false)
    #expect(try matter.date("date") == "2024-02-29")
    #expect(try matter.strings("tags") == ["one", "two words", "3"])
    #expect(try matter.strings("author") == ["me"])
    #expect(try matter.string("empty") == nil)
    #expect(try matter.string("absent") == nil)
    #expect(matter.keys == ["title", "order", "draft", "date", "tags", "author", "empty", "more"])
    #expect(matter.line(of: "draft") == 4)
    #expect(
      matter["more"]
        == .mapping([
          "deep": .list([.scalar("1", isQuoted: false), .mapping(["a": .scalar("b", isQuoted: false)])])
        ]))
  }

  @Test("may be absent or empty")
  func absent() throws {
    #expect(try page("Hello\n\n---\n").html == "<p>Hello</p>\n<hr />\n")
    #expect(try page("\u{FEFF}# A").title == "A")
    #expect(try page("---\n---\n# A").title == "A")
    #expect(try page("---\n# nothing\n...\nA").frontMatter.keys.isEmpty)
  }

  @Test(
    "is read behind blank lines and blanks, with the line ends of old Macs, and by keys in any case",
    arguments: [
      "\n\n---\nTitle: A\nDraft: true\n---\nHello", " ---\ntitle: A\ndraft: yes\n---\nHello",
      "---\rtitle: A\rdraft: on\r---\rHello", "---yaml\ntitle: A\ndraft: True\n---\nHello",
    ])
  func loose(_ text: String) throws {
    let page = try page(text)
    #expect(page.title == "A" && page.html == "<p>Hello</p>\n")
    #expect(try page.frontMatter.flag("draft") == true)
  }

  @Test(
    "in another format is named, never shown",
    arguments: [
      ("+++\ntitle = \"a\"\n+++\n", "TOML"), ("---toml\na = 1\n---\n", "TOML"), ("{\n\"a\": 1\n}\n", "JSON"),
      ("{ \"a\": 1 }\n", "JSON"),
    ])
  func others(_ text: String, _ format: String) {
    #expect(failure("\n" + text).hasPrefix("content/about.md:2: the front matter is \(format)"))
  }

  @Test("has dates of the calendar, with or without leading zeros and times")
  func dates() throws {
    for (written, date) in [
      ("2026-3-1", "2026-03-01"), ("2026-03-01T10:00:00Z", "2026-03-01"), ("2026-03-01 10:00", "2026-03-01"),
      ("2024-02-29", "2024-02-29"),
    ] { #expect(try page("---\ndate: \(written)\n---\n").frontMatter.date("date") == date) }
    for written in ["soon", "2026-13-01", "2026-02-29", "03/01/2026", "2026-03", "2026-00-10", "99-1-1"] {
      let words = failure("---\na: 1\ndate: \(written)\n---\n") { _ = try $0.date("date") }
      #expect(words.hasPrefix("content/about.md:3: “date” is not a date such as 2026-03-01"), "\(written)")
    }
  }

  @Test("says which key is unknown, and where")
  func unknown() throws {
    let matter = try page("---\ntitle: a\nnavigaton: no\n---\n").frontMatter
    let found = matter.unknownKey(among: ["title", "navigation"])
    #expect(found?.key == "navigaton" && found?.line == 3)
    #expect(matter.unknownKey(among: ["title", "navigaton"]) == nil)
  }

  @Test("and text come out of every encoding that can be told, and of no other")
  func encodings() throws {
    let text = "---\ntitle: Glück\n---\nWörter 🎬\n"
    func utf16(_ isLittle: Bool) -> [UInt8] {
      ([0xFEFF] + Array(text.utf16)).flatMap {
        isLittle ? [UInt8($0 & 255), UInt8($0 >> 8)] : [UInt8($0 >> 8), UInt8($0 & 255)]
      }
    }
    for bytes in [Array(text.utf8), [0xEF, 0xBB, 0xBF] + Array(text.utf8), utf16(true), utf16(false)] {
      #expect(try AuthorText.decoded(bytes, path: "x.md") == text)
    }
    let latin: [UInt8] = Array("---\ntitle: Gl".utf8) + [0xFC] + Array("ck\n---\n".utf8)
    #expect(throws: MarkdownError.notUTF8(path: "x.md", line: 2)) { try AuthorText.decoded(latin, path: "x.md") }
    #expect(throws: MarkdownError.notUTF8(path: "x.md", line: 1)) {
      try AuthorText.decoded(Array(utf16(true).dropFirst(2)), path: "x.md")
    }
    #expect(throws: MarkdownError.notUTF8(path: "x.md", line: 1)) {
      try AuthorText.decoded(utf16(true) + [0], path: "x.md")
    }
  }

  @Test("says with its line what is wrong")
  func errors() {
    #expect(
      failure("---\ntitle: a\n")
        == "content/about.md:1: the front matter that begins here never ends; close it with a line “---”")
    #expect(failure("---\na: 1\nb: [1\n---\n").hasPrefix("content/about.md:4: the front matter is not YAML: "))
    #expect(
      failure("---\na: 1\ntitle: Heat: a film\n---\n").hasPrefix("content/about.md:3: the front matter is not YAML: "))
    #expect(failure("---\na: 1\nb: 2\na: 3\n---\n").contains("“a” occurs twice"))
    #expect(
      failure("---\n- a\n---\n")
        == "content/about.md:2: the front matter is not a list of “key: value” lines; write it as one")
    #expect(
      failure("---\na: 1\norder: three\n---\n") { _ = try $0.integer("order") }
        == "content/about.md:3: “order” is not a whole number; write one")
    #expect(
      failure("---\ndraft: \"no\"\n---\n") { _ = try $0.flag("draft") }
        == "content/about.md:2: “draft” is not true or false; write one")
    #expect(
      failure("---\ntitle: [a]\n---\n") == "content/about.md:2: “title” is not a text; write one")
    #expect(
      failure("---\ntags: [a, [b]]\n---\n") { _ = try $0.strings("tags") }
        == "content/about.md:2: “tags” is not a list of texts; write one")
  }

  @Test(
    "that nests or repeats itself without end is refused",
    arguments: [
      "a: " + String(repeating: "[", count: 50_000), String(repeating: "- ", count: 50_000) + "a",
      "a: " + String(repeating: "{a: ", count: 50_000),
      "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: [*d,*d,*d,*d,*d,*d,*d,*d,*d]",
    ])
  func endless(_ yaml: String) {
    #expect(failure("---\n\(yaml)\n---\n").hasPrefix("content/about.md:"))
  }
}
