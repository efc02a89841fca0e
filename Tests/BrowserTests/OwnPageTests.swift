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

  @Test func `sliders change the list at once and keep their place`() async throws {
    try await Browser.visit(try await ServedSite.sample) { page in
      try await Self.arrive(page)
      let before = try await Self.list(page)
      #expect(Set(before).count == 20)
      let year =
        "[...document.querySelectorAll('#List h3 .quiet')].reduce((sum, e) => sum + Number(e.textContent), 0) / 20"
      let mixed = try await page.evaluate(year).number ?? 0
      try await page.evaluate("document.querySelector('[name=age]').focus()")
      try await page.press(.home)
      try await page.wait(until: "\(year) < \(mixed) - 10")
      #expect(try await Self.list(page) != before)
      try await page.reload()
      try await page.wait(until: "document.querySelectorAll('#List > li').length === 20")
      #expect(try await page.evaluate("document.querySelector('[name=age]').value").string == "-1")
      try await page.click("#Tuning [type=reset]")
      try await page.wait(
        until: "document.querySelector('#List > li').dataset.film === arguments[0]", [.string(before[0])])
      try await page.click("#Tuning summary")
      try await page.evaluate("document.querySelector('[name=\"genre Horror\"]').focus()")
      try await page.press(.end)
      let horror = "[...document.querySelectorAll('#List > li')].filter(li => li.textContent.includes('Horror')).length"
      try await page.wait(until: "\(horror) >= 10")
      try await page.expectQuiet()
    }
  }

  @Test func `what is hidden, seen, noted or rated leaves the list and stays away`() async throws {
    try await Browser.visit(try await ServedSite.sample) { page in
      try await Self.arrive(page)
      for (position, shelf) in [(1, "watchlist"), (2, "seen"), (3, "hidden")] {
        let film = try await Self.list(page)[0]
        try await page.click("#List > li:first-child > div > .buttons button:nth-of-type(\(position))")
        try await page.waitForChange(of: "#List > li", from: film)
        #expect(try await page.diary()[shelf][film]["title"].string?.isEmpty == false)
        #expect(!(try await Self.list(page)).contains(film))
        #expect(try await page.evaluate("document.activeElement.closest('#List li') !== null").bool == true)
      }
      #expect(try await page.count("#Watchlist > li") == 1)
      #expect(try await page.count("#Hidden > li") == 1)
      let before = try await Self.list(page)
      try await page.click("#List > li:first-child .doing summary")
      try await page.click("#List > li:first-child .strip label:nth-of-type(10) input")
      try await page.waitForChange(of: "#List > li", from: before[0])
      #expect(try await page.count("#Diary > li") == 6)
      try await page.expectQuiet()
    }
  }

  @Test func `what was saved as a file comes back after everything was erased`() async throws {
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
      try await page.drop("diary.json", Array(saved.utf8), on: "#Drop")
      try await page.wait(for: "#Add")
      try await page.click("#Add")
      #expect(try await page.diary() == before)
      try await page.reload()
      try await page.wait(until: "document.querySelectorAll('#List > li').length === 20")
      #expect(try await page.texts("#Lists h3") == ["Rainy Sundays"])
      try await page.expectQuiet()
    }
  }

  @Test func `figures and the year in review tell what was rated`() async throws {
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

  @Test func `a friend of the same taste matches, one of the opposite does not`() async throws {
    try await Browser.visit(try await ServedSite.sample) { page in
      try await Self.arrive(page)
      let folder = try TemporaryFolder()
      let twin = try folder.write(try await page.evaluate("marquee.diary.exported()").string ?? "", to: "twin.json")
      let opposite = try folder.write(
        try await page.evaluate(
          """
          (() => {
            const other = JSON.parse(marquee.diary.exported());
            for (const film of Object.values(other.ratings)) film.stars = 5.5 - film.stars;
            return JSON.stringify(other);
          })()
          """
        ).string ?? "", to: "opposite.json")
      var matches: [Int] = []
      for file in [twin, opposite] {
        try await page.evaluate("document.getElementById('FriendResult').replaceChildren()")
        try await page.type(file, into: "#Friend")
        try await page.wait(for: "#FriendResult .match b")
        matches.append(Int(try await page.text("#FriendResult .match b").prefix { $0.isNumber }) ?? -1)
      }
      #expect(matches[0] > 70 && matches[1] < 50, "\(matches)")
      try await page.expectQuiet()
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
      try await page.drop("diary.json", [UInt8](try diary.data()), on: "#Drop")
      try await page.wait(for: "#Add")
      try await page.click("#Add")
      try await page.wait(for: "#Diary > li")
      #expect(try await page.count("main img, main script:not([src])") == 0)
      #expect(try await page.evaluate("document.title").string?.contains("hacked") == false)
      #expect(
        try await page.evaluate("[...document.querySelectorAll('#Diary a, #Watchlist a, #Lists a')].map(a => a.href)")
          .strings
          == [])
      #expect(try await page.texts("#Diary > li > span:nth-of-type(1)") == [hostile])
      try await page.expectQuiet()
    }
  }
}
