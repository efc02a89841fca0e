import Foundation
import Precompute
import Ratings
import Store
import TestSupport
import Testing

/// The list that the page shows is the one that the program makes: `marquee recommend --ratings` prints `BrowserModel.list`.
@Suite(.serialized, .enabled(if: Browser.isExpected, "\(Browser.absence)"))
struct `The list of a new user` {
  /// People with one to fifty ratings of films that some browser knows, some of them all alike, all low, or of films that are not there.
  private static func people(_ pages: Precomputed, count: Int) throws -> [[MovieRating]] {
    let movies = try #require(pages.browser).movies
    let levels = stride(from: pages.scale.minimum, through: pages.scale.maximum, by: pages.scale.step).map { $0 }
    return (0..<count).map { person in
      var random = CounterRandom(seed: 11, stream: UInt64(person))
      let films = movies.shuffled(using: &random).prefix(1 + random.index(below: 50))
      let same = levels[random.index(below: levels.count)]
      return films.sorted().map { movie in
        MovieRating(movie: movie, value: person % 10 == 0 ? same : levels[random.index(below: levels.count)])
      }
    }
  }

  @Test func `is identical to the program's, with stars and reasons, for a hundred people`() async throws {
    let site = try await ServedSite.sample
    let pages = try Precomputed(contentsOf: site.folder.path + "/.marquee/precomputed.bin")
    let browser = try #require(pages.browser)
    let id = { (movie: Int32) in "\(pages.movies[Int(movie)].id)" }
    try await Browser.visit(site) { page in
      try await page.open("/you/")
      for ratings in try Self.people(pages, count: 100) {
        let text = ratings.map { "\"\(id($0.movie))\":\($0.value)" }.joined(separator: ",")
        let shown = try await page.evaluate(
          "marquee.recommend(JSON.parse(arguments[0]), { count: 20 })", [.string("{\(text)}")]
        ).array
        let list = browser.list(of: browser.newcomer(ratings), options: ListOptions(count: 20)).list(ofUser: 0)
        try #require(shown.compactMap(\.["id"].string) == list.map { id($0.recommendation.movie) })
        for (shown, entry) in zip(shown, list) {
          let stars = try #require(shown["stars"].number)
          #expect(abs(stars - Double(entry.recommendation.stars)) < 0.02)
          #expect(shown["because"].array.compactMap(\.["id"].string) == entry.reasons.map { id($0.movie) })
        }
      }
      try await page.expectQuiet()
    }
  }

  @Test func `of lesser-known films is the second list of a member with the same ratings`() async throws {
    let site = try await ServedSite.sample
    let store = try RatingStore(path: site.folder.path + "/.marquee/marquee.sqlite")
    let dataset = try store.dataset()
    let training = TrainingSet(dataset.ratings, of: dataset)
    try await Browser.visit(site) { page in
      try await page.open("/you/")
      for user in stride(from: 0, to: dataset.users.count, by: 9) {
        let text = training.ratings(ofUser: user)
          .map { "\"\(dataset.movies[Int($0.movie)].id)\":\($0.value)" }.joined(separator: ",")
        let told = try await page.evaluate(
          """
          Promise.all([marquee.recommend(JSON.parse(arguments[0]), { count: 20, tuning: { unusual: true } }),
            fetch(marquee.root + `api/users/${arguments[1]}.json`).then(answer => answer.json())])
            .then(([shown, { unusual }]) => [shown.map(film => film.id).join(' '), unusual.map(film => film.id).join(' ')])
          """, [.string("{\(text)}"), .string("\(dataset.users[user].id)")]
        ).strings
        #expect(told[0] == told[1] && !told[0].isEmpty, "member \(dataset.users[user].id)")
      }
      try await page.open("/users/1/")
      try await page.click("[name=model][value=list-unusual]")
      #expect(try await page.count("#list-unusual .picks > li") > 0)
      try await page.expectQuiet()
    }
  }

