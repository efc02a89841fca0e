import Precompute
import Ratings
import Site
import Testing

struct UniqueNameTests {
  @Test func `safe ids stay as they are`() {
    var names = UniqueNames()
    #expect(names.claim(.number(12)) == "12")
    #expect(names.claim(.text("tt0114709")) == "tt0114709")
    #expect(names.claim(.text("some_one-X")) == "some_one-X")
  }

  @Test func `ids that clash, are reserved or unsafe get a hash and differ`() {
    let ids: [SourceID] = [
      .number(7), .text("7"), .text("Ann"), .text("ann"), .text("ANN"), .text("a/b"), .text("a b"), .text("a-b"),
      .text("con"), .text("CON"), .text("LPT1"), .text(""), .text("."), .text(".."), .text("ü"), .text("u"),
      .text(String(repeating: "x", count: 200)), .text(String(repeating: "x", count: 199)),
    ]
    var names = UniqueNames()
    let claimed = ids.map { names.claim($0) }
    #expect(Set(claimed.map { $0.lowercased() }).count == ids.count)
    #expect(claimed[0] == "7" && claimed[1].hasPrefix("7-"))
    #expect(!claimed.contains { ["con", "lpt1", "", ".", ".."].contains($0.lowercased()) })
    #expect(claimed.allSatisfy { $0.utf8.count <= 130 })
    var again = UniqueNames()
    #expect(ids.map { again.claim($0) } == claimed)
  }

  @Test func `movie folders that would run together are kept apart`() throws {
    var precomputed = Fixture.precomputed()
    precomputed.movies[0].id = .text("a")
    precomputed.movies[0].title = "b c"
    precomputed.movies[1].id = .text("a-b")
    precomputed.movies[1].title = "c"
    let catalogue = try Catalogue(precomputed, texts: Fixture.texts())
    #expect(catalogue.movieFolders[0] == "movies/a-b-c/")
    #expect(Set(catalogue.movieFolders).count == catalogue.movieFolders.count)
  }

  @Test func `titles are in the order of a library`() throws {
    let catalogue = try Catalogue(Fixture.precomputed(), texts: Fixture.texts())
    let titles = catalogue.alphabet.map { catalogue.precomputed.movies[Int($0.movie)].title }
    #expect(titles.prefix(3) == ["Alien", "Amélie", "Blade Runner"])
    #expect(titles.contains("The Matrix") && titles.last == "となりのトトロ")
    #expect(catalogue.alphabet.last?.letter == "…")
    let matrix = catalogue.alphabet.first { catalogue.precomputed.movies[Int($0.movie)].title == "The Matrix" }
    #expect(matrix?.letter == "M")
  }
}
