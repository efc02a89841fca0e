import Foundation
import TestSupport
import Testing

/// Pages that are the same for everybody, for somebody who has rated films.
@Suite(.serialized, .enabled(if: Browser.isExpected, "\(Browser.absence)"))
struct `A returning visitor` {
  @Test func `is greeted with a personal row, and a new visitor with an introduction`() async throws {
    try await Browser.visit(try await ServedSite.sample) { page in
      try await page.open("/")
      #expect(try await !page.isVisible("#Mine"))
      #expect(try await page.text("#Bring summary").contains("Bring your ratings"))
      let box = try await page.evaluate("document.querySelector('#Bring summary').getBoundingClientRect().bottom")
      #expect((box.number ?? .infinity) < 800)
      let films = try await page.rate([10, 2, 8, 9, 3])
      try await page.open("/")
      try await page.wait(for: "#MineRow > li")
      let shown = try await page.evaluate("[...document.querySelectorAll('#MineRow > li')].map(li => li.dataset.film)")
      #expect(shown.strings.count == 14 && Set(shown.strings).isDisjoint(with: films))
      #expect(try await page.text("#Back").contains("5 ratings"))
      try await page.click("#Invite")
      #expect(try await page.location.hasPrefix("/you/"))
      try await page.expectQuiet()
    }
  }

  @Test func `who has rated every film hears that none is left, and is not asked for more`() async throws {
    try await Browser.visit(try await ServedSite.sample) { page in
      _ = try await page.rate([10, 2, 8, 9, 3])
      try await page.open("/you/")
      try await page.wait(for: "#List > li")
      try await page.evaluate(
        """
        (async () => {
          const ids = (await marquee.model()).ids;
          marquee.diary.change(state => { for (const id of ids) state.ratings[id] = { title: id, on: '', stars: 3 }; });
        })()
        """)
      try await page.wait(for: "#NoList")
      #expect(try await page.count("#List > li") == 0)
      #expect(try await page.text("#NoList").contains("among yours already"))
      try await page.open("/")
      try await page.wait(for: "#MineTrouble")
      #expect(try await page.text("#MineTrouble").contains("among yours already"))
    }
  }

  @Test func `sees own stars on cards and may hide what was seen, on every shelf`() async throws {
    try await Browser.visit(try await ServedSite.sample) { page in
      try await page.open("/genres/drama/")
      #expect(try await !page.isVisible("#ShelfTools"))
      let film = try await page.evaluate(
        "(() => { const card = document.querySelector('.card a'); return [card.dataset.film, card.getAttribute('href')] })()"
      ).strings
      try await page.evaluate("marquee.diary.rate(arguments[0], { title: 'x' }, 4.5)", [.string(film[0])])
      #expect(try await page.texts(".card a[data-film='\(film[0])'] .own-mark").map { $0.hasPrefix("4.5") } == [true])
      try await page.click("#HideSeen")
      #expect(try await !page.isVisible(".card a[data-film='\(film[0])']"))
      #expect(try await page.text("#ShelfTools").contains("1 film of this page is hidden"))
      // The choice holds on other shelves.
      try await page.open("/movies/")
      try await page.open("/genres/drama/best/")
      try await page.wait(until: "document.getElementById('HideSeen')?.checked")
      #expect(try await !page.isVisible(".card a[data-film='\(film[0])']"))
      try await page.expectQuiet()
    }
  }

  @Test func `has lists of the editors in their own order`() async throws {
    try await Browser.visit(try await ServedSite.sample) { page in
      try await page.open("/lists/one-room/")
      #expect(try await !page.isVisible("#Order"))
      _ = try await page.rate([10, 2, 8, 9, 3])
      try await page.open("/lists/one-room/")
      let order = "[...document.querySelectorAll('#Films a[data-film]')].map(a => a.dataset.film)"
      let given = try await page.evaluate(order).strings
      try await page.click("#Order [data-order=mine]")
      try await page.wait(for: "#Films .for-you")
      let mine = try await page.evaluate(order).strings
      #expect(mine != given && Set(mine) == Set(given))
      let wanted = try await page.evaluate(
        "marquee.recommend(marquee.diary.stars(), { count: arguments[0].length, within: arguments[0] }).then(f => f.map(f => f.id))",
        [.array(given.map { .string($0) })])
      #expect(Array(mine.prefix(wanted.strings.count)) == wanted.strings)
      try await page.click("#Order [data-order=given]")
      #expect(try await page.evaluate(order).strings == given)
      try await page.expectQuiet()
    }
  }

  @Test func `opens a member's list by its address, and a choice has one`() async throws {
    try await Browser.visit(try await ServedSite.sample) { page in
      try await page.open("/users/1/")
      let lists = try await page.evaluate("[...document.querySelectorAll('.switch input')].map(i => i.value)").strings
      let last = try #require(lists.count > 1 ? lists.last : nil)
      try await page.open("/")
      try await page.open("/users/1/#\(last)")
      try await page.wait(for: "#\(last) .picks")
      #expect(try await !page.isVisible("#\(lists[0])"))
      try await page.click(".switch input[value='\(lists[0])']")
      #expect(try await page.location == "/users/1/#\(lists[0])")
    }
  }
}

@Suite(.serialized, .enabled(if: Browser.isExpected, "\(Browser.absence)"))
struct `A site from right to left` {
  @Test func `keeps titles and ranges as they are written`() async throws {
    try await Browser.visit(try await `Every type of page`.mirrored.value) { page in
      _ = try await page.rate([10, 2, 8, 9, 3])
      try await page.open("/you/")
      try await page.wait(for: "#List > li")
      // The lower end of a range stands left of the upper one, as numbers are read.
      let places = try await page.evaluate(
        """
        (() => {
          const text = document.querySelector('#List .guess [aria-hidden]').firstChild;
          const at = index => { const r = document.createRange(); r.setStart(text, index); r.setEnd(text, index + 1); return r.getBoundingClientRect().left };
          return [at(0), at(text.length - 1)];
        })()
        """
      ).numbers
      #expect(places[0] < places[1])
      for (path, titles) in [
        ("/you/", "#List h3 a"), ("/rate/", "#Ask h3 a"), ("/genres/drama/", ".card .poster b"),
        ("/movies/", ".titles a"),
        ("/users/1/", ".picks h3 a"),
      ] {
        try await page.open(path)
        try await page.wait(for: titles)
        let bare = try await page.evaluate(
          "[...document.querySelectorAll(arguments[0])].filter(e => !e.querySelector('bdi')).length", [.string(titles)])
        #expect(bare.number == 0, "\(path)")
      }
    }
  }
}