  @Test func `for a group is the program's, by every rule`() async throws {
    let site = try await ServedSite.sample
    let pages = try Precomputed(contentsOf: site.folder.path + "/.marquee/precomputed.bin")
    let browser = try #require(pages.browser)
    let id = { (movie: Int32) in "\(pages.movies[Int(movie)].id)" }
    let people = try Self.people(pages, count: 6)
    try await Browser.visit(site) { page in
      try await page.open("/you/")
      for rule in SharedListRule.allCases {
        for start in 0..<3 {
          let group = Array(people[start..<start + 3])
          let text = group.map { ratings in
            "{" + ratings.map { "\"\(id($0.movie))\":\($0.value)" }.joined(separator: ",") + "}"
          }.joined(separator: ",")
          let shown = try await page.evaluate(
            "marquee.recommendTogether(JSON.parse(arguments[0]), { count: 15, rule: arguments[1] })",
            [.string("[\(text)]"), .string(rule.rawValue)]
          ).array
          let list = browser.list(
            forAll: group.map(browser.newcomer), rule: rule, options: ListOptions(count: 15), includesSeen: false)
          #expect(shown.compactMap(\.["id"].string) == list.map { id($0.movie) })
        }
      }
    }
  }

  @Test func `contains only the requested films`() async throws {
    try await Browser.visit(try await ServedSite.sample) { page in
      try await page.open("/you/")
      let answer = try await page.evaluate(
        """
        marquee.model().then(async model => {
          const ratings = Object.fromEntries(model.ids.slice(0, 6).map(id => [id, 5]));
          const within = model.ids.slice(3, 40);
          const exclude = model.ids.slice(10, 20);
          const ids = async options => (await marquee.recommend(ratings, options)).map(({ id }) => id);
          const places = async options => (await ids(options)).map(id => model.places.get(id));
          return JSON.stringify({
            within: await places({ within, exclude, count: 100 }),
            little: (await places({ tuning: { fame: 'little' } })).every(film => model.fame[film] === 'little'),
            years: (await places({ tuning: { from: 1980, to: 1989 } })).every(film => model.years[film] >= 1980 && model.years[film] <= 1989),
            never: (await places({ tuning: { genres: { [model.genres[0]]: 'never' } } })).every(film => !(model.kinds[film] & 1)),
            ...await (async () => {
              // What a site knows after `marquee enrich`.
              model.minutes = model.ids.map((_, film) => film % 3 && 60 + film % 120);
              [model.languages, model.spoken] = [['en', 'fr'], model.ids.map((_, film) => film % 3)];
              const long = await places({ tuning: { shortest: 100, longest: 140 } });
              const french = await places({ tuning: { language: 'fr' } });
              const unknown = await places({ tuning: { language: 'ja' } });
              [model.minutes, model.languages, model.spoken] = [[], [], []];
              const kept = await places({ tuning: { shortest: 100, language: 'fr' } });
              return {
                long: long.length > 0 && long.every(film => film % 3 && 60 + film % 120 >= 100 && 60 + film % 120 <= 140),
                french: french.length > 0 && french.every(film => film % 3 === 2),
                stale: unknown.length > 0 && kept.length > 0,
              };
            })(),
            unusual: (await places({ tuning: { unusual: true } })).every(film => model.fame[film] !== 'known'),
            none: (await ids({ within: ['no such film'] })).length,
            empty: (await marquee.recommend({}, {})).length,
            array: await marquee.recommend([{ id: '1', stars: 5 }], {}).then(list => list.length, error => error.name),
            everything: (await marquee.recommend(Object.fromEntries(model.ids.map(id => [id, 3])), {})).length,
            foreign: (await marquee.recommend({ 'tt-of-another-site': 5, nothing: NaN }, {})).length,
          });
        })
        """)
      let told = try JSON(Data(try #require(answer.string).utf8))
      let within = told["within"].array.compactMap(\.number).map { Int($0) }
      let expected = Array(6..<10) + Array(20..<40)
      #expect(within.sorted() == expected)
      for wish in ["little", "years", "never", "unusual", "long", "french", "stale"] {
        #expect(told[wish].bool == true, "\(wish)")
      }
      for wish in ["none", "everything"] { #expect(told[wish].number == 0, "\(wish)") }
      #expect(told["array"].string == "TypeError")
      for wish in ["empty", "foreign"] { #expect(told[wish].number == 20, "\(wish)") }
    }
  }
}
