import Ingest
import Ratings
import TestSupport
import Testing

/// What film sites give their members, beside a catalogue and alone.
struct PersonalExportTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(
      "movieId,title,genres\n1,\"Matrix, The (1999)\",Action\n2,\"Amelie (Fabuleux destin d'Amélie Poulain, Le) (2001)\",Comedy\n"
        + "3,Star Wars: Episode IV - A New Hope (1977),Sci-Fi\n4,Apocalypse Now (1979),War\n5,Dune (1984),Sci-Fi\n",
      to: "ml/movies.csv")
    try folder.write("movieId,imdbId,tmdbId\n1,0133093,603\n", to: "ml/links.csv")
    try folder.write(
      "userId,movieId,rating,timestamp\n1,1,4.0,1\n1,2,3.5,2\n1,3,5.0,3\n1,4,1.0,4\n1,5,2.5,5\n", to: "ml/ratings.csv")
  }

  private static let letterboxd = """
    Date,Name,Year,Letterboxd URI,Rating
    2024-02-01,The Matrix,1999,https://boxd.it/2a,5
    2024-02-02,Amélie,2001,https://boxd.it/2b,4.5
    2024-02-03,Star Wars,1977,https://boxd.it/2c,3
    2024-02-04,Apocalypse Now Redux,2001,https://boxd.it/2d,4
    2024-02-05,Dune,2021,https://boxd.it/2e,0.5
    2024-02-06,"Paris, Texas",1984,https://boxd.it/2f,

    """

  private func ratings(_ dataset: Dataset, of user: String) -> [String: Float] {
    guard let user = dataset.userIndex(of: .text(user)) else { return [:] }
    var values: [String: Float] = [:]
    for row in 0..<dataset.ratings.count where Int(dataset.ratings.users[row]) == user {
      values[dataset.movies[Int(dataset.ratings.movies[row])].id.description] = dataset.ratings.values[row]
    }
    return values
  }

  @Test func `Letterboxd's films are found by title and year, and remakes are not taken for the original`() throws {
    let path = try folder.write(Self.letterboxd, to: "letterboxd/ratings.csv")
    let (dataset, report) = try ingest(folder.path + "/ml", path)
    #expect(report.sources.map(\.format) == [.movieLensCSV, .letterboxd])
    #expect(ratings(dataset, of: "letterboxd") == ["1": 5, "2": 4.5, "3": 3, "4": 4, "dune-2021": 0.5])
    #expect(report.unmatchedFilms == ["Dune (2021)"])
    #expect(report.files.map(\.unrated) == [0, 1])
    #expect(dataset.movie(.text("dune-2021"))?.year == 2021)
  }

  @Test func `the order of the paths does not matter`() throws {
    let path = try folder.write(Self.letterboxd, to: "letterboxd/ratings.csv")
    #expect(try ingest(folder.path + "/ml", path).dataset == ingest(path, folder.path + "/ml").dataset)
  }

  private static let imdb = """
    Const,Your Rating,Date Rated,Title,Original Title,URL,Title Type,IMDb Rating,Runtime (mins),Year,Genres,Num Votes,Release Date,Directors
    tt0133093,9,2020-05-01,Some other name,,https://x,Movie,8.7,136,1999,"Action, Sci-Fi",1,1999-03-31,"A, B"
    tt0944947,10,2020-05-02,Game of Thrones,,https://x,TV Series,9.2,60,2011,Drama,1,2011-04-17,
    tt1160419,7,2020-05-03,Dune: Part One,,https://x,Movie,8.0,155,2021,"Action, Drama",1,2021,Denis Villeneuve

    """

  @Test func `IMDb's ten points are halved and its ids are surer than titles`() throws {
    let path = try folder.write(Self.imdb, to: "my-imdb.csv")
    let (dataset, report) = try ingest(folder.path + "/ml", path, format: nil)
    #expect(ratings(dataset, of: "my-imdb") == ["1": 4.5, "tt1160419": 3.5])
    #expect(dataset.movie(.text("tt1160419"))?.directors == ["Denis Villeneuve"])
    #expect(report.badLineCount == 0)
  }

  @Test func `a rating that the site cannot have given is a bad line`() throws {
    let lines = (0..<150).map {
      "tt\(1_000_000 + $0),7,2020-05-03,Film \($0),,https://x,Movie,8.0,155,2021,Drama,1,2021,\n"
    }
    let bad = "tt0087182,11,2020-05-03,Dune,,https://x,Movie,6.3,137,1984,Action,1,1984,David Lynch\n"
    let header = Self.imdb.split(separator: "\n")[0] + "\n"
    let path = try folder.write(header + lines.joined() + bad, to: "my-imdb.csv")
    let (dataset, report) = try ingest(path)
    #expect(dataset.ratings.count == 150)
    #expect(report.badLines.map(\.line) == [152])
    #expect(report.badRatingLines == 1)
  }

  @Test func `whose ratings they are is asked where neither file nor name says it`() throws {
    let nameless = try ingest(try folder.write(Self.imdb, to: "ratings.csv")).report
    #expect(nameless.remarks.contains { $0.contains("“imdb”") && $0.contains("--user") })
    let named = try ingest(try folder.write(Self.imdb, to: "ann.csv")).report
    #expect(!named.remarks.contains { $0.contains("--user") })
  }

  @Test func `Trakt's JSON is read entry by entry, with the line of a bad one`() throws {
    var entries = (0..<120).map {
      "{\"rated_at\":\"2021-01-01T10:00:00.000Z\",\"rating\":6,\"type\":\"movie\",\"movie\":{\"title\":\"Film \($0)\",\"year\":1990,\"ids\":{\"imdb\":null}}}"
    }
    entries.append(
      "{\"rating\":8,\"type\":\"movie\",\"movie\":{\"title\":\"x } \\\" y\",\"year\":1999,\"ids\":{\"imdb\":\"tt0133093\",\"tmdb\":603}}}"
    )
    entries.append("{\"rating\":\"eight\"}")
    entries.append("{\"rating\":8,\"type\":\"show\",\"show\":{\"title\":\"Lost\"}}")
    let path = try folder.write("[\n" + entries.joined(separator: ",\n") + "\n]\n", to: "trakt/ratings-movies.json")
    let (dataset, report) = try ingest(folder.path + "/ml", path)
    let mine = ratings(dataset, of: "trakt")
    #expect(mine["1"] == 4)
    #expect(mine["film-7-1990"] == 3)
    #expect(mine.count == 121)
    #expect(report.badLines.map(\.line) == [123])
  }

  @Test func `Netflix's thumbs are stars and its profile is the user`() throws {
    let path = try folder.write(
      "Profile Name,Title Name,Rating Type,Star Value,Thumbs Value,Device Model,Event Utc Ts,Region View Date\n"
        + "Ada,The Matrix,thumb,,3,web,2022-01-05 10:00:00,\nAda,Amelie,thumb,,1,web,2022-01-05 10:00:01,\n",
      to: "netflix/Ratings.csv")
    let (dataset, _) = try ingest(folder.path + "/ml", path)
    #expect(ratings(dataset, of: "Ada") == ["1": 5, "2": 2])
  }

  @Test func `an export alone is a data set of half stars`() throws {
    let path = try folder.write(Self.letterboxd, to: "letterboxd/ratings.csv")
    let (dataset, report) = try ingest(path)
    #expect(dataset.scale == .halfStars)
    #expect(dataset.ratings.count == 5)
    #expect(report.unmatchedFilms.isEmpty)
  }

  @Test func `on a ten-point scale half stars count double`() throws {
    try folder.write("0133093::The Matrix (1999)::Action\n", to: "mt/movies.dat")
    try folder.write("1::0133093::10::1362062307\n2::0133093::8::1362062307\n", to: "mt/ratings.dat")
    let path = try folder.write(Self.letterboxd, to: "letterboxd/ratings.csv")
    let (dataset, _) = try ingest(folder.path + "/mt", path)
    #expect(dataset.scale.maximum == 10)
    #expect(ratings(dataset, of: "letterboxd")["133093"] == 10)
  }

  @Test func `a name that is given is the user`() throws {
    let path = try folder.write(Self.letterboxd, to: "letterboxd/ratings.csv")
    var options = IngestOptions()
    options.user = "grace"
    let (dataset, _) = try Ingest.read([path], options: options)
    #expect(dataset.users.map(\.id) == [.text("grace")])
  }

  @Test func `Exports are matched to what the database knows, and to the better known of two entries`() throws {
    let path = try folder.write(Self.letterboxd, to: "letterboxd/ratings.csv")
    var options = IngestOptions()
    options.knownMovies = {
      [
        KnownMovie(Movie(id: .number(70), title: "The Matrix", year: 1999), ratingCount: 3),
        KnownMovie(Movie(id: .number(71), title: "The Matrix", year: 1999, genres: ["Action"]), ratingCount: 9),
      ]
    }
    let (dataset, report) = try Ingest.read([path], options: options)
    #expect(ratings(dataset, of: "letterboxd")["71"] == 5)
    #expect(dataset.movie(71)?.genres == ["Action"])
    #expect(report.files.map(\.films.byTitle) == [1] && report.files.map(\.films.added) == [4])
  }

  @Test func `Two exports of nobody in particular are refused, and names tell them apart`() throws {
    let first = try folder.write(Self.letterboxd, to: "a/ratings.csv")
    let second = try folder.write(Self.letterboxd, to: "b/ratings.csv")
    let words = ingestError(first, second)?.description ?? ""
    #expect(words.hasPrefix(second) && words.contains("--user NAME") && words.contains("“letterboxd”"))
    var options = IngestOptions()
    options.users = [first: "ann", second: "bob"]
    #expect(
      try Ingest.read([first, second], options: options).dataset.users.map(\.id) == [.text("ann"), .text("bob")])
    let named = try folder.write(Self.letterboxd, to: "letterboxd-carl-2024-05-01-10-15-utc.csv")
    let eve = try folder.write(Self.letterboxd, to: "eve.csv")
    #expect(try ingest(named, eve).dataset.users.map(\.id) == [.text("carl"), .text("eve")])
    // The same file again is the same person's.
    #expect(try ingest(first, first).dataset.users.count == 1)
  }

  @Test func `A profile of a household is taken by its name`() throws {
    let path = try folder.write(
      "Profile Name,Title Name,Rating Type,Star Value,Thumbs Value,Device Model,Event Utc Ts,Region View Date\n"
        + "Ada,The Matrix,thumb,,3,web,2022-01-05 10:00:00,\nBen,The Matrix,thumb,,1,web,2022-01-05 10:00:01,\n"
        + "Ben,Amelie,thumb,,-1,web,2022-01-05 10:00:01,\n",
      to: "netflix/Ratings.csv")
    let (both, _) = try ingest(folder.path + "/ml", path)
    #expect(ratings(both, of: "Ada") == ["1": 5] && ratings(both, of: "Ben") == ["1": 2])
    var options = IngestOptions()
    options.user = "Ben"
    let (one, report) = try Ingest.read([folder.path + "/ml", path], options: options)
    #expect(ratings(one, of: "Ben") == ["1": 2] && ratings(one, of: "Ada").isEmpty)
    #expect(report.files.last?.unrated == 1 && report.files.last?.user == "Ben")
    options.user = "Cleo"
    let error = #expect(throws: IngestError.self) { try Ingest.read([path], options: options) }
    #expect(error?.description.contains("no profile is called “Cleo”; its profiles are Ada, Ben") == true)
  }

  @Test func `an export without a single rating says so`() throws {
    let path = try folder.write("Date,Name,Year,Letterboxd URI,Rating\n", to: "letterboxd/ratings.csv")
    guard case .noRatings = ingestError(path) else {
      Issue.record("no ratings were expected")
      return
    }
  }
}
