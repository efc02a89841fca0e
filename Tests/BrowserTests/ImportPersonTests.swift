import Foundation
import TestSupport
import Testing

/// What of a file is the visitor's, and what becomes of the rest.
@Suite(.serialized, .enabled(if: Browser.isExpected, "\(Browser.absence)"))
struct `Whose ratings an import takes` {
  private static func read(_ files: [(name: String, text: String)], _ options: JSON = [:]) async throws -> JSON {
    try await Browser.visit(try await ServedSite.sample) { page in
      try await page.open("/you/")
      try await page.wait(until: "document.getElementById('Drop')")
      let found = try await page.evaluate(
        """
        (async (files, options) => {
          const imports = await marquee.need('imports');
          const start = performance.now();
          const found = await imports.read(files.map(([name, text]) => new File([text], name)), { minimum: 0.5, maximum: 5, step: 0.5 }, options);
          const titles = shelf => Object.values(found.diary[shelf]).map(film => film.title + (film.stars ? ' ' + film.stars : '')).sort();
          return { ...found, ratings: titles('ratings'), seen: titles('seen'), watchlist: titles('watchlist'),
            ids: Object.keys(found.diary.ratings), listed: found.diary.lists.flatMap(({ films }) => Object.values(films).map(film => film.title)), time: performance.now() - start };
        })(arguments[0], arguments[1])
        """, [.array(files.map { [.string($0.name), .string($0.text)] }), options])
      try await page.expectQuiet()
      return found
    }
  }

  @Test func `titles in letters apart and in letters of one piece are the same`() async throws {
    try await Browser.visit(try await ServedSite.sample) { page in
      try await page.open("/you/")
      try await page.wait(until: "document.getElementById('Drop')")
      let found = try await page.evaluate(
        """
        (async titles => {
          await marquee.need('imports');
          const matcher = form => new marquee.importing.Matcher(titles.map(title => ({ title: title.normalize(form), year: 2019 })), { articles: [] });
          return ['NFC', 'NFD'].flatMap(form => titles.map(title =>
            matcher(form === 'NFC' ? 'NFD' : 'NFC').match({ title: title.normalize(form), year: 2019 })?.film ?? -1));
        })(arguments[0])
        """, [["기생충", "がんばれ", "Amélie"]])
      #expect(found.array.map(\.number) == [0, 1, 2, 0, 1, 2])
      try await page.expectQuiet()
    }
  }

  private static let household = """
    Profile Name,Title Name,Rating Type,Star Value,Thumbs Value,Device Model,Event Utc Ts
    Nora,Alien,thumb,,3,TV,2024-01-02 03:04:05
    Kids,The Matrix,thumb,,1,TV,2024-01-02 03:04:05

    """

  @Test func `of a household it asks whose are the visitor's`() async throws {
    try await Browser.visit(try await ServedSite.sample) { page in
      try await page.open("/you/")
      try await page.wait(until: "document.getElementById('Drop')")
      try await page.drop("Ratings.csv", Array(Self.household.utf8), on: "#Drop")
      try await page.wait(for: "#ImportResult .whose button")
      #expect(try await page.texts("#ImportResult .whose button bdi") == ["Nora", "Kids"])
      #expect(try await page.count("#Add") == 0)
      try await page.click("#ImportResult .whose button:last-of-type")
      try await page.wait(for: "#Add")
      try await page.click("#Add")
      let titles = try await page.evaluate("Object.values(marquee.diary.state.ratings).map(film => film.title)").strings
      #expect(titles == ["The Matrix"])
      try await page.expectQuiet()
    }
  }

  @Test func `files that are called after people are one person's each, or all the visitor's`() async throws {
    let files = [
      ("ann.csv", "title,year,rating,date\nAlien,1979,5,2024-02-02\nThe Matrix,1999,4,someday\n"),
      ("bob.csv", "title,year,rating\nAlien,1979,1\n"),
    ]
    let found = try await Self.read(files)
    #expect(found["people"].array.map { $0["name"].string } == ["ann", "bob"] && found["ratings"].strings == [])
    #expect(try await Self.read(files, ["person": "bob"])["ratings"].strings == ["Alien 1"])
    let all = try await Self.read(files, ["everybody": true])
    #expect(all["ratings"].strings == ["Alien 5", "The Matrix 4"])
    // Each file has its account, and the rating that gave way counts where it stood.
    #expect(all["files"].array.map { $0["file"].string } == ["ann.csv", "bob.csv"])
    #expect(all["files"][0]["account"]["unreadable"].number == 1 && all["files"][0]["account"]["ratings"].number == 2)
    #expect(all["files"][1]["account"]["replaced"].number == 1 && all["account"]["lines"].number == 3)
    let again = [
      ("ratings (1).csv", "title,year,rating\nAlien,1979,5\n"),
      ("ratings.csv", "title,year,rating\nThe Matrix,1999,4\n"),
    ]
    #expect(try await Self.read(again)["ratings"].strings == ["Alien 5", "The Matrix 4"])
  }

