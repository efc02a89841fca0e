import Artwork
import Foundation
import Precompute
import Ratings
import Site
import Testing

/// Shelves, moods and the rows of the home page.
struct ShelfTests {
  @Test func `a genre can be read by fame, rating and year`() throws {
    let catalogue = try Catalogue(Fixture.precomputed(), texts: Fixture.texts())
    let comedy = try #require(catalogue.genres.first { $0.name == "Comedy" })
    let titles = { (order: ShelfOrder) in comedy.movies(in: order).map { Fixture.movies[Int($0)].title } }
    let years = comedy.movies(in: .newest).map { Fixture.movies[Int($0)].year ?? 0 }
    #expect(years == years.sorted(by: >))
    #expect(titles(.first)[0] == "Toy Story")
    #expect(Set(titles(.first)) == Set(titles(.best)) && Set(titles(.first)) == Set(titles(.newest)))
  }

  @Test func `a film that splits its audience is divisive, one that nobody dislikes is beloved`() throws {
    var precomputed = Fixture.precomputed()
    let loved: [Int32] = [0, 0, 0, 0, 0, 0, 0, 2, 8, 40]
    let split: [Int32] = [25, 0, 0, 0, 0, 0, 0, 0, 0, 25]
    precomputed.movieStatistics[0] = RatingStatistics(count: 50, mean: 4.9, histogram: loved)
    precomputed.movieStatistics[1] = RatingStatistics(count: 50, mean: 2.75, histogram: split)
    let moods = try Catalogue(precomputed, texts: Fixture.texts()).shelves[.mood] ?? []
    #expect(moods.first { $0.name == "divisive" }?.movies.first == 1)
    let beloved = try #require(moods.first { $0.name == "beloved" }).movies
    #expect(beloved.contains(0) && !beloved.contains(1))
    #expect(moods.first { $0.name == "overlooked" }?.movies.contains(1) != true)
  }

  @Test func `a tag that three films share has a page`() throws {
    var precomputed = Fixture.precomputed()
    precomputed.movieTags = [["Rain"], ["rain", "odd"], ["RAIN"]]
    let files = try Fixture.files(of: Fixture.website(precomputed: precomputed))
    let page = String(decoding: try #require(files["tags/rain/index.html"]), as: UTF8.self)
    #expect(page.contains("Toy Story") && page.contains("Alien") && files["tags/odd/index.html"] == nil)
    try LinkTests.check(files)
  }

  @Test func `no film stands twice on the home page`() throws {
    let files = try Fixture.files(of: Fixture.website(lists: [ListTests.list(ListTests.source)]))
    let page = try HTMLScanner(#require(files["index.html"]))
    let films = page.tags.compactMap { $0.name == "a" ? $0["href"] : nil }
      .filter { $0.hasPrefix("movies/") && $0 != "movies/index.html" }
    #expect(films.count == Set(films).count && films.count > 3)
  }

  @Test func `an image in the folder of posters takes the place of the drawn one`() throws {
    let poster = PosterFile(id: "111", ending: "jpg") { [1, 2, 3] }
    let files = try Fixture.files(of: Fixture.website(posters: [poster, PosterFile(id: "9", ending: "png") { [] }]))
    #expect(files["posters/111.jpg"] == [1, 2, 3] && !files.keys.contains("posters/9.png"))
    let page = String(decoding: try #require(files["movies/111-alien/index.html"]), as: UTF8.self)
    #expect(page.contains("<img src=\"../../posters/111.jpg\"") && page.contains("rialto/posters/111.jpg\">"))
  }

  @Test func `days are those of the calendar`() {
    #expect(RatedFilm.day(0) == "1970-01-01" && RatedFilm.day(951_782_400) == "2000-02-29")
    #expect(RatedFilm.day(874_886_400) == "1997-09-22" && RatedFilm.day(4_102_444_799) == "2099-12-31")
  }
}
