import Foundation
import TestSupport
import Testing

@Suite(.serialized, .enabled(if: Browser.isExpected, "\(Browser.absence)"))
struct `A visitor's own page` {
  /// The films of the list, first place first.
  private static func list(_ page: BrowserPage) async throws -> [String] {
    try await page.evaluate("[...document.querySelectorAll('#List > li')].map(li => li.dataset.film)").strings
  }

  /// Rates and goes to the page.
  private static func arrive(_ page: BrowserPage) async throws {
    _ = try await page.rate([10, 2, 8, 9, 3])
    try await page.open("/you/")
    try await page.wait(until: "document.querySelectorAll('#List > li').length === 20")
  }

  @Test func `bands, decades and genres change the list at once and keep their place`() async throws {
    try await Browser.visit(try await ServedSite.sample) { page in
      try await Self.arrive(page)
      let before = try await Self.list(page)
      #expect(Set(before).count == 20)
      try await page.click(".tuning > summary")
      try await page.click("#Tuning [name=fame][value=little]")
      try await page.wait(
        until: "document.querySelector('#List > li').dataset.film !== arguments[0]", [.string(before[0])])
      #expect(try await page.text("#TuningSaid") == "Little known")
      try await page.reload()
      try await page.wait(until: "document.querySelectorAll('#List > li').length === 20")
      #expect(try await page.evaluate("document.querySelector('#Tuning [name=fame]:checked').value").string == "little")
      try await page.click(".tuning > summary")
      try await page.click("#Tuning [type=reset]")
      try await page.wait(
        until: "document.querySelector('#List > li').dataset.film === arguments[0]", [.string(before[0])])
      try await page.choose("1960", in: "#Tuning [name=from]")
      try await page.choose("1979", in: "#Tuning [name=to]")
      let years =
        "[...document.querySelectorAll('#List .facts-line')].map(e => parseInt(e.textContent)).every(y => y >= 1960 && y <= 1979)"
      try await page.wait(until: "document.querySelectorAll('#List > li').length > 0 && \(years)")
      try await page.click("#Tuning [type=reset]")
      try await page.wait(
        until: "document.querySelector('#List > li').dataset.film === arguments[0]", [.string(before[0])])
      try await page.choose("never", in: "#Tuning [name='genre Drama']")
      try await page.wait(
        until:
          "document.querySelectorAll('#List > li').length > 0 && ![...document.querySelectorAll('#List .facts-line')].some(e => e.textContent.includes('Drama'))"
      )
      try await page.expectQuiet()
    }
  }

  @Test func `a second list has lesser-known films, and says so if there are none`() async throws {
    try await Browser.visit(try await ServedSite.sample) { page in
      try await Self.arrive(page)
      let before = try await Self.list(page)
      let films = "[...document.querySelectorAll('#List > li')].map(li => li.dataset.film).join()"
      let picked: JSON = .string(before.joined(separator: ","))
      try await page.click("[name=list][value=unusual]")
      try await page.wait(until: "\(films) !== arguments[0]", [picked])
      try await page.click("[name=list][value=picked]")
      try await page.wait(until: "\(films) === arguments[0]", [picked])
      try await page.evaluate(
        """
        marquee.diary.change(state => { state.tuning = { genres: Object.fromEntries(
          [...document.querySelectorAll('#Moods select')].map(select => [select.name.slice(6), 'never'])) } })
        """)
      try await page.wait(for: "#NoList")
      #expect(try await page.count("#List > li") == 0)
      #expect(try await page.text("#NoList").contains("No film is left"))
    }
  }

