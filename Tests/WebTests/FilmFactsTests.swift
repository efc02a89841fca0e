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
          #"{"id":603,"title":"The Matrix","release_date":"1999-03-30","imdb_id":"tt0133093","poster_path":"/m.jpg","runtime":136,"original_language":"en","genres":[{"id":28,"name":"Action"},{"id":878,"name":"Science Fiction"}],"credits":{"cast":[],"crew":[{"job":"Director","name":"Lana Wachowski"},{"job":"Editor","name":"Zach Staenberg"},{"job":"Director","name":"Lilly Wachowski"}]}}"#
        )
      case "/3/find/tt0211915": .text(#"{"movie_results":[{"id":194}],"tv_results":[]}"#)
      case "/3/movie/194":
        .text(
          #"{"id":194,"title":"Amélie","release_date":"2001-04-25","poster_path":null,"runtime":0,"original_language":"fr","genres":[{"name":"Comedy"}]}"#
        )
      case "/3/search/movie": .text(#"{"page":1,"results":[],"total_results":0}"#)
      case "/t/w342/m.jpg": .init(body: FilmFactsTests.jpeg)
      case "/":
        if request.query("apikey") == "used" {
          .text(#"{"Response":"False","Error":"Request limit reached!"}"#, status: 401)
        } else if request.query("i") == "tt0133093" {
          .text(
            #"{"Title":"The Matrix","Year":"1999","Genre":"Action, Sci-Fi","Director":"Lana Wachowski, Lilly Wachowski","Poster":"N/A","Metascore":"73","Runtime":"136 min","Language":"English, French","imdbID":"tt0133093","Ratings":[{"Source":"Internet Movie Database","Value":"8.7/10"},{"Source":"Rotten Tomatoes","Value":"83%"}],"Response":"True"}"#
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
    #expect(matrix.runtime == 136 && matrix.language == "en")
    // No film has no minutes.
    #expect(amelie.runtime == nil && amelie.language == "fr")
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

  @Test func `what an earlier program kept without length and language is asked once more, and used until then`() throws
  {
    let server = try server()
    let old = #"{"facts":{"genres":["War"],"directors":["Old"],"tmdbID":603}}"#
    try folder.write(old, to: "cache/tmdb/1.json")
    try folder.write("{}", to: "cache/omdb/1.json")
    let first = try enrichment(server).run(on: [movies[0]], scale: .halfStars, limit: 0) { _ in }
    #expect(first.asked == 0)
    #expect(first.fromCache == 2)
    #expect(first.outdated == 1)
    #expect(try String(decoding: folder.read("facts/movies.csv"), as: UTF8.self).contains(",Old,"))
    let second = try enrichment(server).run(on: [movies[0]], scale: .halfStars, limit: 9) { _ in }
    // A film that the service did not know has no length to ask for.
    #expect(second.asked == 1)
    #expect(second.fromCache == 1)
    #expect(second.renewed == 1)
    #expect(try String(decoding: folder.read("facts/movies.csv"), as: UTF8.self).contains(",136,en"))
    let third = try enrichment(server).run(on: [movies[0]], scale: .halfStars, limit: 9) { _ in }
    #expect(third.asked == 0)
    #expect(third.fromCache == 2)
    #expect(third.renewed == 0)
    #expect(third.outdated == 0)
  }

  @Test func `facts without a critic's score join the ratings of others`() throws {
    try folder.write("movieId,title,runtime\n1,Alien,117\n", to: "facts/movies.csv")
    try folder.write("userId,movieId,rating\n", to: "facts/ratings.csv")
    try folder.write("userId,movieId,rating\n5,1,4\n", to: "club/ratings.csv")
    for paths in [["facts", "club"], ["club", "facts"]] {
      let (dataset, _) = try Ingest.read(paths.map { folder.path($0) })
      #expect(dataset.movies.map(\.runtime) == [117])
      #expect(dataset.ratings.count == 1)
    }
    #expect(throws: IngestError.self) { try Ingest.read([folder.path("facts")]) }
    #expect(throws: IngestError.self) { try Ingest.read([folder.path("facts"), folder.path("facts")]) }
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

/// Services that say what no service should.
@Suite(.serialized) struct HostileFilmServiceTests {
  private let folder: TemporaryFolder
  private let client = WebClient(userAgent: "test", stallTimeout: 5, retries: 0) { _ in }
  private let movies = (1...6).map { Movie(id: .number($0), title: "Film \($0)", year: 1990, tmdbID: Int($0)) }

  init() throws { folder = try TemporaryFolder() }

  private func run(
    on movies: [Movie]? = nil, _ answer: @escaping @Sendable (LoopbackServer.Request) -> LoopbackServer.Response
  ) throws -> (outcome: Enrichment.Outcome, requests: [LoopbackServer.Request]) {
    let server = try LoopbackServer(answer)
    let outcome = try Enrichment(
      cache: folder.path("cache"), output: folder.path("facts"), posters: folder.path("posters"),
      services: [TMDbService(key: "key", base: server.address + "/3", images: server.address + "/t")], client: client
    ).run(on: movies ?? self.movies, scale: .halfStars, limit: 100) { _ in }
    return (outcome, server.requests)
  }

  /// The films of the data set that was written, which has no ratings of its own here.
  private func written() throws -> [Movie] {
    try folder.write("userId,movieId,rating\nx,1,4\n", to: "facts/ratings.csv")
    let (dataset, report) = try Ingest.read([folder.path("facts")])
    #expect(report.badLineCount == 0)
    return dataset.movies
  }

  private static let good = #"{"id":1,"title":"Film 1","release_date":"1990-01-01","genres":[{"name":"Drama"}]}"#

  @Test(arguments: [
    #"{"id":1e400}"#, #"{"id":9223372036854775808}"#, #"{"id":"1"}"#, #"{"id":1.5}"#, "[]", "null", "",
    #"{"id":1,"title":7}"#, #"{"id":1,"genres":{"name":"x"}}"#, #"{"id":1,"genres":[[[[]]]]}"#,
    "{\"id\":1,\"title\":\"\\ud800\"}",
    String(repeating: "[", count: 500_000), String(repeating: #"{"id":"#, count: 100_000),
    #"{"id":1,"title":""# + String(repeating: "x", count: 2_000_000) + "\"}",
  ])
  func `an answer that is none is counted, and the films after it are asked about`(text: String) throws {
    let (outcome, requests) = try run { request in
      request.path == "/3/movie/2" || request.path == "/3/movie/4" ? .text(text) : .text(Self.good)
    }
    #expect(outcome.oddAnswers == 2 && outcome.unknown == 2 && outcome.asked == 6)
    #expect(requests.count == 6)
    // What was odd is asked again, the rest is known.
    let (again, later) = try run { _ in .text(Self.good) }
    #expect(again.oddAnswers == 0 && later.count == 2)
    #expect(try written().map(\.title) == (1...6).map { "Film \($0)" })
  }

  @Test func `a service that tells nothing but nonsense is given up`() throws {
    #expect { try run { _ in .text("<html>") } } throws: { "\($0)".contains("as documented") }
    let many = (1...50).map { Movie(id: .number($0), title: "Film \($0)", tmdbID: Int($0)) }
    #expect {
      try run(on: many) { $0.path == "/3/movie/1" ? .text(Self.good) : .text("{}") }
    } throws: { "\($0)".contains("as documented") }
  }

  @Test func `what cannot be is left out of the data set`() throws {
    let names = (0..<5000).map { #"{"name":"G\#($0)"}"# }.joined(separator: ",")
    let (outcome, _) = try run(on: [movies[0]]) { _ in
      .text(
        #"{"id":-5,"title":"a\u001b[31m","release_date":"9999-01-01","imdb_id":"tt1&apikey=x","poster_path":"/a b\n.jpg","genres":[{"name":"\#(String(repeating: "y", count: 9000))"},\#(names)],"credits":{"crew":[{"job":"Director","name":"A\nB"},{"job":"Director","name":"C, \"D\""}]}}"#
      )
    }
    #expect(outcome.unknown == 0 && outcome.posters == 0)
    let movie = try #require(try written().first)
    #expect(movie.year == 1990 && movie.imdbID == nil && movie.tmdbID == 1)
    #expect(movie.genres.count == 30 && movie.directors == ["C, \"D\""])
  }

  @Test func `pictures that never end, or are none, are missing, and nothing else`() throws {
    let picture = #"{"id":1,"title":"x","poster_path":"/POSTER.jpg"}"#
    let (outcome, _) = try run { request in
      switch request.path {
      case "/3/movie/1": .text(picture.replacing("POSTER", with: "endless"))
      case "/3/movie/2": .text(picture.replacing("POSTER", with: "page"))
      case "/3/movie/3": .text(picture.replacing("POSTER", with: "cut"))
      case "/3/movie/4": .text(picture.replacing("POSTER", with: "good"))
      case "/t/w342/endless.jpg":
        .init(body: FilmFactsTests.jpeg + [UInt8](repeating: 1, count: 20 << 20))
      case "/t/w342/cut.jpg": .init(body: FilmFactsTests.jpeg, length: "9223372036854775807", cut: 3)
      case "/t/w342/page.jpg": .text("<html>")
      case "/t/w342/good.jpg": .init(body: FilmFactsTests.jpeg)
      default: .text(Self.good)
      }
    }
    #expect(outcome.posters == 1 && outcome.postersMissing == 3)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("posters")) == ["4.jpg"])
  }

  /// A service that is asked in secret, and names a picture that is not.
  private struct SecretService: FilmService {
    let poster: String
    let name = "secret"
    let terms = ""
    let pause = 0.0
    let isSecure = true

    func facts(about movie: Movie, request: (String) throws -> [UInt8]?) throws -> FilmFacts? {
      var facts = FilmFacts()
      facts.poster = poster
      return facts
    }
  }

  @Test func `a picture is not fetched openly where the service is asked in secret`() throws {
    let server = try LoopbackServer { _ in .init(body: FilmFactsTests.jpeg) }
    let outcome = try Enrichment(
      cache: folder.path("cache"), output: folder.path("facts"), posters: folder.path("posters"),
      services: [SecretService(poster: server.address + "/x.jpg")], client: client
    ).run(on: [movies[0]], scale: .halfStars, limit: 1) { _ in }
    #expect(outcome.postersMissing == 1 && server.requests.isEmpty)
  }
}
