import Ingest
import Ratings
import TestSupport
import Testing

struct RealDataTests {
  @Test(.enabled(if: SharedData.has(SharedData.movieLens100k), Comment(rawValue: SharedData.absence)))
  func `MovieLens 100k is read whole`() throws {
    let (dataset, report) = try ingest(SharedData.movieLens100k, isStrict: true)
    #expect(dataset.users.count == 943 && dataset.movies.count == 1_682 && dataset.ratings.count == 100_000)
    #expect(report.ratingsOfUnlistedMovies == 0 && report.replacedRatings == 0 && report.badLineCount == 0)
    #expect(dataset.scale == .wholeStars)
    #expect(dataset.lines.contains(Line(196, 242, 3, 881_250_949)))
    #expect(dataset.movie(113)?.title == "The Horseman on the Roof (Le Hussard sur le toit)")
    #expect(dataset.movie(543)?.title == "Les Misérables")
    #expect(
      dataset.movie(1)
        == Movie(id: .number(1), title: "Toy Story", year: 1995, genres: ["Animation", "Children's", "Comedy"]))
    #expect(dataset.movie(267) == Movie(id: .number(267), title: "267"))
    #expect(dataset.movies.filter { $0.year == nil }.map(\.id) == [.number(267)])
    #expect(dataset.user(1) == User(id: .number(1), age: 24, gender: "M", occupation: "technician"))
    #expect(
      !dataset.movies.contains { $0.title.hasSuffix(", The") || $0.title.hasSuffix(")") && $0.title.contains(", The)") }
    )
  }

  @Test(.enabled(if: SharedData.has(SharedData.movieLens100k), Comment(rawValue: SharedData.absence)))
  func `The official splits of MovieLens 100k share one catalogue`() throws {
    for fold in 1...5 {
      let training = try ingest("\(SharedData.movieLens100k)/u\(fold).base").dataset
      let test = try ingest("\(SharedData.movieLens100k)/u\(fold).test").dataset
      #expect(training.ratings.count == 80_000 && test.ratings.count == 20_000)
      #expect(training.movies == test.movies && training.users == test.users)
    }
  }

  @Test(.enabled(if: SharedData.has(SharedData.movieLensLatestSmall), Comment(rawValue: SharedData.absence)))
  func `MovieLens latest-small is read whole`() throws {
    let (dataset, report) = try ingest(SharedData.movieLensLatestSmall, isStrict: true)
    #expect(dataset.users.count == 610 && dataset.movies.count == 9_742 && dataset.ratings.count == 100_836)
    #expect(dataset.tags.count == 3_683)
    #expect(report.badLineCount == 0 && report.replacedRatings == 0 && report.ratingsOfUnlistedMovies == 0)
    #expect(dataset.scale == .halfStars)
    #expect(dataset.movie(29)?.title == "The City of Lost Children (La Cité des enfants perdus)")
    #expect(dataset.movie(1)?.imdbID == "tt0114709" && dataset.movie(1)?.tmdbID == 862)
    let titles = Set(dataset.movies.map(\.title))
    for title in [
      "Babylon 5", "The Good, the Bad and the Ugly (Il Buono, il brutto, il cattivo)", "Das Boot (The Boat)",
      "Death Note: Desu nôto", "11'09\"01 - September 11", "I, Robot", "Paris, Texas", "Les Misérables",
    ] {
      #expect(titles.contains(title), "\(title)")
    }
    #expect(dataset.movies.allSatisfy { $0.imdbID?.hasPrefix("tt") == true })
    #expect(dataset.movies.filter { $0.tmdbID == nil }.count == 8)
    #expect(dataset.movies.filter { $0.genres.isEmpty }.count == 34)
    #expect(dataset.movies.filter { $0.year == nil }.count == 12)
  }
}