  @Test func `hidden, seen, noted and rated films leave the list, are announced and can be restored`()
    async throws
  {
    try await Browser.visit(try await ServedSite.sample) { page in
      try await page.setSize(width: 1280, height: 800)
      try await Self.arrive(page)
      for (shelf, part) in [("watchlist", "Watchlist"), ("seen", "Seen"), ("hidden", "Hidden")] {
        let film = try await Self.list(page)[0]
        try await page.click("#List > li:first-child [data-shelf=\(shelf)]")
        try await page.waitForChange(of: "#List > li", from: film)
        #expect(try await page.diary()[shelf][film]["title"].string?.isEmpty == false)
        #expect(!(try await Self.list(page)).contains(film))
        #expect(try await page.evaluate("document.activeElement.closest('#List li') !== null").bool == true)
        let box = try await page.evaluate(
          "(() => { const b = document.querySelector('.notice').getBoundingClientRect(); return b.top >= 0 && b.bottom <= innerHeight })()"
        )
        #expect(box.bool == true)
        #expect(try await page.count("#\(part) > li") == 1)
        try await page.click(".notice [data-undo]")
        try await page.wait(
          until: "document.querySelector('#List > li').dataset.film === arguments[0]", [.string(film)])
        #expect(try await page.diary()[shelf] == [:])
        try await page.click("#List > li:first-child [data-shelf=\(shelf)]")
        try await page.wait(for: "#\(part) > li")
      }
      // The page of seen films is the way back for those of long ago.
      try await page.click("#Seen button")
      try await page.wait(until: "document.getElementById('SeenPart').hidden")
      let before = try await Self.list(page)
      try await page.click("#List > li:first-child .opener")
      try await page.click("#List > li:first-child .strip label:nth-of-type(9) input")
      try await page.waitForChange(of: "#List > li", from: before[0])
      #expect(try await page.count("#Diary > li") == 6)
      try await page.expectQuiet()
    }
  }

  @Test func `the watchlist is in the order of the list, with stars`() async throws {
    try await Browser.visit(try await ServedSite.sample) { page in
      try await Self.arrive(page)
      let list = try await Self.list(page)
      for film in [list[7], list[2], list[12]] {
        try await page.click("#List > li[data-film='\(film)'] .opener")
        try await page.click("#List > li[data-film='\(film)'] [data-shelf=watchlist]")
        try await page.wait(for: "#Watchlist > li[data-film='\(film)']")
      }
      try await page.wait(until: "document.querySelectorAll('#Watchlist .star').length === 3")
      let order = try await page.evaluate(
        "[...document.querySelectorAll('#Watchlist > li')].map(li => li.dataset.film)")
      #expect(order.strings == [list[2], list[7], list[12]])
      try await page.expectQuiet()
    }
  }

  @Test func `any list is put into one's own order, as a table or a title on a line`() async throws {
    try await Browser.visit(try await ServedSite.sample) { page in
      try await Self.arrive(page)
      let titles = try await page.texts("#List > li:nth-child(-n+3) h3 a")
      let ids = Array(try await Self.list(page).prefix(3))
      let lines = "1. \(titles[2])\n\(titles[0])\nA Film Nobody Made (1999)\n\(titles[1])\n"
      try await page.type(lines, into: "#WithinText")
      try await page.click("#Within button")
      try await page.wait(until: "document.querySelectorAll('#WithinList > li').length === 3")
      let order = "[...document.querySelectorAll('#WithinList > li')].map(li => li.dataset.film)"
      try await page.wait(until: "\(order).join() === arguments[0]", [.string(ids.joined(separator: ","))])
      #expect(try await page.text("#WithinSaid") == "3 films of the list are here. 1 was not found.")
      let quoted = titles.reversed().enumerated().map { "\($0 + 1),\"\($1)\",,https://boxd.it/x," }
      let table =
        "Letterboxd list export v7\nDate,Name,Tags,URL,Description\n2024-02-03,Best of,,https://boxd.it/y,\n\nPosition,Name,Year,URL,Description\n"
      try await page.drop(
        "best-of.csv", Array((table + quoted.joined(separator: "\n")).utf8), on: "#WithinPart")
      try await page.wait(
        until:
          "document.getElementById('WithinSaid').textContent.startsWith('3 films') && !document.getElementById('WithinSaid').textContent.includes('not')"
      )
      #expect(try await page.evaluate(order).strings == ids)
      try await page.expectQuiet()
    }
  }

