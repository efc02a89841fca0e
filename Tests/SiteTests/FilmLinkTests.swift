import Foundation
import Precompute
import Ratings
import Site
import Testing

/// Where the pages of films link to.
struct FilmLinkTests {
  private static func links(_ configuration: SiteConfiguration, on page: String) throws -> [String] {
    let files = try Fixture.files(of: Fixture.website(configuration))
    let html = String(decoding: try #require(files["movies/\(page)/index.html"]), as: UTF8.self)
    return html.matches(of: /<a class="out" href="([^"]+)"/).map { String($0.1) }
  }

  @Test func `a film links to the services of the settings, in their order`() throws {
    var configuration = Fixture.configuration
    #expect(
      try Self.links(configuration, on: "111-alien") == [
        "https://letterboxd.com/tmdb/348/", "https://www.justwatch.com/us/search?q=Alien",
        "https://www.imdb.com/title/tt0078748/", "https://www.themoviedb.org/movie/348",
      ])
    configuration.filmLinks = [.imdb, .letterboxd]
    #expect(
      try Self.links(configuration, on: "111-alien") == [
        "https://www.imdb.com/title/tt0078748/", "https://letterboxd.com/tmdb/348/",
      ])
    configuration.filmLinks = []
    #expect(try Self.links(configuration, on: "111-alien") == [])
  }

  @Test(arguments: [("en", "us"), ("en-GB", "uk"), ("de", "de"), ("de-AT", "at"), ("he", "il")])
  func `a film without ids is looked for in the country of the site`(language: String, country: String) throws {
    var configuration = Fixture.configuration
    configuration.language = language
    #expect(
      try Self.links(configuration, on: "607-film") == [
        "https://www.justwatch.com/\(country)/search?q=%E3%81%A8%E3%81%AA%E3%82%8A%E3%81%AE%E3%83%88%E3%83%88%E3%83%AD"
      ])
  }
}

/// Figures whose words say what they mean.
struct FigureWordsTests {
  @Test func `people are as close as their share of all pairs that the site shows`() throws {
    let files = try Fixture.files(of: Fixture.website())
    let page = String(decoding: try #require(files["users/1/index.html"]), as: UTF8.self)
    // Of five pairs, one is less alike than .42; none is less alike than .1.
    #expect(page.contains("closer than 20\u{a0}% of pairs"), "\(page.matches(of: /closer than [^<]+/).map { $0.0 })")
    #expect(page.contains("closer than 0\u{a0}% of pairs"))
  }

  @Test func `a setting that is a code is said in words`() throws {
    var precomputed = Fixture.precomputed()
    precomputed.models[0].settings = [
      ("similarity", 3), ("factors", 0), ("dates", 1), ("learning-rate", 0.05), ("neighbours", 40),
    ]
    let website = try Website(
      configuration: Fixture.configuration, precomputed: precomputed, theme: Fixture.defaultTheme())
    let page = String(decoding: try #require(Fixture.files(of: website)["models/index.html"]), as: UTF8.self)
    for words in [
      "<dt>similarity</dt><dd>Pearson on what the baseline leaves</dd>", "<dt>factors</dt><dd>chosen by the data</dd>",
      "<dt>dates</dt><dd>on</dd>", "<dt>learning-rate</dt><dd>0.05</dd>", "<dt>neighbours</dt><dd>40</dd>",
    ] { #expect(page.contains(words), "\(words)") }
  }
}
