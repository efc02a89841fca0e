import Foundation
import TestSupport
import Testing

@Suite struct `The page about models` {
  @Test(arguments: [
    ("en", "Measured on: a random 10 % of the ratings, kept aside by seed 1."),
    ("de", "Gemessen an: zufällig gezogenen 10 % der Bewertungen, beiseitegelegt mit Startwert 1."),
    ("he", "נמדד לפי: 10% מהדירוגים, שנבחרו באקראי והושארו בצד לפי הזרע 1."),
  ])
  func `says in the site's language what figures were measured on, and models.json in its own`(
    language: String, words: String
  ) throws {
    let site = try TinySite()
    site.settings["language"] = language
    site.settings["seed"] = "1"
    try site.writeData()
    try site.build()
    let text = { (path: String) throws in String(decoding: try #require(try site.output[path]), as: UTF8.self) }
    let page = try text("models/index.html").replacing("\u{a0}", with: " ")
    #expect(page.contains(words))
    #expect(!page.contains("holdout"))
    #expect(try text("api/models.json").contains("random holdout of 10 % of the ratings, seed 1"))
  }
}
