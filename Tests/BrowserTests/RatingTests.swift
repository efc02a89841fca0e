import Foundation
import TestSupport
import Testing

@Suite(.serialized, .enabled(if: Browser.isExpected, "\(Browser.absence)"))
struct `Rating films in the browser` {
  @Test func `three ratings bring a list, which says the stars that the command line says, and stays`() async throws {
    try await Browser.visit(try await ServedSite.sample) { page in
      try await page.open("/rate/")
      try await page.wait(for: "#Ask.on .strip")
      #expect(!(try await page.logs()).requests.contains { $0.contains("/taste/") }, "the model is fetched too early")
      let films = try await page.rate([10, 2, 8, 9, 3])
      #expect(Set(films).count == 5)
      try await page.wait(until: "document.querySelectorAll('#FirstRow > li').length === 12")
      try await Self.expectAgreement(page)
      let shown = try await page.evaluate("[...document.querySelectorAll('#FirstRow li')].map(li => li.dataset.film)")
      #expect(Set(shown.strings).count == 12 && Set(shown.strings).isDisjoint(with: films))
      try await page.reload()
      try await page.wait(for: "#FirstRow > li")
      #expect(try await page.text("#Count").hasPrefix("5 rated"))
      try await page.expectQuiet()
    }
  }

  /// Every film of the list that the command line makes has the same stars in the browser.
  static func expectAgreement(_ page: BrowserPage, _ arguments: [String] = []) async throws {
    let browser = try await page.predictions()
    let commandLine = try await page.commandLinePredictions(arguments)
    #expect(commandLine.count >= 50)
    for (id, stars) in commandLine {
      let shown = try #require(browser[id])
      #expect(abs(shown - stars) <= 0.02, "film \(id): \(shown) in the browser, \(stars) on the command line")
    }
  }

  @Test func `the contributions of all ratings add up to the predicted stars`() async throws {
    try await Browser.visit(try await ServedSite.sample) { page in
      _ = try await page.rate([10, 2, 8, 9])
      let differences = try await page.evaluate(
        """
        marquee.model().then(model => {
          const profile = model.foldIn(marquee.diary.state.ratings);
          const scores = model.scores(profile);
          return model.ids.map((_, film) => {
            const { everyone, habit, parts } = model.reasons(profile, film);
            return Math.abs(everyone + habit + parts.reduce((sum, { stars }) => sum + stars, 0) - scores[film]);
          });
        })
        """)
      #expect(differences.numbers.count > 200 && differences.numbers.allSatisfy { $0 < 1e-4 })
    }
  }

  @Test func `a film that was not seen makes room for another, and stars can be taken back`() async throws {
    try await Browser.visit(try await ServedSite.sample) { page in
      try await page.open("/rate/")
      try await page.wait(for: "#Ask.on .strip")
      let first = try #require(try await page.attribute("data-film", of: "#Ask > li"))
      try await page.click("#Ask > li:first-child .buttons button")
      try await page.waitForChange(of: "#Ask > li", from: first)
      #expect(try await page.count("#Ask > li") == 12)
      // Who comes back is not asked again.
      try await page.reload()
      try await page.wait(for: "#Ask.on .strip")
      #expect(try await page.count("#Ask > li[data-film='\(first)']") == 0)
      _ = try await page.rate([10])
      #expect(try await page.text("#Count").contains("Rate 2 films"))
      try await page.click("#Ask > li:first-child .stars .plain-button")
      #expect(try await page.diary()["ratings"] == [:])
      try await page.expectQuiet()
    }
  }

