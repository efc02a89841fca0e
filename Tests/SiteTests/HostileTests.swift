import Foundation
import Platform
import Precompute
import Ratings
import Site
import Templates
import TestSupport
import Testing

/// Strings that would break out of HTML, JSON, XML or an address if anything forgot to escape them.
struct HostileTests {
  static let strings = [
    "<script>alert(1)</script> & \"co\"", "</title></script><!-- <img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)", "\" onfocus=\"alert(1)\" autofocus=\"", "]]><x/>", "javascript:alert(1)",
    "../../etc/passwd", "..\\..\\windows", "CON", "\u{2028}line\u{2029}separators", "\u{202e}right-to-left",
    "{{title}}{{{html}}}{{> layout}}", "&amp;&lt;&#39;", "\\\" \\u003c \n\r\t\u{8}", "%00%2e%2e/", "日本語 の タイトル",
    "🎬🍿👩‍👩‍👧", "e\u{301}te\u{301}", "url(x);}*{display:none}", "--><style>*{display:none}</style>", "\u{1}\u{7f}", " ",
  ]

  static let precomputed: Precomputed = {
    var precomputed = Fixture.precomputed()
    for index in precomputed.movies.indices {
      func string(_ shift: Int) -> String { strings[(index * 2 + shift) % strings.count] }
      precomputed.movies[index] = Movie(
        id: .text(string(0)), title: string(1), year: index % 3 == 0 ? nil : 1990,
        genres: [string(2), string(3)], directors: [string(4), string(5)], imdbID: string(6), tmdbID: -1)
    }
    precomputed.movies[11].id = .text("twelfth \" id")
    precomputed.users = strings.prefix(4).map { User(id: .text($0)) }
    precomputed.movieTags = precomputed.movies.map { _ in strings }
    precomputed.models = strings.map { text in
      ModelReport(
        name: text, family: text, job: "stars", purpose: text, settings: [(text, 1)], metrics: [(text, .nan)],
        evaluationProtocol: text, reference: text)
    }
    precomputed.lists[0].model = strings[1]
    return precomputed
  }()

  static func website(_ text: String, linkStyle: SiteConfiguration.LinkStyle = .files) throws -> Website {
    var configuration = Fixture.configuration
    configuration.title = text
    configuration.description = text
    configuration.author = text
    configuration.quality = text
    configuration.linkStyle = linkStyle
    let page = MarkdownPage(
      name: "x " + text, path: "x.md", title: text, html: "<p>.</p>\n", description: text, date: text)
    return try Fixture.website(configuration, precomputed: precomputed, pages: [page], posts: [page])
  }

