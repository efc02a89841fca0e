import Foundation
import TestSupport
import Testing

/// Ratings from elsewhere on the pages that take them; what is read of them is `Bringing ratings from elsewhere`.
@Suite(.serialized, .enabled(if: Browser.isExpected, "\(Browser.absence)"))
struct `The box for exports` {
  private static let export = """
    Date,Name,Year,Letterboxd URI,Rating
    2024-02-03,Alien,1979,https://boxd.it/1,4.5
    2024-02-04,The Matrix,1999,https://boxd.it/2,4
    2024-02-05,Blade Runner,1982,https://boxd.it/3,5
    2024-05-07,A Film Nobody Made,1999,https://boxd.it/4,2

    """

  @Test(arguments: [("/", "mine"), ("/rate/", "First"), ("/you/", "list")])
  func `is on the first screen, and leads to the list`(path: String, goal: String) async throws {
    try await Browser.visit(try await ServedSite.sample) { page in
      try await page.setSize(width: 1280, height: 800)
      try await page.open(path)
      try await page.wait(for: "#Bring summary")
      #expect(
        try await page.evaluate("document.querySelector('#Bring summary').getBoundingClientRect().bottom < 800").bool
          == true)
      try await page.drop("ratings.csv", Array(Self.export.utf8), on: "#Drop")
      try await page.wait(for: "#Add")
      try await page.click("#Add")
      try await page.wait(until: "document.activeElement.id === arguments[0]", [.string(goal)])
      #expect(try await page.evaluate("document.activeElement.getBoundingClientRect().top < 300").bool == true)
      #expect(try await page.evaluate("Object.keys(marquee.diary.state.ratings).length").number == 3)
      #expect(try await page.text(".notice p").contains("3 ratings"))
      try await page.click(".notice [data-undo]")
      #expect(try await page.evaluate("Object.keys(marquee.diary.state.ratings).length").number == 0)
      try await page.expectQuiet()
    }
  }

  @Test func `asks for a film that it does not find, and remembers the answer`() async throws {
    try await Browser.visit(try await ServedSite.sample) { page in
      try await page.open("/you/")
      try await page.wait(for: "#Drop")
      try await page.drop("ratings.csv", Array(Self.export.utf8), on: "#Drop")
      try await page.wait(for: ".unmatched button")
      try await page.click(".unmatched button")
      try await page.clear("#Chosen1")
      try await page.type("casablanca", into: "#Chosen1")
      try await page.wait(for: "#Chosen1List [role=option]")
      try await page.press(.down, .enter)
      try await page.wait(for: ".unmatched .chosen")
      try await page.click("#Add")
      let stars =
        "Object.values(marquee.diary.state.ratings).find(film => film.title === 'Casablanca')?.stars"
      #expect(try await page.evaluate(stars).number == 2)
      // The same file a second time asks no more.
      try await page.evaluate("marquee.diary.change(state => { state.ratings = {}; })")
      try await page.drop("ratings.csv", Array(Self.export.utf8), on: "#Drop")
      try await page.wait(for: "#Add")
      #expect(try await page.count(".unmatched") == 0)
      try await page.click("#Add")
      #expect(try await page.evaluate(stars).number == 2)
      try await page.expectQuiet()
    }
  }
}
