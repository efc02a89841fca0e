import Synthesis
import TestSupport
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

@Suite("The community of the sample")
struct SampleCommunityTests {
  /// `MARQUEE_RECORD=1` writes the files anew instead of comparing them.
  private static let records = ProcessInfo.processInfo.environment["MARQUEE_RECORD"] != nil

  @Test(arguments: ["ratings.csv", "tags.csv"])
  func `the shipped files are what the generator writes with the shipped seed`(name: String) throws {
    let community = try SampleCommunity(moviesCSV: Shipped.text("movies.csv"))
    let folder = try TemporaryFolder()
    #expect(try community.write(to: folder.path) == ["ratings.csv", "tags.csv"])
    let written = try Data(contentsOf: URL(fileURLWithPath: folder.path(name)))
    let shipped = Shipped.folder.appendingPathComponent(name)
    if Self.records { try written.write(to: shipped) }
    #expect(try Data(contentsOf: shipped) == written)
  }

  @Test func `it has 120 members and 6,000 ratings, no pair twice, in order`() throws {
    let ratings = try SampleCommunity(moviesCSV: Shipped.text("movies.csv")).ratings
    #expect(ratings.count == 6_000)
    #expect(Set(ratings.map(\.user)) == Set(1...120))
    let keys = ratings.map { $0.user * 1_000 + $0.movie }
    #expect(keys == keys.sorted() && Set(keys).count == keys.count)
    #expect(ratings.allSatisfy { (1...10).contains($0.halfStars) })
    #expect(Dictionary(grouping: ratings, by: \.user).values.allSatisfy { $0.count >= 15 })
  }

  @Test func `nobody rates a film before the year after it came out`() throws {
    let years = Dictionary(uniqueKeysWithValues: try Shipped.films().map { ($0.id, $0.year) })
    for rating in try SampleCommunity(moviesCSV: Shipped.text("movies.csv")).ratings {
      #expect(Double(rating.time) > (Double(try #require(years[rating.movie])) - 1969.01) * 365.2425 * 86_400)
      #expect(rating.time < 1_793_491_200, "the first of November 2026")
    }
  }

  @Test func `well-known films are rated more, and taste shows in the stars`() throws {
    let films = Dictionary(uniqueKeysWithValues: try Shipped.films().map { ($0.id, $0) })
    let ratings = try SampleCommunity(moviesCSV: Shipped.text("movies.csv")).ratings
    let counts = Dictionary(grouping: ratings, by: \.movie).mapValues(\.count).values.sorted(by: >)
    #expect(counts.prefix(counts.count / 5).reduce(0, +) > ratings.count * 35 / 100)
    // Members who rate much horror like it better than the others do.
    let horror = Dictionary(grouping: ratings, by: \.user).values.map { own in
      let scary = own.filter { films[$0.movie]?.genres.contains("Horror") == true }
      let mean = Double(scary.reduce(0) { $0 + $1.halfStars }) / 2 / Double(max(1, scary.count))
      let all = Double(own.reduce(0) { $0 + $1.halfStars }) / 2 / Double(own.count)
      return (share: Double(scary.count) / Double(own.count), excess: mean - all, count: scary.count)
    }.filter { $0.count >= 4 }.sorted { $0.share < $1.share }
    func meanExcess(_ part: some Collection<(share: Double, excess: Double, count: Int)>) -> Double {
      part.reduce(0) { $0 + $1.excess } / Double(part.count)
    }
    #expect(meanExcess(horror.suffix(horror.count / 4)) > meanExcess(horror.prefix(horror.count / 4)) + 0.4)
  }

  @Test func `another seed is another community`() throws {
    let text = try Shipped.text("movies.csv")
    #expect(try SampleCommunity(moviesCSV: text, seed: 1).ratings != SampleCommunity(moviesCSV: text, seed: 2).ratings)
  }

  @Test func `too few films are refused`() {
    #expect(throws: SynthesisError.tooFewFilms(films: 1, ratings: 6_000)) {
      try SampleCommunity(moviesCSV: "movieId,title,genres,directors\n1,M (1931),Crime,Fritz Lang\n")
    }
  }

  @Test func `the pages about the sample count right`() throws {
    let films = try Shipped.films().count
    #expect(try Shipped.text("README.md").contains("| `movies.csv` | \(films) films from 1920 to 2024:"))
    let welcome = try Shipped.text("../news/welcome.md")
    #expect(welcome.contains("Marquee: \(films) films, from") && welcome.contains("opens with \(films) films"))
    #expect(try Shipped.text("ratings.csv").split(separator: "\n").count == 6_001)
  }
}