  @Test func `a saved file can be restored after everything was erased`() async throws {
    try await Browser.visit(try await ServedSite.sample) { page in
      try await Self.arrive(page)
      try await page.type("Rainy Sundays", into: "#ListName")
      try await page.press(.enter)
      try await page.wait(for: "#Lists h3")
      let before = try await page.diary()
      let saved = try await page.evaluate("marquee.diary.exported()").string ?? ""
      try await page.click("#Erase")
      try await page.click("#EraseDialog [value=no]")
      #expect(try await page.diary() == before)
      try await page.click("#Erase")
      try await page.click("#EraseDialog [value=yes]")
      try await page.wait(until: "document.querySelectorAll('#Diary > li').length === 0")
      #expect(try await page.evaluate("localStorage.length").number == 0)
      try await page.wait(for: "#Drop")
      try await page.drop("diary.json", Array(saved.utf8), on: "#Drop")
      try await page.wait(for: "#Add")
      try await page.click("#Add")
      // Nobody has to look for the list: the page goes there, and so does the keyboard.
      try await page.wait(until: "document.activeElement.id === 'list'")
      #expect(try await page.evaluate("document.getElementById('list').getBoundingClientRect().top < 200").bool == true)
      #expect(try await page.diary() == before)
      try await page.reload()
      try await page.wait(until: "document.querySelectorAll('#List > li').length === 20")
      #expect(try await page.texts("#Lists h3") == ["Rainy Sundays"])
      try await page.expectQuiet()
    }
  }

  @Test func `figures and the year in review show what was rated`() async throws {
    try await Browser.visit(try await ServedSite.sample) { page in
      try await Self.arrive(page)
      #expect(try await page.texts("#Figures .facts dd").first == "5")
      try await page.evaluate(
        "(() => { const d = document.querySelector('#Diary input'); d.value = '2024-03-05'; d.dispatchEvent(new Event('change')) })()"
      )
      try await page.wait(until: "document.querySelectorAll('#Year option').length === 2")
      try await page.evaluate(
        "(() => { const y = document.querySelector('#Year'); y.value = '2024'; y.dispatchEvent(new Event('change')) })()"
      )
      #expect(try await page.texts("#YearReview .facts dd").first == "1")
      #expect(try await page.count("#YearReview rect") == 12)
      try await page.expectQuiet()
    }
  }

  @Test func `three people get films that none of them has seen or hidden, with each one's stars`() async throws {
    try await Browser.visit(try await ServedSite.sample) { page in
      try await Self.arrive(page)
      let mine = try await Self.list(page)
      let folder = try TemporaryFolder()
      // A twin who has seen the films of the list and never wants to see the second, and somebody of the opposite taste.
      let files = try await page.evaluate(
        """
        (() => {
          const twin = JSON.parse(marquee.diary.exported()), other = JSON.parse(marquee.diary.exported());
          const kept = id => ({ title: document.querySelector(`#List li[data-film="${id}"] h3 a`).textContent, on: '' });
          for (const id of arguments[0]) twin.ratings[id] = { ...kept(id), stars: 5 };
          delete twin.ratings[arguments[0][1]];
          twin.hidden[arguments[0][1]] = kept(arguments[0][1]);
          for (const film of Object.values(other.ratings)) film.stars = 5.5 - film.stars;
          return [twin, other].map(diary => JSON.stringify(diary));
        })()
        """, [.array(mine.map { .string($0) })]
      ).strings
      for (name, text) in zip(["twin", "other"], files) {
        try await page.type(try folder.write(text, to: name + ".json"), into: "#FriendFiles")
        try await page.wait(until: "[...document.querySelectorAll('#Party b')].some(b => b.textContent === '\(name)')")
      }
      try await page.wait(until: "document.querySelectorAll('#TogetherList > li').length === 12")
      let listed = "[...document.querySelectorAll('#TogetherList > li')].map(li => li.dataset.film)"
      let films = try await page.evaluate(listed).strings
      let rated = try await page.evaluate("Object.keys(marquee.diary.state.ratings)").strings
      #expect(Set(films).isDisjoint(with: rated + mine))
      #expect(try await page.count("#TogetherList > li:first-child dd") == 3)
      // With what was seen: the twin's film may come, what they hid does not.
      try await page.click("#ExcludeSeen")
      try await page.wait(until: "\(listed).some(id => arguments[0].includes(id))", [.array(mine.map { .string($0) })])
      #expect(!(try await page.evaluate(listed).strings.contains(mine[1])))
      // What one of two hates is not what both love.
      let loved = try await page.evaluate(
        "[...document.querySelectorAll('#Agreement .loved li .quiet')].map(e => e.textContent.match(/[\\d.]+/g).map(Number))"
      )
      #expect(loved.array.count > 0 && loved.array.allSatisfy { ($0.numbers.min() ?? 0) >= 3.5 })
      for rule in ["nobody-unhappy", "turns"] {
        try await page.click("[name=rule][value=\(rule)]")
        try await page.wait(until: "document.querySelectorAll('#TogetherList > li').length === 12")
      }
      try await page.expectQuiet()
    }
  }

