import Precompute
import Site
import Testing

@Suite struct `What a site says of itself without a description` {
  @Test(arguments: [
    ("en", "Films worth your evening"), ("de", "Filme für deinen Abend"), ("he", "סרטים ששווים את הערב שלכם"),
  ])
  func `is said in its language`(language: String, words: String) throws {
    var configuration = SiteConfiguration(url: "https://films.example/")
    configuration.language = language
    let files = try Fixture.files(of: Fixture.website(configuration, precomputed: Fixture.precomputed()))
    let page = String(decoding: try #require(files["index.html"]), as: UTF8.self)
    #expect(page.contains(words))
    #expect(language == "en" || !page.contains("Films worth"))
  }
}
