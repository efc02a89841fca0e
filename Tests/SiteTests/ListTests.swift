import Foundation
import Markdown
import Precompute
import Ratings
import Site
import Templates
import Testing

/// Lists of films that the owner puts together.
struct ListTests {
  static let source = """
    ---
    title: Night shift
    films:
      - film: Alien (1979)
        note: For the cat.
      - "The Matrix"
      - 1
    ---
    Words.
    """

  static func list(_ source: String) throws -> EditorsList {
    try EditorsList(
      name: "night", document: MarkdownDocument(source, path: "content/lists/night.md"), text: source)
  }

  @Test func `a list names films by title, year or id and becomes a page, a table and a text`() throws {
    let files = try Fixture.files(of: Fixture.website(lists: [Self.list(Self.source)]))
    let page = String(decoding: try #require(files["lists/night/index.html"]), as: UTF8.self)
    for words in ["Night shift", "Alien", "For the cat.", "The Matrix", "Toy Story", "Words."] {
      #expect(page.contains(words), "\(words)")
    }
    let csv = String(decoding: try #require(files["lists/night/list.csv"]), as: UTF8.self)
    #expect(
      csv.hasPrefix("place,title,year,id,imdb,note\r\n1,\"Alien\",\"1979\",\"111\",\"tt0078748\",\"For the cat.\"\r\n"))
    let text = String(decoding: try #require(files["lists/night/list.txt"]), as: UTF8.self)
    #expect(text.contains("1. Alien (1979): For the cat.\n2. The Matrix (1999)\n3. Toy Story (1995)\n"))
    let movie = String(decoding: try #require(files["movies/111-alien/index.html"]), as: UTF8.self)
    #expect(movie.contains("lists/night/index.html\"><bdi>Night shift"))
    try LinkTests.check(files)
  }

  @Test(arguments: [
    (
      "The Matrix", "The Matricks",
      "content/lists/night.md:6: no film is called “The Matricks”; did you mean “The Matrix”?"
    ),
    ("1\n---", "Ben Hur (1959)\n---", "content/lists/night.md:7: no film is called “Ben Hur (1959)”"),
  ]) func `a film that is not there stops the build with its line`(old: String, new: String, words: String) throws {
    let list = try Self.list(Self.source.replacing(old, with: new, maxReplacements: 1))
    let error = #expect(throws: SiteError.self) { try Fixture.website(lists: [list]) }
    #expect(error.map { "\($0)".hasPrefix(words) } == true, "\(error.map { "\($0)" } ?? "")")
  }

  @Test func `a title that two films share asks for the year`() throws {
    var precomputed = Fixture.precomputed()
    precomputed.movies[3].title = "Alien"
    let list = try Self.list(Self.source.replacing("Alien (1979)", with: "Alien"))
    let error = #expect(throws: SiteError.self) { try Fixture.website(precomputed: precomputed, lists: [list]) }
    #expect(
      error.map { "\($0)".contains("may be one of 2 films; name it by its year or id: Alien (1979), id 111") } == true)
  }

  @Test func `films of any script are found by their words, and by nothing else`() throws {
    var precomputed = Fixture.precomputed()
    for (index, title) in ["नदी का पुल", "Пустой вокзал", "月の駅", "C#", "C++", "!!!"].enumerated() {
      precomputed.movies[index].title = title
      precomputed.movies[index].year = index < 3 ? 1977 : 2001
    }
    func lines(_ film: String) throws -> String {
      let list = try Self.list("---\ntitle: x\nfilms:\n  - \"\(film)\"\n---\n")
      let files = try Fixture.files(of: Fixture.website(precomputed: precomputed, lists: [list]))
      return String(decoding: try #require(files["lists/night/list.txt"]), as: UTF8.self)
    }
    for film in ["Пустой вокзал (1977)", "नदी का पुल (1977)", "月の駅 (1977)", "C# (2001)", "C++ (2001)", "!!! (2001)"] {
      #expect(try lines(film).contains("1. \(film)\n"), "\(film)")
    }
    #expect(try lines("ПУСТОЙ ВОКЗАЛ").contains("Пустой вокзал"))
    for film in ["Полный вокзал (1977)", "山の駅 (1977)", "(1977)", "D (2001)"] {
      #expect(throws: SiteError.self, "\(film)") { try lines(film) }
    }
  }

  @Test(arguments: ["films: Alien", "films: { a: b }", "films:\n  - [a]"])
  func `films that are no list are told with their line`(films: String) throws {
    #expect(throws: MarkdownError.self) { try Self.list("---\ntitle: x\n\(films)\n---\n") }
  }

  @Test(arguments: HostileTests.strings) func `a hostile list stays a list`(text: String) throws {
    let page = MarkdownPage(name: "x " + text, path: "x.md", title: text, html: "<p>.</p>\n", description: text)
    let list = EditorsList(page: page, films: [EditorsList.Film(text: "111", note: text)])
    let plain = try HTMLScanner(
      #require(Fixture.files(of: Fixture.website(lists: [Self.list(Self.source)]))["lists/night/index.html"]))
    let files = try Fixture.files(of: Fixture.website(lists: [list]))
    let path = try #require(
      files.keys.first { $0.hasPrefix("lists/") && $0.split(separator: "/").count > 2 && $0.hasSuffix(".html") })
    let names = Set(plain.tags.map(\.name))
    for tag in try HTMLScanner(#require(files[path])).tags { #expect(names.contains(tag.name), "<\(tag.name)>") }
    let csv = String(decoding: try #require(files[path.replacing("index.html", with: "list.csv")]), as: UTF8.self)
    #expect(!csv.contains("\"=") && csv.split(separator: "\"", omittingEmptySubsequences: false).count % 2 == 1)
  }
}
