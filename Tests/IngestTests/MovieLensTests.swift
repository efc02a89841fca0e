import Ingest
import Ratings
import TestSupport
import Testing

struct MovieLensTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  @Test func `A folder of CSV files is read whole`() throws {
    let (dataset, report) = try ingest(SmallSet.write(to: folder))
    #expect(report.sources.map(\.format) == [.movieLensCSV])
    #expect(dataset.lines == SmallSet.lines)
    #expect(
      dataset.movie(10)
        == Movie(
          id: .number(10), title: "The Matrix", year: 1999, genres: ["Action", "Sci-Fi"], imdbID: "tt0133093",
          tmdbID: 603))
    #expect(dataset.movie(20)?.tmdbID == nil)
    #expect(dataset.movie(20)?.imdbID == "tt0113277")
    #expect(dataset.movie(30) == Movie(id: .number(30), title: "Unseen", year: 2001))
    #expect(dataset.tagWords == ["1/10/bullet, time/5"])
    #expect(dataset.scale == .halfStars)
    #expect(report.ratingLines == 3 && report.ratings == 3 && report.badLineCount == 0)
  }

  @Test(
    "Header names match in any case", arguments: ["userid,movieid,rating,timestamp", "USERID,MovieID,Rating,TIMESTAMP"])
  func headerCase(header: String) throws {
    let path = try folder.write("\(header)\n1,2,3.5,4\n", to: "ratings.csv")
    let (dataset, report) = try ingest(path)
    #expect(report.sources.map(\.format) == [.movieLensCSV])
    #expect(dataset.lines == [Line(1, 2, 3.5, 4)])
  }

  @Test func `Movies may carry their year and directors`() throws {
    try folder.write("userId,movieId,rating,timestamp\n1,1,4,1\n", to: "ratings.csv")
    try folder.write(
      "movieId,title,year,genres,directors\n1,Heat,1995,Crime|Drama,Michael Mann\n2,Duo,3000,,\"A|B, Jr.\"\n",
      to: "movies.csv")
    let (dataset, _) = try ingest(folder.path)
    #expect(
      dataset.movie(1)
        == Movie(id: .number(1), title: "Heat", year: 1995, genres: ["Crime", "Drama"], directors: ["Michael Mann"]))
    #expect(dataset.movie(2) == Movie(id: .number(2), title: "Duo", directors: ["A", "B, Jr."]))
  }

  @Test func `Movies may carry their length and language, as services spell them`() throws {
    try folder.write("userId,movieId,rating,timestamp\n1,1,4,1\n", to: "ratings.csv")
    try folder.write(
      """
      movieId,title,genres,runtime,language
      1,Amélie,Comedy,122,fr
      2,Ran,Drama,162 min,"Japanese, English"
      3,Odd,Drama,N/A,Klingon
      4,Endless,Drama,99999,
      """, to: "movies.csv")
    let (dataset, report) = try ingest(folder.path)
    #expect(report.badLineCount == 0)
    #expect(dataset.movies.map(\.runtime) == [122, 162, nil, nil])
    #expect(dataset.movies.map(\.language) == ["fr", "ja", nil, nil])
  }

  @Test func `Byte order mark, CRLF, quotes, line breaks in quotes and a missing last line end are understood`() throws
  {
    try folder.write("\u{feff}userId,movieId,rating,timestamp\r\n\"1\",1,4,7\r\n1,2,\"3.5\",8", to: "ratings.csv")
    try folder.write(
      "\u{feff}movieId,title,genres\r\n1,\"Say \"\"Hi\"\", again\r\nand again (1999)\",Drama\r\n2,The 5'10\" Man,Drama",
      to: "movies.csv")
    let (dataset, report) = try ingest(folder.path)
    #expect(dataset.lines == [Line(1, 1, 4, 7), Line(1, 2, 3.5, 8)])
    #expect(dataset.movie(1)?.title == "Say \"Hi\", again  and again")
    #expect(dataset.movie(2)?.title == "The 5'10\" Man")
    #expect(report.badLineCount == 0)
  }

  @Test func `Lines that are not UTF-8 are Windows-1252`() throws {
    try folder.write("userId,movieId,rating,timestamp\n1,1,4,1\n", to: "ratings.csv")
    let movies =
      Array("movieId,title,genres\n1,Amélie (2001),Drama\n".utf8) + latin1("2,Amélie (2001),Drama\n") + [
        0x33, 0x2c, 0x93, 0x41, 0x94, 0x2c, 0x0a,
      ]
    try folder.write(movies, to: "movies.csv")
    let (dataset, _) = try ingest(folder.path)
    #expect(dataset.movies.map(\.title) == ["Amélie", "Amélie", "“A”"])
  }

  @Test func `Sibling ratings are left alone, sibling facts are read`() throws {
    try SmallSet.write(to: folder)
    let path = try folder.write("userId,movieId,rating\n7,30,5\n", to: "set/more.csv")
    let (dataset, _) = try ingest(path)
    #expect(dataset.lines == [Line(7, 30, 5, 0)])
    #expect(dataset.movie(10)?.title == "The Matrix")
    // A tag of a user who is not in these ratings stays as nobody's.
    #expect(dataset.tagWords == ["-/10/bullet, time/5"])
  }

  @Test func `Of several ratings of a pair the latest stays`() throws {
    let path = try folder.write(
      "userId,movieId,rating,timestamp\n1,1,1,10\n1,1,5,30\n1,1,2,20\n2,1,3,5\n2,1,4,5\n", to: "ratings.csv")
    let (dataset, report) = try ingest(path)
    #expect(dataset.lines == [Line(1, 1, 5, 30), Line(2, 1, 4, 5)])
    #expect(report.replacedRatings == 3)
    #expect(report.ratings == 2 && report.ratingLines == 5)
  }

  @Test func `Movies that no catalogue lists get their id as title`() throws {
    try folder.write("userId,movieId,rating,timestamp\n1,1,4,1\n1,99,4,1\n2,99,4,1\n", to: "ratings.csv")
    try folder.write("movieId,title,genres\n1,,Drama\n", to: "movies.csv")
    try folder.write("userId,movieId,tag,timestamp\n1,5,gone,1\n1,99,kept,1\n", to: "tags.csv")
    try folder.write("movieId,imdbId,tmdbId\n77,0000001,1\n", to: "links.csv")
    let (dataset, report) = try ingest(folder.path)
    #expect(
      dataset.movies == [
        Movie(id: .number(1), title: "1", genres: ["Drama"]), Movie(id: .number(99), title: "99"),
      ])
    #expect(report.unlistedMovies == 1 && report.ratingsOfUnlistedMovies == 2)
    #expect(dataset.tagWords == ["1/99/kept/1"])
    #expect(report.skipped == [.init(what: "tags of unknown movies", count: 1)])
  }

  @Test func `MovieLens 1M is read with the facts about its users`() throws {
    try folder.write("1::1193::5::978300760\n1::661::3::978302109\n2::1193::4::978298413\n", to: "ratings.dat")
    try folder.write(
      latin1(
        "661::James and the Giant Peach (1996)::Animation|Children's|Musical\n1193::Café: Story, The (1975)::Drama\n"),
      to: "movies.dat")
    try folder.write("1::F::1::10::48067\n2::M::56::16::70072\n3::M::25::20::55117\n", to: "users.dat")
    let (dataset, report) = try ingest(folder.path)
    #expect(report.sources.map(\.format) == [.movieLens1M])
    #expect(
      dataset.lines == [Line(1, 661, 3, 978_302_109), Line(1, 1193, 5, 978_300_760), Line(2, 1193, 4, 978_298_413)])
    #expect(dataset.movie(1193)?.title == "The Café: Story")
    #expect(dataset.user(1) == User(id: .number(1), gender: "F", occupation: "K-12 student"))
    #expect(dataset.user(2) == User(id: .number(2), age: 56, gender: "M", occupation: "self-employed"))
    #expect(dataset.user(3)?.occupation == "writer")
    #expect(dataset.scale == .wholeStars)
  }

  @Test func `MovieLens 10M has half stars and tags`() throws {
    try folder.write("1::122::5::838985046\n1::185::4.5::838983525\n", to: "ratings.dat")
    try folder.write("122::Boomerang (1992)::Comedy\n185::Net: A, The :: B (1995)::Action|Crime\n", to: "movies.dat")
    try folder.write("1::122::excellent!::1215184630\n9::185::a::b::1215184631\n", to: "tags.dat")
    let (dataset, _) = try ingest(folder.path)
    #expect(dataset.scale == .halfStars)
    #expect(dataset.movie(185)?.genres == ["Action", "Crime"])
    #expect(dataset.tagWords == ["1/122/excellent!/1215184630", "-/185/a::b/1215184631"])
  }

  @Test func `MovieLens 100k is read as Latin-1, and a folder means u.data`() throws {
    try folder.write("1\t2\t3\t881250949\n2\t1\t5\t891717742\n", to: "u.data")
    try folder.write("1\t2\t3\t881250949\n", to: "u1.base")
    let flags = "|0|1" + String(repeating: "|0", count: 16) + "|1\n"
    try folder.write(
      latin1("1|Misérables, Les (1995)|01-Jan-1995||http://x\(flags)")
        + latin1("2|Movie|01-Jan-1996||\(flags)")
        + latin1("267|unknown||||1" + String(repeating: "|0", count: 18) + "\n"),
      to: "u.item")
    try folder.write("unknown|0\nAction|1\nWestern|18\n\n", to: "u.genre")
    try folder.write("1|24|M|technician|85711\n2|53|F|other|94043\n3|23|M|writer|32067\n", to: "u.user")
    let (dataset, report) = try ingest(folder.path)
    #expect(report.sources.map(\.format) == [.movieLens100k])
    #expect(dataset.lines == [Line(1, 2, 3, 881_250_949), Line(2, 1, 5, 891_717_742)])
    #expect(
      dataset.movie(1) == Movie(id: .number(1), title: "Les Misérables", year: 1995, genres: ["Action", "Western"]))
    #expect(dataset.movie(2)?.year == 1996)
    #expect(dataset.movie(267) == Movie(id: .number(267), title: "267"))
    #expect(dataset.users.count == 3)
    #expect(dataset.user(3) == User(id: .number(3), age: 23, gender: "M", occupation: "writer"))
    #expect(dataset.scale == .wholeStars)

    let part = try ingest(folder.path("u1.base")).dataset
    #expect(part.lines == [Line(1, 2, 3, 881_250_949)])
    #expect(part.movies == dataset.movies && part.users == dataset.users)
  }

  @Test func `A folder of MovieLens 100k without u.data means its only ratings`() throws {
    try folder.write("1|A (1990)|||\n", to: "u.item")
    try folder.write("1\t1\t3\t5\n", to: "ua.test")
    #expect(try ingest(folder.path).dataset.lines == [Line(1, 1, 3, 5)])
    try folder.write("1\t1\t4\t5\n", to: "ua.base")
    #expect(ingestError(folder.path)?.description.contains("ua.base, ua.test") == true)
  }
}