  @Test func `a link loads another person's ratings, a member's page loads theirs, and a broken link is reported`()
    async throws
  {
    try await Browser.visit(try await ServedSite.sample) { page in
      try await Self.arrive(page)
      try await page.evaluate(
        "navigator.clipboard.writeText = async text => { globalThis.copied = text; }")
      try await page.type("Ada", into: "#LinkName")
      try await page.click("#FriendLink button")
      try await page.wait(until: "globalThis.copied")
      let link = try #require(try await page.evaluate("globalThis.copied").string)
      #expect(link.hasPrefix(page.site.origin + "/you/") && link.contains("#with="))
      try await page.open("/")
      try await page.open(link)
      try await page.wait(until: "[...document.querySelectorAll('#Party b')].some(b => b.textContent === 'Ada')")
      try await page.type("1", into: "#MemberName")
      try await page.click("#FriendMember button")
      try await page.wait(until: "document.querySelectorAll('#TogetherList > li:first-child dd').length === 3")
      try await page.type("nobody", into: "#MemberName")
      try await page.click("#FriendMember button")
      try await page.wait(for: "#TogetherTrouble")
      try await page.open("/")
      try await page.open("/you/#with=AAAA")
      try await page.wait(until: "document.getElementById('TogetherTrouble').textContent.includes('damaged')")
    }
  }

  @Test func `shelves are taken along as files that other services read`() async throws {
    // The sample does not know what others call its films.
    let folder = try TemporaryFolder()
    try FileManager.default.copyItem(
      at: SharedData.repository.appendingPathComponent("content"), to: folder.url.appendingPathComponent("content"))
    let links = (1...400).map { "\($0),\(1_000_000 + $0),\(500 + $0)" }.joined(separator: "\n")
    try folder.write("movieId,imdbId,tmdbId\n\(links)\n", to: "content/sample/links.csv")
    try await Browser.visit(try await ServedSite(building: folder)) { page in
      try await Self.arrive(page)
      try await page.evaluate("marquee.save = (name, type, text) => { globalThis.saved = { name, text }; }")
      func take(_ what: String, _ format: String) async throws -> String {
        try await page.evaluate("(() => { globalThis.saved = undefined; })()")
        try await page.choose(what, in: "#TakeWhat")
        try await page.choose(format, in: "#TakeAs")
        try await page.click("#Take button")
        try await page.wait(until: "globalThis.saved")
        return try await page.evaluate("globalThis.saved.text").string ?? ""
      }
      let table = try await take("ratings", "letterboxd").split(separator: "\r\n")
      #expect(table.count == 6 && table[0] == "tmdbID,imdbID,Title,Year,Rating10,WatchedDate")
      let first = table[1].split(separator: ",", omittingEmptySubsequences: false)
      #expect(first[1].hasPrefix("tt") && Int(first[first.count - 2]).map { (1...10).contains($0) } == true)
      let ids = try await take("picked", "imdb").split(separator: "\n")
      #expect(ids.count == 20 && ids.allSatisfy { $0.wholeMatch(of: /tt\d{7,}/) != nil })
      let trakt = try JSON(Data(try await take("ratings", "trakt").utf8)).array
      #expect(trakt.count == 5 && trakt.allSatisfy { $0["movie"]["ids"]["imdb"].string?.hasPrefix("tt") == true })
      #expect(trakt.allSatisfy { (1...10).contains($0["rating"].number ?? 0) })
      // What is taken along comes back.
      let back = try await take("ratings", "letterboxd")
      let before = try await page.evaluate("marquee.diary.stars()")
      try await page.evaluate("marquee.diary.erase()")
      try await page.wait(for: "#Drop")
      try await page.drop("letterboxd.csv", Array(back.utf8), on: "#Drop")
      try await page.wait(for: "#Add")
      try await page.click("#Add")
      #expect(try await page.evaluate("marquee.diary.stars()") == before)
      try await page.expectQuiet()
    }
  }

