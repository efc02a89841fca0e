import FilmFacts
import Foundation
import Ingest
import Ratings
import TestSupport
import Testing
import Web

/// Film services whose documented answers a server of our own gives.
@Suite(.serialized) struct FilmFactsTests {
  let folder: TemporaryFolder
  let client = WebClient(userAgent: "test", retries: 1) { _ in }
  static let jpeg: [UInt8] = [0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]
  let movies = [
    Movie(id: .number(1), title: "The Matrix", year: 1999, genres: ["Action"], imdbID: "tt0133093", tmdbID: 603),
    Movie(id: .number(2), title: "Amélie", year: 2001, imdbID: "tt0211915"),
    Movie(id: .text("lost reel"), title: "Lost Reel, \"the\" film"),
  ]

  init() throws { folder = try TemporaryFolder() }

  private func server() throws -> LoopbackServer {
    try LoopbackServer { request in
      switch request.path {
      case "/3/movie/603":
        .text(
          #"{"id":603,"title":"The Matrix","release_date":"1999-03-30","imdb_id":"tt0133093","poster_path":"/m.jpg","genres":[{"id":28,"name":"Action"},{"id":878,"name":"Science Fiction"}],"credits":{"cast":[],"crew":[{"job":"Director","name":"Lana Wachowski"},{"job":"Editor","name":"Zach Staenberg"},{"job":"Director","name":"Lilly Wachowski"}]}}"#
        )
      case "/3/find/tt0211915": .text(#"{"movie_results":[{"id":194}],"tv_results":[]}"#)
      case "/3/movie/194":
        .text(
          #"{"id":194,"title":"Amélie","release_date":"2001-04-25","poster_path":null,"genres":[{"name":"Comedy"}]}"#)
      case "/3/search/movie": .text(#"{"page":1,"results":[],"total_results":0}"#)
      case "/t/w342/m.jpg": .init(body: FilmFactsTests.jpeg)
      case "/":
        if request.query("apikey") == "used" {
          .text(#"{"Response":"False","Error":"Request limit reached!"}"#, status: 401)
        } else if request.query("i") == "tt0133093" {
          .text(
            #"{"Title":"The Matrix","Year":"1999","Genre":"Action, Sci-Fi","Director":"Lana Wachowski, Lilly Wachowski","Poster":"N/A","Metascore":"73","imdbID":"tt0133093","Ratings":[{"Source":"Internet Movie Database","Value":"8.7/10"},{"Source":"Rotten Tomatoes","Value":"83%"}],"Response":"True"}"#
          )
        } else {
          .text(#"{"Response":"False","Error":"Movie not found!"}"#)
        }
      default: .text(#"{"success":false,"status_code":34,"status_message":"not found"}"#, status: 404)
      }
    }
  }

  private func enrichment(_ server: LoopbackServer, omdbKey: String = "key") throws -> Enrichment {
    try Enrichment(
      cache: folder.path("cache"), output: folder.path("facts"), posters: folder.path("posters"),
      services: [
        TMDbService(key: "key", base: server.address + "/3", images: server.address + "/t"),
        OMDbService(key: omdbKey, base: server.address + "/"),
      ], client: client)
  }

  @Test func `facts, posters and critics become a data set that Ingest reads`() throws {
    let server = try server()
    let outcome = try enrichment(server).run(on: movies, scale: .halfStars, limit: 100) { _ in }
    #expect(outcome.unknown == 1)
    #expect(outcome.posters == 1)
    #expect(try folder.read("posters/1.jpg") == Self.jpeg)
    let (dataset, report) = try Ingest.read([folder.path("facts")])
    #expect(report.badLineCount == 0)
    #expect(dataset.users.map(\.id.description) == ["metacritic", "rotten-tomatoes"])
    #expect(dataset.ratings.values == [4, 4])
    let matrix = try #require(dataset.movieIndex(of: .number(1)).map { dataset.movies[$0] })
    #expect(matrix.genres == ["Action"])
    #expect(matrix.directors == ["Lana Wachowski", "Lilly Wachowski"])
    let amelie = try #require(dataset.movieIndex(of: .number(2)).map { dataset.movies[$0] })
    #expect(amelie.tmdbID == 194)
    #expect(amelie.genres == ["Comedy"])
  }

  @Test func `what is known is not asked again, and posters are fetched once`() throws {
    let server = try server()
    _ = try enrichment(server).run(on: movies, scale: .halfStars, limit: 100) { _ in }
    let before = server.requests.count
    let outcome = try enrichment(server).run(on: movies, scale: .halfStars, limit: 100) { _ in }
    #expect(server.requests.count == before)
    #expect(outcome.asked == 0)
    #expect(outcome.fromCache == 6)
  }

  @Test func `a limit ends the asking, and the next run goes on`() throws {
    let server = try server()
    #expect(try enrichment(server).run(on: movies, scale: .halfStars, limit: 2) { _ in }.asked == 2)
    #expect(try enrichment(server).run(on: movies, scale: .halfStars, limit: 100) { _ in }.asked == 4)
  }

  @Test func `a used-up key stops that service alone and loses nothing`() throws {
    let server = try server()
    let outcome = try enrichment(server, omdbKey: "used").run(on: movies, scale: .halfStars, limit: 100) { _ in }
    #expect(outcome.limitedBy == "omdb")
    #expect(outcome.posters == 1)
    #expect(
      try String(decoding: folder.read("facts/movies.csv"), as: UTF8.self).contains("Lana Wachowski|Lilly Wachowski"))
  }

  @Test func `an answer that is no JSON is named`() throws {
    let server = try LoopbackServer { _ in .text("<html>hello</html>") }
    #expect {
      try enrichment(server).run(on: movies, scale: .halfStars, limit: 9) { _ in }
    } throws: { "\($0)".contains("tmdb") && "\($0)".contains("as documented") }
  }

  @Test func `a key is never part of a message`() throws {
    let server = try LoopbackServer { _ in .text("no", status: 500) }
    #expect {
      try enrichment(server).run(on: movies, scale: .halfStars, limit: 9) { _ in }
    } throws: { !"\($0)".contains("api_key") }
  }

  @Test func `without a key nothing can be asked`() {
    #expect(throws: FilmFactsError.noKey) {
      try Enrichment(cache: "", output: "", posters: nil, services: [], client: client)
    }
  }
}