  @Test func `the film one has in mind is asked about`() async throws {
    try await Browser.visit(try await ServedSite.sample) { page in
      try await page.open("/rate/")
      try await page.wait(for: "#Ask.on .strip")
      try await page.type("casablanca", into: "#Mind")
      try await page.wait(for: "#MindList [role=option]")
      try await page.press(.down, .enter)
      try await page.wait(until: "document.querySelector('#Ask > li').dataset.title === 'Casablanca'")
      #expect(
        try await page.evaluate("document.activeElement.closest('#Ask > li:first-child .strip') !== null").bool == true)
      try await page.click("#Ask > li:first-child .strip label:nth-of-type(9) input")
      #expect(try await page.evaluate("Object.values(marquee.diary.state.ratings)[0].title").string == "Casablanca")
      try await page.expectQuiet()
    }
  }

  @Test func `stars are large enough to touch and run as the page does`() async throws {
    for (site, isMirrored) in [
      (try await ServedSite.sample, false), (try await `Every type of page`.mirrored.value, true),
    ] {
      try await Browser.visit(site) { page in
        try await page.setSize(width: 360, height: 800)
        try await page.open("/rate/")
        try await page.wait(for: "#Ask.on .strip")
        let boxes = try await page.evaluate(
          "[...document.querySelectorAll('#Ask > li:first-child .strip input')].map(e => { const b = e.getBoundingClientRect(); return [b.left, b.width, b.height] })"
        ).array.map(\.numbers)
        #expect(boxes.count == 10 && boxes.allSatisfy { $0[1] >= 24 && $0[2] >= 24 })
        #expect((boxes[0][0] > boxes[9][0]) == isMirrored)
      }
    }
  }

  @Test func `the keyboard is enough`() async throws {
    try await Browser.visit(try await ServedSite.sample) { page in
      try await page.open("/rate/")
      try await page.wait(for: "#Ask.on .strip")
      try await page.evaluate("document.querySelector('#Ask > li:nth-child(1) h3 a').focus()")
      for _ in 0..<3 {
        // From the film to its stars, and on to the best but one.
        try await page.press(.tab, .space)
        try await page.press(.right, .right, .right, .right, .right, .right, .right, .right)
        #expect(try await page.evaluate("document.activeElement.value").string == "4.5")
        let film = try await page.evaluate("document.activeElement.closest('li').dataset.film").string ?? ""
        #expect(try await page.diary()["ratings"][film]["stars"].number == 4.5)
        // Past the button that takes the stars back to the next film.
        try await page.press(.tab, .tab)
        #expect(try await page.evaluate("document.activeElement.closest('h3') !== null").bool == true)
      }
      try await page.wait(for: "#FirstRow > li")
      try await page.expectQuiet()
    }
  }

  @Test func `a film's own page knows the stars, the guess and the shelves`() async throws {
    try await Browser.visit(try await ServedSite.sample) { page in
      _ = try await page.rate([10, 2, 8, 9])
      try await page.wait(for: "#FirstRow > li")
      let guess = try await page.evaluate("Number(document.querySelector('#FirstRow li').dataset.stars)").number ?? 0
      try await page.click("#FirstRow a")
      try await page.wait(for: "#Own .guess")
      #expect(try await page.text("#Own .guess b") == String(format: "%.1f", guess))
      #expect(try await page.count("#Own .because") >= 1)
      try await page.click("#Own [data-shelf=watchlist]")
      #expect(try await page.attribute("aria-pressed", of: "#Own [data-shelf=watchlist]") == "true")
      try await page.click("#Own .strip label:nth-of-type(7) input")
      #expect(try await page.text("#Own .given") == "3.5 stars")
      let diary = try await page.diary()
      #expect(diary["watchlist"] == [:])
      try await page.expectQuiet()
    }
  }

  @Test func `two tabs are in step`() async throws {
    try await Browser.visit(try await ServedSite.sample) { page in
      try await page.open("/you/")
      let first = try await page.tab
      let second = try await page.openTab("/rate/")
      try await page.wait(for: "#Ask.on .strip")
      try await page.click("#Ask > li:first-child .strip label:nth-of-type(8) input")
      try await page.switchTo(first)
      try await page.wait(until: "document.querySelectorAll('#Diary > li').length === 1")
      try await page.click("#Diary button")
      try await page.switchTo(second)
      try await page.wait(until: "!document.querySelector('#Ask .strip :checked')")
      try await page.expectQuiet()
    }
  }

  @Test func `without scripts the pages explain themselves and link to others`() async throws {
    try await Browser.visit(try await ServedSite.sample) { page in
      try await page.setScripts(false)
      for path in ["/rate/", "/you/"] {
        try await page.open(path)
        #expect(try await page.text("noscript").contains("switched off"))
        #expect(try await page.count("#Ask .strip") == 0)
      }
      try await page.open("/rate/")
      try await page.click("#Ask > li:nth-child(20) h3 a")
      #expect(try await page.location.hasPrefix("/movies/"))
      try await page.expectQuiet()
    }
  }

  @Test func `where the browser keeps nothing, rating works and the page says so`() async throws {
    try await Browser.visit(try await ServedSite.sample) { page in
      try await page.open("/rate/")
      try await page.wait(for: "#Ask.on .strip")
      try await page.evaluate(
        "Storage.prototype.setItem = () => { throw new DOMException('no', 'QuotaExceededError') }")
      for film in 1...3 { try await page.click("#Ask > li:nth-child(\(film)) .strip label:nth-of-type(8) input") }
      try await page.wait(for: "#FirstRow > li")
      #expect(try await page.text("#Trouble").contains("no room left"))
    }
  }
}
