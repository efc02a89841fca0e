import Precompute
import Ratings
import Site
import Testing

/// A site whose members say whether they like a film: nothing on it speaks of stars.
@Suite struct `A site of likes` {
  static func website(_ language: String) throws -> Website {
    var precomputed = Fixture.precomputed()
    precomputed.scale = .likes
    let statistics = { (statistics: RatingStatistics) in
      statistics.count == 0
        ? statistics : RatingStatistics(count: 40, mean: 0.75, histogram: [10, 30])
    }
    precomputed.movieStatistics = precomputed.movieStatistics.map(statistics)
    precomputed.userStatistics = precomputed.userStatistics.map(statistics)
    for index in precomputed.lists.indices {
      precomputed.lists[index].entries = Ragged(
        offsets: precomputed.lists[index].entries.offsets,
        elements: precomputed.lists[index].entries.elements.map { entry in
          var entry = entry
          (entry.stars, entry.low, entry.high) = (0.8125, 0.5, 1)
          return entry
        })
    }
    var configuration = Fixture.configuration
    configuration.language = language
    return try Fixture.website(configuration, precomputed: precomputed)
  }

  /// Text that people see: without scripts, addresses and attributes that only scripts read.
  private func words(_ bytes: [UInt8]) -> String {
    String(decoding: bytes, as: UTF8.self)
      .replacing(/<script[^>]*>.*?<\/script>/.dotMatchesNewlines(), with: "")
      .replacing(/<[^>]*>/, with: " ")
  }

  @Test(arguments: ["en", "de", "he"]) func `shows shares, and never a star`(language: String) throws {
    let files = try Fixture.files(of: Self.website(language))
    let stars = try Regex(
      ["en": #"\bstars?\b| of 1\b"#, "de": #"\bsterne?\b|\bvon 1\b"#, "he": "כוכב"][language] ?? "")
    var checked = 0
    // What a model is for is told in the words of its authors.
    for (path, bytes) in files where path.hasSuffix(".html") && path != "models/index.html" {
      let text = words(bytes).lowercased()
      let line = text.split(separator: "\n").first { $0.contains(stars) || $0.contains("0.8") || $0.contains("0,8") }
      #expect(line == nil, "\(path)")
      checked += 1
    }
    #expect(checked > 20)
    let movie = words(try #require(files["movies/111-alien/index.html"]))
    #expect(movie.contains("75") && movie.contains("%"))
    let member = words(try #require(files["users/1/index.html"]))
    #expect(member.contains("81"))
    let page = String(decoding: try #require(files["users/1/index.html"]), as: UTF8.self)
    #expect(page.contains(#"data-ratings="likes""#))
    // Programs get numbers, as everywhere.
    #expect(String(decoding: try #require(files["api/movies/111.json"]), as: UTF8.self).contains(#""mean":0.75"#))
  }

  @Test func `says on the page of models what ratings are`() throws {
    let likes = words(try #require(Fixture.files(of: Self.website("en"))["models/index.html"]))
    #expect(likes.contains("whether they like a film"))
    let stars = words(try #require(Fixture.files(of: Fixture.website())["models/index.html"]))
    #expect(stars.contains("from 0.5 to 5 in steps of 0.5"))
    var configuration = Fixture.configuration
    configuration.bestWasLow = true
    let turned = words(try #require(Fixture.files(of: Fixture.website(configuration))["models/index.html"]))
    #expect(turned.contains("the lowest number was the best"))
  }
}