  @Test func `in a table of several people the visitor chooses who they are`() async throws {
    let table =
      "user,title,year,rating\n"
      + (1...40).map { "u\($0),\($0 % 2 == 0 ? "Alien,1979" : "The Matrix,1999"),\($0 % 5 + 1)\n" }.joined()
    try await Browser.visit(try await ServedSite.sample) { page in
      try await page.open("/you/")
      try await page.wait(until: "document.getElementById('Drop')")
      try await page.drop("club.csv", Array(table.utf8), on: "#Drop")
      try await page.wait(for: "#ImportMember")
      #expect(try await page.text("#ImportResult .whose p").contains("40"))
      try await page.evaluate(
        "document.getElementById('ImportMember').value = 'nobody', document.querySelector('#ImportResult form').requestSubmit()"
      )
      try await page.wait(for: "#ImportResult .trouble")
      #expect(try await page.text("#ImportResult .trouble").contains("nobody"))
      try await page.evaluate(
        "document.getElementById('ImportMember').value = 'u7', document.querySelector('#ImportResult form').requestSubmit()"
      )
      try await page.wait(for: "#Add")
      try await page.click("#Add")
      let ratings = try await page.evaluate(
        "Object.values(marquee.diary.state.ratings).map(film => film.title + ' ' + film.stars)"
      ).strings
      #expect(ratings == ["The Matrix 3"])
      try await page.expectQuiet()
    }
  }

  @Test func `old reviews next to current ratings show what was seen`() async throws {
    let head = "Date,Name,Year,Letterboxd URI"
    let found = try await Self.read([
      (
        "reviews.csv",
        "\(head),Rating,Rewatch,Review,Tags,Watched Date\n2025-01-01,Alien,1979,x,1,,No,,2025-01-01\n2025-01-01,The Matrix,1999,x,1,,No,,2025-01-01\n"
      ),
      ("ratings.csv", "\(head),Rating\n2020-01-01,Alien,1979,x,4.5\n"),
      ("comments.csv", "Date,Content,Comment\n2024-02-01,x,y\n"),
      ("watchlist.csv", "\(head)\n2020-01-01,Blade Runner,1982,x\n"),
    ])
    #expect(found["ratings"].strings == ["Alien 4.5"])
    #expect(found["seen"].strings == ["The Matrix"])
    #expect(found["watchlist"].strings == ["Blade Runner"])
    #expect(found["refused"].array == [])
  }

  @Test func `of a film rated twice the later day counts, and else the later line`() async throws {
    let dated = "title,year,rating,date\nAlien,1979,5,2024-02-02\nAlien,1979,1,2020-01-01\n"
    let undated = "title,year,rating\nAlien,1979,5\nAlien,1979,1\n"
    #expect(try await Self.read([("films.csv", dated)])["ratings"].strings == ["Alien 5"])
    let found = try await Self.read([("films.csv", undated)])
    #expect(found["ratings"].strings == ["Alien 1"])
    #expect(found["account"]["replaced"].number == 1)
  }

  @Test func `ids of another catalogue rate no film of this one`() async throws {
    let diary = """
      {"marquee": "diary", "version": 1, "ratings": {
        "1": {"title": "Alien", "year": 1979, "on": "2024-02-02", "stars": 4},
        "2": {"title": "Nothing of the Kind", "year": 2012, "on": "", "stars": 1}},
       "lists": [{"name": "Rain", "films": {"3": {"title": "The Matrix", "year": 1999, "on": ""}}}]}
      """
    let found = try await Self.read([("marquee-diary.json", diary)])
    #expect(found["ratings"].strings == ["Alien 4"])
    #expect(found["unmatched"][0]["title"].string == "Nothing of the Kind")
    #expect(found["unmatched"][0]["stars"].number == 1)
    #expect(found["listed"].strings == ["The Matrix"])
    let table = try await Self.read([
      ("t.csv", "movieId,title,rating\n1,Alien (1979),4\n2,\"Matrix, The (1999)\",3\n3,Nobody's Film (2012),1\n")
    ])
    #expect(table["ratings"].strings == ["Alien 4", "The Matrix 3"])
  }

  @Test func `a film chosen by hand is found the next time`() async throws {
    let file = ("films.csv", "title,year,rating\nThe Strange Visitor,1979,4\n")
    let found = try await Self.read([file])
    let key = try #require(found["unmatched"][0]["key"].string)
    let alien = try await Self.read([("films.csv", "title,year,rating\nAlien,1979,4\n")])
    let id = try #require(alien["ids"][0].string)
    let again = try await Self.read([file], ["choices": [key: .string(id)]])
    #expect(again["ratings"].strings == ["Alien 4"])
    #expect(again["account"]["byHand"].number == 1)
    #expect(again["unmatched"].array == [])
  }

  @Test func `ten thousand ratings take less than a second`() async throws {
    let lines = (0..<10_000).map {
      "\($0 % 3 == 0 ? "Alien" : "Film number \($0)"),1979,\(1 + $0 % 5),2024-02-\(10 + $0 % 18)\n"
    }
    let found = try await Self.read([("films.csv", "title,year,rating,date\n" + lines.joined())])
    #expect(found["account"]["lines"].number == 10_000)
    #expect(found["account"]["byTitle"].number == 1)
    #expect((found["time"].number ?? .infinity) < 1000)
  }
}
