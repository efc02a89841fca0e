import Foundation
import Site
import Templates
import TestSupport
import Testing

struct ThemeTests {
  @Test func `a template that uses an undeclared name is refused with its place and the nearest name`() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "{{<layout}}\n{{$content}}\n<h1>{{headign}}</h1>\n{{/content}}\n{{/layout}}\n", to: "movie.mustache")
    let theme = try Theme(folders: [Fixture.themeFolder, folder.path])
    let error = #expect(throws: (any Error).self) { try Fixture.website(theme: theme) }
    let words = String(describing: try #require(error))
    #expect(words.contains(folder.path("movie.mustache") + ":3:5:"), "\(words)")
    #expect(words.contains("“headign”") && words.contains("“heading”"), "\(words)")
  }

  @Test func `a text may not be printed unescaped`() throws {
    let folder = try TemporaryFolder()
    try folder.write("<b>{{{title}}}</b>", to: "partials/poster.mustache")
    let theme = try Theme(folders: [Fixture.themeFolder, folder.path])
    #expect(throws: (any Error).self) { try Fixture.website(theme: theme) }
  }

  @Test func `a theme overrides another file by file`() throws {
    let folder = try TemporaryFolder()
    try folder.write("<p>Gone, {{title}}</p>", to: "not-found.mustache")
    try folder.write("body { background: url(paper.png) url( 'https://x.example/y.png' ) }", to: "assets/style.css")
    try folder.write([1, 2, 3], to: "assets/paper.png")
    try folder.write("not part of the theme", to: "README.md")
    let theme = try Theme(folders: [Fixture.themeFolder, folder.path])
    let files = try Fixture.files(of: Fixture.website(theme: theme))
    #expect(files["404.html"] == Array("<p>Gone, Page not found – The Little Rialto</p>".utf8))
    let assets = files.keys.filter { $0.hasPrefix("assets/") }
    let style = try #require(assets.first { $0.hasPrefix("assets/style.") })
    let paper = try #require(assets.first { $0.hasPrefix("assets/paper.") })
    let css = String(decoding: try #require(files[style]), as: UTF8.self)
    #expect(css.contains("url(\"\(paper.dropFirst("assets/".count))\")") && css.contains("'https://x.example/y.png'"))
    let home = String(decoding: try #require(files["index.html"]), as: UTF8.self)
    #expect(home.contains("href=\"\(style)\""))
    let before = try Fixture.files(of: Fixture.website())
    #expect(assets.count == before.keys.filter { $0.hasPrefix("assets/") }.count + 1)
    #expect(before.keys.contains { $0.hasPrefix("assets/style.") } && before[style] == nil)
  }

  @Test func `a missing folder, a template that is no text and a missing template are told`() throws {
    #expect(throws: SiteError.folderUnreadable(path: "/nowhere/theme")) { try Theme(folders: ["/nowhere/theme"]) }
    let folder = try TemporaryFolder()
    try folder.write([0x41, 0xff, 0xfe], to: "home.mustache")
    #expect(throws: SiteError.templateNotUTF8(path: folder.path("home.mustache"))) { try Theme(folders: [folder.path]) }
    let whole = try Fixture.defaultTheme()
    let partial = Theme(
      templates: whole.templates.filter { $0.name != "movie" }, assets: whole.assets, texts: whole.texts,
      folders: ["site"])
    #expect(throws: SiteError.templateMissing(name: "movie", folders: ["site"])) {
      try Fixture.website(theme: partial)
    }
  }

  @Test(arguments: [
    "", "films.example", "ftp://films.example/", "https://", "https:///x", "https://a b/", "http://x/\"",
    "https://x/?q",
  ])
  func `an address that is none is refused`(url: String) {
    var configuration = Fixture.configuration
    configuration.url = url
    #expect(throws: SiteError.addressInvalid(url: url)) { try Fixture.website(configuration) }
  }

  @Test func `an address without a slash at its end gets one`() throws {
    var configuration = Fixture.configuration
    configuration.url = "https://films.example/rialto"
    let files = try Fixture.files(of: Fixture.website(configuration))
    #expect(try files == Fixture.files(of: Fixture.website()))
  }

  @Test func `pages cannot take the address of another part of the site or of each other`() throws {
    let page = MarkdownPage(name: "Movies", path: "movies.md", title: "x", html: "")
    #expect(throws: SiteError.pageNameTaken(name: "movies", path: "movies.md")) {
      try Fixture.website(pages: [page])
    }
    let twins = ["a b", "A-b"].map { MarkdownPage(name: $0, path: "\($0).md", title: "x", html: "") }
    #expect(throws: SiteError.pageNamesMeet(name: "news/a-b", paths: ["a b.md", "A-b.md"])) {
      try Fixture.website(posts: twins)
    }
    for name in ["metrics", "healthz", "index", "404", "con", "rooms/aux", "account/x"] {
      let page = MarkdownPage(name: name, path: "\(name).md", title: "x", html: "")
      #expect(throws: SiteError.pageNameTaken(name: name, path: "\(name).md"), "\(name)") {
        try Fixture.website(pages: [page])
      }
    }
  }

  @Test func `a page size of zero is refused`() {
    var configuration = Fixture.configuration
    configuration.moviesPerPage = 0
    #expect(throws: SiteError.sizeNotPositive(name: "moviesPerPage", value: 0)) { try Fixture.website(configuration) }
  }

  @Test func `two sites of the same input are the same, in any order and on several threads`() async throws {
    let website = try Fixture.website()
    let files = try Fixture.files(of: Fixture.website())
    await withTaskGroup(of: Void.self) { group in
      for part in 0..<4 {
        group.addTask {
          var bytes: [UInt8] = []
          for index in (0..<website.outputCount).reversed() where index % 4 == part || index % 7 == 0 {
            let path = try? website.render(index, into: &bytes)
            #expect(files[path ?? ""] == bytes, "\(path ?? "failed")")
          }
        }
      }
    }
  }
}
