import Ingest
import Ratings
import TestSupport
import Testing

struct OtherFormatTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private func writeHetRec() throws {
    try folder.write(
      latin1("id\ttitle\timdbID\tspanishTitle\tyear\trtID\n1\tToy story\t0114709\tToy story\t1995\ttoy_story\n")
        + latin1("2\tAmélie\t0211915\t\\N\t2001\t\\N\n"), to: "movies.dat")
    try folder.write("movieID\tgenre\n1\tComedy\n1\tAnimation\n1\tComedy\n", to: "movie_genres.dat")
    try folder.write(
      latin1(
        "movieID\tdirectorID\tdirectorName\n1\tjohn_lasseter\tJohn Lasseter\n2\tjpj\tJean-Pierre Jeunet\n2\tx\tRené\n"),
      to: "movie_directors.dat")
    try folder.write("id\tvalue\n1\tearth\n2\tpixar\n", to: "tags.dat")
  }

  @Test func `HetRec is read with dates in parts`() throws {
    try writeHetRec()
    try folder.write(
      "userID\tmovieID\trating\tdate_day\tdate_month\tdate_year\tdate_hour\tdate_minute\tdate_second\n"
        + "75\t1\t4.5\t29\t10\t2006\t23\t17\t16\n75\t2\t1\t29\t10\t2006\t23\t17\t17\n", to: "user_ratedmovies.dat")
    try folder.write(
      "userID\tmovieID\ttagID\tdate_day\tdate_month\tdate_year\tdate_hour\tdate_minute\tdate_second\n"
        + "75\t1\t2\t29\t10\t2006\t23\t17\t16\n", to: "user_taggedmovies.dat")
    let (dataset, report) = try ingest(folder.path)
    #expect(report.sources.map(\.format) == [.hetRec2011])
    #expect(dataset.lines == [Line(75, 1, 4.5, 1_162_163_836), Line(75, 2, 1, 1_162_163_837)])
    #expect(
      dataset.movie(1)
        == Movie(
          id: .number(1), title: "Toy story", year: 1995, genres: ["Comedy", "Animation"],
          directors: ["John Lasseter"], imdbID: "tt0114709"))
    #expect(dataset.movie(2)?.title == "Amélie")
    #expect(dataset.movie(2)?.directors == ["Jean-Pierre Jeunet", "René"])
    #expect(dataset.tagWords == ["75/1/pixar/1162163836"])
    #expect(report.badLineCount == 0)
  }

  @Test func `HetRec's timestamps are preferred to its dates`() throws {
    try writeHetRec()
    try folder.write(
      "userID\tmovieID\trating\tdate_day\tdate_month\tdate_year\n75\t1\t1\t1\t1\t2000\n", to: "user_ratedmovies.dat")
    try folder.write(
      "userID\tmovieID\trating\ttimestamp\n75\t1\t4.5\t1162160236000\n", to: "user_ratedmovies-timestamps.dat")
    try folder.write(
      "userID\tmovieID\ttagID\ttimestamp\n75\t1\t1\t1162160216000\n", to: "user_taggedmovies-timestamps.dat")
    let (dataset, _) = try ingest(folder.path)
    #expect(dataset.lines == [Line(75, 1, 4.5, 1_162_160_236)])
    #expect(dataset.tagWords == ["75/1/earth/1162160216"])
  }

  private func writeNetflixAbout() throws {
    try folder.write(
      latin1("1,2003,Dinosaur Planet\n2,NULL,Isle of Man, The, and more\n3,1997,Café\n4,1700,Old\n"),
      to: "movie_titles.csv")
    try folder.write("1:\n30\n2:\n10\n99\n", to: "probe.txt")
    try folder.write("1:\n1046323,2005-12-19\n1080030,2005-12-23\n2:\n5,2005-01-01\n", to: "qualifying.txt")
  }

  private func checkNetflix(_ dataset: Dataset, _ report: IngestReport) {
    #expect(report.sources.map(\.format) == [.netflixPrize])
    #expect(dataset.lines == [Line(10, 1, 3, 1_125_964_800), Line(20, 2, 1, 1_126_051_200)])
    #expect(
      dataset.lines(dataset.validation) == [Line(10, 2, 5, 1_126_137_600), Line(30, 1, 4, 1_125_964_800)])
    #expect(dataset.movies.map(\.title) == ["Dinosaur Planet", "Isle of Man, The, and more", "Café", "Old"])
    #expect(dataset.movies.map(\.year) == [2003, nil, 1997, nil])
    #expect(dataset.scale == .wholeStars)
    #expect(report.validationRatings == 2 && report.ratings == 4 && report.ratingLines == 4)
    #expect(report.skipped.map(\.count) == [3])
    #expect(report.badLineCount == 0)
  }

  @Test func `Netflix's combined files are read and the probe set aside`() throws {
    try writeNetflixAbout()
    try folder.write("1:\n10,3,2005-09-06\n30,4,2005-09-06\n", to: "combined_data_1.txt")
    try folder.write("2:\r\n20,1,2005-09-07\r\n10,5,2005-09-08", to: "combined_data_2.txt")
    let (dataset, report) = try ingest(folder.path)
    checkNetflix(dataset, report)

    let part = try ingest(folder.path("combined_data_2.txt")).dataset
    #expect(part.ratings.count == 1 && part.validation.count == 1 && part.movies.count == 4)
  }

  @Test func `Netflix's training set is read from its own folder`() throws {
    try writeNetflixAbout()
    try folder.write("1:\n10,3,2005-09-06\n30,4,2005-09-06\n", to: "training_set/mv_0000001.txt")
    try folder.write("2:\n20,1,2005-09-07\n10,5,2005-09-08\n", to: "training_set/mv_0000002.txt")
    let (dataset, report) = try ingest(folder.path)
    checkNetflix(dataset, report)
    let inner = try ingest(folder.path("training_set/mv_0000001.txt")).dataset
    #expect(inner.lines == [Line(10, 1, 3, 1_125_964_800)] && inner.movies.count == 4)
  }

  @Test func `Netflix ratings under a broken header are nobody's`() throws {
    var lines = "1:\n"
    for user in 1...400 { lines += "\(user),3,2005-09-06\n" }
    try folder.write(lines + "x:\n7,4,2005-09-06\n2:\n8,4,2005-09-06\n", to: "combined_data_1.txt")
    let (dataset, report) = try ingest(folder.path)
    #expect(dataset.ratings.count == 401 && dataset.movies.count == 2)
    #expect(report.badLines.map(\.line) == [402, 403])
  }

  @Test func `MovieTweetings rates from 0 to 10 and knows IMDb's ids`() throws {
    try folder.write(
      "1::0114709::8::1381620027\n1::114508::10::1381620028\n2::0114709::0::1381620029\n", to: "ratings.dat")
    try folder.write(
      "0000008::Edison Kinetoscopic Record of a Sneeze (1894)::Documentary|Short\n0114709::Toy Story (1995)::Animation\n"
        + "114508::Species (1995)::\n10872600::Spider-Man: No Way Home (2021)::Action\n", to: "movies.dat")
    try folder.write("1::139564917\n2::17528189\n3::1\n", to: "users.dat")
    let (dataset, report) = try ingest(folder.path)
    #expect(report.sources.map(\.format) == [.movieTweetings])
    #expect(
      dataset.lines == [
        Line(1, 114_508, 10, 1_381_620_028), Line(1, 114_709, 8, 1_381_620_027), Line(2, 114_709, 0, 1_381_620_029),
      ])
    #expect(dataset.movies.map(\.imdbID) == ["tt0000008", "tt0114508", "tt0114709", "tt10872600"])
    #expect(dataset.movie(8)?.year == 1894)
    #expect(dataset.movie(114_508)?.genres == [])
    #expect(dataset.users.count == 3)
    #expect(dataset.scale == RatingScale(minimum: 0, maximum: 10, step: 1))
    #expect(report.badLineCount == 0)
  }

  @Test(
    "A table's columns are found by their names",
    arguments: [
      "userId,movieId,rating,timestamp\n1,2,3,4", "user,item,rating,timestamp\n1,2,3,4",
      "timestamp,score,film,uid\n4,3,2,1",
      "User_ID;Movie_ID;Stars;Date\n1;2;3;1970-01-01T00:00:04Z", "member\tfilm_id\tvalue\tunix\n1\t2\t3\t4",
      "rating,\"user\",\"movie\",time\n\"3\",\"1\",\"2\",\"4\"", "no,user,movie,rating,title,time\n9,1,2,3,\"a,b\",4",
      "1,2,3,4", "1\t2\t3\t4", "1;2;3,0;4", "user;movie;rating;time\n1;2;3,0;4",
    ])
  func tables(text: String) throws {
    let path = try folder.write(text, to: "some.csv")
    let (dataset, report) = try ingest(path)
    #expect(dataset.lines == [Line(1, 2, 3, 4)])
    #expect(report.ratingLines == 1)
  }

  @Test func `A table without times has none, and texts may be ids`() throws {
    let path = try folder.write(
      "user,tconst,stars\nann,tt0114709,7\nBöb,tt0133093,9\n007,\"a \"\"b\"\"\",1\n7,x,0\n", to: "r.csv")
    let (dataset, report) = try ingest(path)
    #expect(report.sources.map(\.format) == [.csv])
    #expect(dataset.users.map(\.id) == [.number(7), .text("007"), .text("Böb"), .text("ann")])
    #expect(dataset.movies.map(\.id.description) == ["a \"b\"", "tt0114709", "tt0133093", "x"])
    #expect(dataset.movie(.text("tt0114709"))?.imdbID == "tt0114709")
    #expect(dataset.scale == RatingScale(minimum: 0, maximum: 10, step: 1))
  }

  @Test func `An id in Latin-1 is the same id in UTF-8`() throws {
    let path = try folder.write(
      Array("user,movie,rating\nJosé,1,4\n".utf8) + latin1("José,2,4\n"), to: "r.csv")
    #expect(try ingest(path).dataset.users.map(\.id) == [.text("José")])
  }

  @Test func `Users' facts come with a table too`() throws {
    try folder.write("userId,movieId,rating\n1,1,4\n", to: "ratings.csv")
    try folder.write("userId,age,gender,occupation\n1,30,F,writer\n2,,,\n", to: "users.csv")
    let (dataset, _) = try ingest(folder.path)
    #expect(dataset.users == [User(id: .number(1), age: 30, gender: "F", occupation: "writer"), User(id: .number(2))])
  }
}