  @Test(.slow, arguments: strings) func `nothing in any field becomes markup`(text: String) throws {
    // What the templates themselves write, from a site of harmless words.
    let plain = try Fixture.files(of: Fixture.website())
    var names: Set<String> = []
    for (path, bytes) in plain where path.hasSuffix(".html") {
      for tag in try HTMLScanner(bytes).tags {
        names.insert(tag.name)
        names.formUnion(tag.attributes.map { tag.name + "." + $0.name })
      }
    }
    for (path, bytes) in try Fixture.files(of: Self.website(text)) where path.hasSuffix(".html") {
      let page = try HTMLScanner(bytes)
      for tag in page.tags {
        #expect(names.contains(tag.name), "\(path): <\(tag.name)>")
        for attribute in tag.attributes {
          #expect(names.contains(tag.name + "." + attribute.name), "\(path): \(tag.name) \(attribute)")
          if attribute.name == "href" || attribute.name == "src" {
            let harmless = attribute.value.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f && !"<>\"'\\".utf8.contains($0) }
            #expect(harmless && !attribute.value.hasPrefix("javascript:"), "\(path): \(attribute)")
          }
        }
      }
      for script in page.scripts where !script.isEmpty {
        #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(script.utf8)) }
      }
    }
  }

  @Test func `a hostile title is read back from its page as it was`() throws {
    let website = try Self.website("Rialto")
    let files = try Fixture.files(of: website)
    let pages = try files.filter { $0.key.hasPrefix("movies/") && $0.key.split(separator: "/").count == 3 }
      .map { try HTMLScanner($0.value) }
    // The title stands in a `bdi` of its own.
    let headings = pages.compactMap { page in page.tags.firstIndex { $0.name == "h1" }.map { page.texts[$0 + 1] } }
    for movie in Self.precomputed.movies { #expect(headings.contains(movie.title + "\n"), "\(movie.title)") }
  }

  @Test func `JSON of hostile strings parses back to the same strings`() throws {
    let files = try Fixture.files(of: Self.website(Self.strings[0]))
    var titles: Set<String> = []
    for (path, bytes) in files where path.hasSuffix(".json") || path.hasSuffix(".webmanifest") {
      let value = try JSONSerialization.jsonObject(with: Data(bytes))
      if path.hasPrefix("api/movies/") {
        let object = try #require(value as? [String: Any], "\(path)")
        titles.insert(try #require(object["title"] as? String))
        #expect(object["tags"] as? [String] == Self.strings)
      }
    }
    #expect(titles == Set(Self.precomputed.movies.map(\.title)))
    let models = try #require(files["api/models.json"])
    let parsed = try JSONSerialization.jsonObject(with: Data(models)) as? [String: Any]
    let names = (parsed?["models"] as? [[String: Any]])?.compactMap { $0["name"] as? String }
    #expect(names == Self.strings)
  }

  @Test(arguments: strings) func `a string survives JSON, also in a script`(text: String) throws {
    for inScript in [false, true] {
      var bytes: [UInt8] = [UInt8(ascii: "[")]
      bytes.append(json: text, inScript: inScript)
      bytes.append(UInt8(ascii: "]"))
      #expect(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String] == [text])
      let written = String(decoding: bytes, as: UTF8.self)
      #expect(!written.unicodeScalars.contains { $0.value == 0x2028 || $0.value == 0x2029 || $0.value < 0x20 })
      if inScript { #expect(!written.contains { "<>&".contains($0) }) }
    }
  }

  @Test(arguments: strings) func `the feed and sitemap stay well-formed XML`(text: String) throws {
    let files = try Fixture.files(of: Self.website(text))
    for path in ["feed.xml", "sitemap.xml"] {
      let xml = String(decoding: try #require(files[path]), as: UTF8.self)
      var open: [String] = []
      var rest = Substring(xml.dropFirst(xml.hasPrefix("<?xml") ? 38 : 0))
      while let start = rest.firstIndex(of: "<"), let end = rest[start...].firstIndex(of: ">") {
        let before = rest[..<start]
        #expect(!before.contains(">"), "\(path): \(before)")
        let tag = rest[rest.index(after: start)..<end]
        if tag.hasPrefix("/") {
          #expect(open.popLast() == String(tag.dropFirst()), "\(path): \(tag)")
        } else if !tag.hasSuffix("/") {
          open.append(String(tag.prefix { $0 != " " }))
        }
        rest = rest[rest.index(after: end)...]
      }
      #expect(open.isEmpty && !rest.contains(">"))
      let controls = xml.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" && $0 != "\t" && $0 != "\r" }
      #expect(!controls, "\(path)")
    }
  }

  @Test func `hostile ids become safe file names that all differ`() throws {
    let files = try Fixture.files(of: Self.website("Rialto"))
    let lower = Set(files.keys.map { $0.lowercased() })
    #expect(lower.count == files.count)
    for path in files.keys {
      #expect(path.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f && !"\\:*?\"<>|'%&".utf8.contains($0) }, "\(path)")
      #expect(!path.split(separator: "/").contains { $0.allSatisfy { $0 == "." } }, "\(path)")
    }
  }
}
