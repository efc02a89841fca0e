import Platform
import Synthesis
import TestSupport
import Testing

@Suite("Synthetic data sets")
struct SynthesizerTests {
  private static let sizes = [
    (users: 1, movies: 1, ratings: 1), (users: 3, movies: 50, ratings: 3), (users: 40, movies: 30, ratings: 1_200),
    (users: 5, movies: 2_000, ratings: 100), (users: 300, movies: 120, ratings: 9_001),
    (users: 50, movies: 40, ratings: 1_999),
  ]

  @Test(arguments: sizes, SynthesisFormat.allCases)
  func `a data set has exactly what was asked for`(
    size: (users: Int, movies: Int, ratings: Int), format: SynthesisFormat
  ) throws {
    let folder = try TemporaryFolder()
    let plan = try Synthesizer(users: size.users, movies: size.movies, ratings: size.ratings, seed: 5, format: format)
    let summary = try plan.write(to: folder.path("data"))
    let data = try WrittenData(folder.path("data"), format: format)
    #expect(data.rows.count == size.ratings)
    #expect(summary.ratings == size.ratings)
    #expect(Set(data.rows.map(\.user)).count == size.users)
    #expect(Set(data.rows.map { [$0.user, $0.movie] }).count == size.ratings)
    #expect(data.titles.count == size.movies && Set(data.titles.keys).count == size.movies)
    #expect(Set(data.rows.map(\.movie)).isSubset(of: data.titles.keys))
    #expect(Set(data.rows.map(\.movie)).count == summary.ratedMovies)
    if size.ratings >= size.movies { #expect(summary.ratedMovies == size.movies) }
    let allowed = stride(from: format == .netflixPrize ? 1 : 0.5, through: 5, by: format == .netflixPrize ? 1 : 0.5)
    #expect(Set(data.rows.map(\.stars)).isSubset(of: Set(allowed)))
    let mean = data.rows.reduce(0) { $0 + $1.stars } / Double(data.rows.count)
    #expect(abs(mean - summary.meanRating) < 1e-9)
  }

  @Test(arguments: SynthesisFormat.allCases)
  func `the same seed gives the same bytes, another one others`(format: SynthesisFormat) throws {
    let folder = try TemporaryFolder()
    for (name, seed) in [("a", UInt64(8)), ("b", 8), ("c", 9)] {
      try Synthesizer(users: 200, movies: 150, ratings: 6_000, seed: seed, format: format).write(to: folder.path(name))
    }
    for name in try WrittenData.names(folder.path("a")) {
      let bytes = try WrittenData.bytes(folder.path("a/\(name)"))
      #expect(try bytes == WrittenData.bytes(folder.path("b/\(name)")), "\(name)")
      #expect(try bytes != WrittenData.bytes(folder.path("c/\(name)")), "\(name)")
    }
  }

  @Test func `activity and popularity have long tails, as in MovieLens`() throws {
    let folder = try TemporaryFolder()
    // The size of MovieLens latest-small: its tenth of most rated movies has 60 % of the ratings, its median user
    // rated 71 movies, the least active 20; mean 3.50, deviation 1.04.
    try Synthesizer(users: 610, movies: 9_742, ratings: 100_836, format: .movieLensCSV).write(to: folder.path("data"))
    let rows = try WrittenData(folder.path("data"), format: .movieLensCSV).rows
    let movies = Dictionary(grouping: rows, by: \.movie).values.map(\.count).sorted(by: >)
    let share = Double(movies.prefix(movies.count / 10).reduce(0, +)) / Double(rows.count)
    #expect((0.5...0.7).contains(share))
    let users = Dictionary(grouping: rows, by: \.user).values.map(\.count).sorted()
    #expect(users[0] >= 20 && (50...100).contains(users[305]) && users[609] > 1_000)
    let mean = rows.reduce(0) { $0 + $1.stars } / Double(rows.count)
    let variance = rows.reduce(0) { $0 + ($1.stars - mean) * ($1.stars - mean) } / Double(rows.count)
    #expect((3.4...3.65).contains(mean) && (0.95...1.15).contains(variance.squareRoot()))
    let wholes = rows.count { $0.stars == $0.stars.rounded() }
    #expect((0.6...0.8).contains(Double(wholes) / Double(rows.count)))
  }

  @Test func `MovieLens files are by user, then movie, and no movie is rated before its year`() throws {
    let folder = try TemporaryFolder()
    try Synthesizer(users: 100, movies: 400, ratings: 5_000, format: .movieLensCSV).write(to: folder.path("data"))
    let data = try WrittenData(folder.path("data"), format: .movieLensCSV)
    let keys = data.rows.map { [$0.user, $0.movie] }
    #expect(zip(keys, keys.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) })
    for row in data.rows {
      let year = try #require(data.titles[row.movie]?.dropLast().suffix(4)).description
      #expect(CivilDate(daysSince1970: (Int(row.date) ?? 0) / 86_400).year >= Int(year) ?? 9_999)
    }
    #expect(try WrittenData.names(folder.path("data")) == ["movies.csv", "ratings.csv", "tags.csv"])
  }

  @Test func `the Netflix probe is 1,4 percent of the ratings and among them`() throws {
    let folder = try TemporaryFolder()
    try Synthesizer(users: 500, movies: 100, ratings: 20_000, format: .netflixPrize).write(to: folder.path("data"))
    let data = try WrittenData(folder.path("data"), format: .netflixPrize)
    #expect(abs(data.probe.count - 282) <= 1)
    #expect(Set(data.probe).isSubset(of: Set(data.rows.map { [$0.user, $0.movie] })))
    #expect(data.rows.allSatisfy { $0.date >= "1999-11-10" && $0.date <= "2005-12-31" && $0.date.count == 10 })
    #expect(try #require(data.rows.map(\.user).max()) > 2 * 500)
    #expect(
      try WrittenData.names(folder.path("data")) == (1...4).map { "combined_data_\($0).txt" } + [
        "movie_titles.csv", "probe.txt",
      ])
  }

  @Test func `progress never falls and ends with all ratings`() throws {
    let folder = try TemporaryFolder()
    var seen: [Int] = []
    let plan = try Synthesizer(users: 3_000, movies: 200, ratings: 9_000, format: .movieLensCSV)
    try plan.write(to: folder.path("data")) { seen.append($0) }
    #expect(seen == seen.sorted() && seen.last == 9_000 && seen.count > 2)
  }
}
