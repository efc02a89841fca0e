import Foundation
import TestSupport
import Testing

@Suite struct `Ingesting on the command line` {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("movieId,title,genres\n1,Heat (1995),Crime\n2,Alien (1979),Horror\n", to: "club/movies.csv")
    try folder.write("movieId,imdbId,tmdbId\n1,0113277,949\n2,0078748,348\n", to: "club/links.csv")
    try folder.write("userId,movieId,rating,timestamp\n1,1,4,1000000000\n2,2,5,1000000001\n", to: "club/ratings.csv")
    try folder.write(
      "Title,Year,tmdbID,Rating10,WatchedDate\nAlien,1979,348,9,2020-01-02\nNobody's Film,2001,,7,\nHeat,1995,949,,2020-01-03\n",
      to: "ann.csv")
  }

  private func ingest(_ words: String...) throws -> MarqueeProcess.Outcome {
    try MarqueeProcess.run(["ingest"] + words + ["--database", "club.sqlite"], in: folder.path)
  }

  @Test func `an export finds the films of the database, and the account adds up in words and as JSON`() throws {
    #expect(try ingest("club").status == 0)
    let outcome = try ingest("ann.csv", "--report", "report.json")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("movies: 1 added; ratings: 2 added"), "\(outcome.output)")
    #expect(
      outcome.errors.contains(
        "“ann”: 3 lines = 2 ratings + 1 unrated; films: 1 by id, 1 added; dates: 1 read, 1 missing"))
    let report = try JSONSerialization.jsonObject(with: Data(try folder.read("report.json"))) as? [String: Any]
    let file = try #require((report?["files"] as? [[String: Any]])?.first)
    let counts = ["lines", "ratings", "unrated", "not_films", "replaced", "bad"].map { file[$0] as? Int ?? -1 }
    #expect(counts == [3, 2, 1, 0, 0, 0])
    #expect(file["path"] as? String == "ann.csv" && file["user"] as? String == "ann")
    #expect(file["films"] as? [String: Int] == ["by_id": 1, "by_title": 0, "added": 1])
    #expect(file["dates"] as? [String: Int] == ["read": 1, "missing": 1, "unreadable": 0])
    let again = try ingest("ann.csv")
    #expect(again.output.contains("nothing new"), "\(again.output)")
  }

  @Test func `a second export without an owner's name is rejected if the first belongs to another person`() throws {
    let head = "Date,Name,Year,Letterboxd URI,Rating\n"
    let films = (1...9).map { "2024-01-0\($0),Film number \($0),199\($0),x," }
    try folder.write(head + films.map { $0 + "4\n" }.joined(), to: "a/ratings.csv")
    try folder.write(head + films.dropLast(2).map { $0 + "1.5\n" }.joined(), to: "b/ratings.csv")
    try folder.write(head + films.map { $0 + "4\n" }.joined() + "2024-02-01,One more,2001,x,3\n", to: "c/ratings.csv")
    #expect(try ingest("club").status == 0)
    #expect(try ingest("a/ratings.csv").output.contains("ratings: 9 added"))
    let other = try ingest("b/ratings.csv")
    #expect(other.status == 1)
    #expect(other.errors.contains("b/ratings.csv") && other.errors.contains("--user"), "\(other.errors)")
    // The same person's newer export replaces the old one.
    #expect(try ingest("c/ratings.csv").output.contains("ratings: 1 added"))
    #expect(try ingest("a/ratings.csv").status == 0)
    #expect(try ingest("b/ratings.csv", "--user", "bob").output.contains("users: 1 added"))
  }

  @Test func `recommend prints the account of a file's lines`() throws {
    try folder.write("title,year,rating\nAlien,1979,4\nNobody's Film,2001,3\nHeat,1995,\n", to: "mine.csv")
    let outcome = try MarqueeProcess.run(
      ["recommend", "--data", "club", "--ratings", "mine.csv", "--model", "popularity"], in: folder.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(
      outcome.errors.contains("3 lines = 2 ratings + 1 unrated; films: 1 by title, 1 added; dates: 2 missing"),
      "\(outcome.errors)")
  }

  @Test func `ratings by another catalogue's numbers rate no other films`() throws {
    try folder.write("user,tmdbId,rating\nbob,949,2\nbob,1,3\n", to: "others.csv")
    #expect(try ingest("club").status == 0)
    let outcome = try ingest("others.csv")
    #expect(outcome.status == 0 && outcome.errors.contains("films: 1 by id, 1 added"), "\(outcome.errors)")
  }
}
