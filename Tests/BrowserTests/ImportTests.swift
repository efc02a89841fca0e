import Foundation
import TestSupport
import Testing

@Suite(.serialized, .enabled(if: Browser.isExpected, "\(Browser.absence)"))
struct `Bringing ratings from elsewhere` {
  struct Export: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String
    /// Stars by title as the diary has them afterwards.
    let ratings: [String: Double]
    var seen: [String] = []
    var watchlist: [String] = []
    var unmatched: [String] = []
    var testDescription: String { name }
  }

  static let exports = [
    Export(
      name: "ratings.csv",
      text: """
        Date,Name,Year,Letterboxd URI,Rating
        2024-02-03,Alien,1979,https://boxd.it/1,4.5
        2023-01-01,"Good, the Bad and the Ugly, The",1966,https://boxd.it/2,5
        2024-05-06,Amelie,2001,https://boxd.it/3,3
        2024-05-07,A Film Nobody Made,1999,https://boxd.it/4,2
        2024-05-08,The Matrix,1971,https://boxd.it/5,2

        """,
      ratings: ["Alien": 4.5, "The Good, the Bad and the Ugly": 5, "Amélie": 3],
      unmatched: ["A Film Nobody Made (1999)", "The Matrix (1971)"]),
    Export(
      name: "imdb.csv",
      text: """
        Const,Your Rating,Date Rated,Title,Original Title,URL,Title Type,IMDb Rating,Runtime (mins),Year,Genres
        tt0078748,9,2024-02-03,Alien,Alien,https://www.imdb.com/title/tt0078748/,Movie,8.5,117,1979,"Horror, Sci-Fi"
        tt0133093,1,2024-02-04,The Matrix,The Matrix,https://www.imdb.com/title/tt0133093/,Movie,8.7,136,1999,Action
        tt0903747,10,2024-02-05,Breaking Bad,Breaking Bad,https://www.imdb.com/title/tt0903747/,TV Series,9.5,49,2008,Drama

        """,
      ratings: ["Alien": 4.5, "The Matrix": 0.5]),
    Export(
      name: "ratings-movies.json",
      text: """
        [{"rated_at":"2024-02-03T20:11:12.000Z","rating":8,"type":"movie",
        "movie":{"title":"Alien","year":1979,"ids":{"trakt":1}}},
        {"rated_at":"2024-02-03T20:11:12.000Z","rating":3,"type":"movie",
        "movie":{"title":"Nothing of the Kind","year":2012,"ids":{}}},
        {"plays":2,"last_watched_at":"2022-02-03T20:11:12.000Z","movie":{"title":"The Matrix","year":2000,"ids":{}}}]
        """,
      ratings: ["Alien": 4], seen: ["The Matrix"], unmatched: ["Nothing of the Kind (2012)"]),
    Export(
      name: "NetflixViewingHistory.csv",
      text:
        "Title,Date\n\"The Matrix\",\"3/14/24\"\n\"Dark: Season 1: Secrets\",\"3/15/24\"\n\"Unheard Of\",\"12/31/23\"\n",
      ratings: [:], seen: ["The Matrix"], unmatched: ["Unheard Of"]),
    Export(
      name: "Ratings.csv",
      text: """
        Profile Name,Title Name,Rating Type,Star Value,Thumbs Value,Device Model,Event Utc Ts
        Me,Alien,thumb,,2,TV,2024-01-02 03:04:05
        Me,The Matrix,star,3,,TV,2018-01-02 03:04:05

        """,
      ratings: ["Alien": 4, "The Matrix": 3]),
    Export(
      name: "table.csv", text: "title;year;rating\nAlien;1979;4,5\nMatrix, The;1999;5\n",
      ratings: ["Alien": 4.5, "The Matrix": 5]),
  ]

  private static func expect(_ export: Export, _ page: BrowserPage) async throws {
    try await page.wait(for: "#Add")
    if !export.unmatched.isEmpty { #expect(try await page.texts("#ImportResult li > bdi") == export.unmatched) }
    try await page.click("#Add")
    let diary = try await page.diary()
    let titles = { (shelf: String) -> [String] in
      if case .object(let films) = diary[shelf] { films.values.compactMap { $0["title"].string } } else { [] }
    }
    var ratings: [String: Double] = [:]
    if case .object(let films) = diary["ratings"] {
      for film in films.values { ratings[film["title"].string ?? ""] = film["stars"].number }
    }
    #expect(ratings == export.ratings)
    #expect(titles("seen").sorted() == export.seen.sorted())
    #expect(titles("watchlist").sorted() == export.watchlist.sorted())
  }

  @Test(arguments: exports) func `an export is matched to the catalogue, and the rest is listed`(
    export: Export
  ) async throws {
    try await Browser.visit(try await ServedSite.sample) { page in
      try await page.open("/you/")
      try await page.wait(for: "#Drop")
      try await page.drop(export.name, Array(export.text.utf8), on: "#Drop")
      try await Self.expect(export, page)
      try await page.expectQuiet()
    }
  }

  @Test func `Letterboxd's archive is read as it comes`() async throws {
    let folder = try TemporaryFolder()
    let watched = "Date,Name,Year,Letterboxd URI\n2024-02-03,Alien,1979,x\n2024-02-04,The Matrix,1999,x\n"
    try folder.write(
      "Date,Name,Year,Letterboxd URI,Rating\n2024-02-03,Alien,1979,x,4.5\n", to: "export/ratings.csv")
    try folder.write(watched, to: "export/watched.csv")
    try folder.write("Date,Name,Year,Letterboxd URI\n2024-02-05,Blade Runner,1982,x\n", to: "export/watchlist.csv")
    try folder.write("Date Joined,Username\n2020-01-01,somebody\n", to: "export/profile.csv")
    try Self.zip(folder.path("export"), to: folder.path("letterboxd.zip"))
    try await Browser.visit(try await ServedSite.sample) { page in
      try await page.open("/you/")
      try await page.type(folder.path("letterboxd.zip"), into: "#Import")
      try await Self.expect(
        Export(name: "zip", text: "", ratings: ["Alien": 4.5], seen: ["The Matrix"], watchlist: ["Blade Runner"]), page)
      let diary = try await page.diary()
      guard case .object(let films) = diary["ratings"] else { return }
      #expect(films.values.first?["on"].string == "2024-02-03")
      try await page.expectQuiet()
    }
  }

  /// Python's standard library writes archives everywhere; `zip` is not on every machine.
  private static func zip(_ folder: String, to path: String) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "python3", "-c",
      "import sys, os, zipfile\nz = zipfile.ZipFile(sys.argv[2], 'w', zipfile.ZIP_DEFLATED)\n"
        + "[z.write(os.path.join(sys.argv[1], n), n) for n in sorted(os.listdir(sys.argv[1]))]\nz.close()",
      folder, path,
    ]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }

  @Test(arguments: [
    ("holiday.csv", "place,price\nRome,3\n"), ("broken.json", "{\"ratings\": "), ("other.json", "[1, 2]"),
    ("broken.zip", "PK\u{3}\u{4}nothing of an archive"), ("empty.csv", ""),
  ])
  func `a file that is not an export is rejected with a reason`(name: String, text: String) async throws {
    try await Browser.visit(try await ServedSite.sample) { page in
      try await page.open("/you/")
      try await page.wait(for: "#Drop")
      try await page.drop(name, Array(text.utf8), on: "#Drop")
      try await page.wait(for: "#ImportResult .trouble")
      #expect(try await page.diary()["ratings"] == [:])
      try await page.expectQuiet()
    }
  }
}