  @Test func `one film for tonight is of the list, and another can be had`() async throws {
    try await Browser.visit(try await ServedSite.sample) { page in
      try await Self.arrive(page)
      try await page.click("#TonightButton")
      try await page.wait(for: "dialog[open] h2 a")
      let first = try await page.text("dialog[open] h2 a")
      var others: Set<String> = []
      for _ in 0..<6 {
        try await page.click("#AnotherTonight")
        others.insert(try await page.text("dialog[open] h2 a"))
      }
      #expect(!others.subtracting([first]).isEmpty)
      try await page.expectQuiet()
    }
  }

  @Test func `on paper there are films and no buttons`() async throws {
    try await Browser.visit(try await ServedSite.sample) { page in
      try await Self.arrive(page)
      try await page.emulatePrint()
      for films in ["#List h3", "#Diary a"] { #expect(try await page.isVisible(films), "\(films)") }
      #expect(
        try await page.evaluate(
          """
          [...document.querySelectorAll('nav, form, input, button, select, summary, textarea, dialog, .drop, .notice')]
            .filter(e => e.checkVisibility()).map(e => e.tagName + '.' + e.className + '#' + e.id)
          """
        ).strings == [])
    }
  }

  @Test func `titles and names from a file stay text`() async throws {
    let hostile = #"<img src=x onerror="document.title='hacked'"><script>document.title='hacked'</script>"#
    let diary: JSON = [
      "marquee": "diary", "version": 1,
      "ratings": [
        "1": ["title": .string(hostile), "stars": 5, "on": "2024-01-01", "path": "javascript:alert(1)"],
        "__proto__": ["title": "x", "stars": 5, "on": ""], "2": ["title": 7, "stars": 3],
        "3": ["title": "fine", "stars": "<b>", "on": ""],
      ],
      "watchlist": ["9": ["title": .string(hostile), "on": "", "path": "//elsewhere.example/movies/1/"]],
      "lists": [["name": .string(hostile), "films": ["1": ["title": .string(hostile), "on": "nonsense"]]]],
    ]
    try await Browser.visit(try await ServedSite.sample) { page in
      try await page.open("/you/")
      try await page.wait(for: "#Drop")
      try await page.evaluate(
        "marquee.diary.merge(marquee.diary.checked(JSON.parse(arguments[0])))",
        [.string(String(decoding: try diary.data(), as: UTF8.self))])
      try await page.wait(for: "#Diary > li")
      #expect(try await page.count("main img, main script:not([src])") == 0)
      #expect(try await page.evaluate("document.title").string?.contains("hacked") == false)
      #expect(
        try await page.evaluate("[...document.querySelectorAll('#Diary a, #Watchlist a, #Lists a')].map(a => a.href)")
          .strings
          == [])
      #expect(try await page.texts("#Diary > li > .name") == [hostile])
      try await page.expectQuiet()
    }
  }
}
