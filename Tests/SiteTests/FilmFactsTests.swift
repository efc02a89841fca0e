import Precompute
import Ratings
import Site
import Testing

/// How long films are and what is spoken in them, where that is known.
@Suite struct `Length and language` {
  private static func files(_ language: String = "en") throws -> [String: [UInt8]] {
    var precomputed = Fixture.precomputed()
    (precomputed.movies[2].runtime, precomputed.movies[2].language) = (117, "en")
    precomputed.movies[4].language = "fr"
    var configuration = Fixture.configuration
    configuration.language = language
    return try Fixture.files(of: Fixture.website(configuration, precomputed: precomputed))
  }

  @Test(arguments: [("en", "117 min"), ("de", "117 Min."), ("he", "117 דקות")])
  func `stand on the page of the film`(language: String, minutes: String) throws {
    let files = try Self.files(language)
    let page = String(decoding: try #require(files["movies/111-alien/index.html"]), as: UTF8.self)
    #expect(page.contains(minutes) && page.contains(#"data-code="en""#))
    #expect(page.contains(#""duration":"PT117M""#) && page.contains(#""inLanguage":"en""#))
    let json = String(decoding: try #require(files["api/movies/111.json"]), as: UTF8.self)
    #expect(json.contains(#""runtime":117,"language":"en""#))
  }

  @Test func `are nowhere where nobody knows them`() throws {
    let files = try Self.files()
    let page = String(decoding: try #require(files["movies/1-toy-story/index.html"]), as: UTF8.self)
    #expect(!page.contains("data-code") && !page.contains("duration"))
    #expect(!String(decoding: try #require(files["api/movies/1.json"]), as: UTF8.self).contains("runtime"))
  }
}
