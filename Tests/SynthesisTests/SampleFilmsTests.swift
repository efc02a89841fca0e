import Synthesis
import TestSupport
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What the repository ships under content/sample.
enum Shipped {
  static let folder = SharedData.repository.appendingPathComponent("content/sample")

  static func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: folder.appendingPathComponent(name)), as: UTF8.self)
  }

  static func films() throws -> [SampleFilm] { try SampleFilm.films(inCSV: text("movies.csv")) }
}

@Suite("The films of the sample")
struct SampleFilmsTests {
  private static let genres = [
    "Action", "Adventure", "Animation", "Children", "Comedy", "Crime", "Documentary", "Drama", "Fantasy", "Film-Noir",
    "Horror", "Musical", "Mystery", "Romance", "Sci-Fi", "Thriller", "War", "Western",
  ]

  @Test func `there are some three hundred, numbered from one, no two alike`() throws {
    let films = try Shipped.films()
    #expect((280...320).contains(films.count))
    #expect(films.map(\.id) == Array(1...films.count))
    #expect(Set(films.map { "\($0.title) \($0.year)" }).count == films.count)
    // The lists of fame and tags go by title alone.
    #expect(Set(films.map(\.title)).count == films.count)
  }

  @Test func `they are in the order of their years`() throws {
    let years = try Shipped.films().map(\.year)
    #expect(years == years.sorted())
    #expect(Set(years.map { $0 / 10 * 10 }) == Set(stride(from: 1920, through: 2020, by: 10)))
  }

  @Test func `every film has a director and genres of MovieLens`() throws {
    for film in try Shipped.films() {
      #expect(!film.directors.isEmpty, "\(film.title)")
      #expect(!film.genres.isEmpty && film.genres.isSubset(of: Self.genres), "\(film.title)")
      #expect(film.directors.allSatisfy { $0.first?.isWhitespace == false && $0.last?.isWhitespace == false })
    }
  }

  @Test(arguments: genres) func `a genre has films enough to fill a page`(genre: String) throws {
    #expect(try Shipped.films().count { $0.genres.contains(genre) } >= 5)
  }

  @Test func `all films with descriptions exist`() throws {
    let titles = Set(try Shipped.films().map(\.title))
    let named = [SampleCommunity.householdNames, SampleCommunity.canon, SampleCommunity.repertory]
    for list in named { #expect(list.subtracting(titles) == []) }
    for (word, list) in SampleCommunity.tagWords { #expect(Set(list).subtracting(titles) == [], "\(word)") }
  }

  @Test func `a malformed line is named`() {
    let text = "movieId,title,genres,directors\n1,\"M (1931)\",Crime,Fritz Lang\n2,Untitled,Drama,Nobody\n"
    #expect {
      try SampleFilm.films(inCSV: text)
    } throws: { error in
      "\(error)".hasPrefix("movies.csv:3: 'Untitled' does not end with its year")
    }
  }

  @Test func `quoted fields keep their commas and quotes`() throws {
    let text = "movieId,title,genres,directors\n7,\"\"\"Q\"\", and A (1999)\",Drama|War,A B|C D\n"
    let film = try #require(try SampleFilm.films(inCSV: text).first)
    #expect(film.title == "\"Q\", and A")
    #expect(film.directors == ["A B", "C D"])
  }
}
