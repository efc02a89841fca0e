import Foundation
import Models
import Ratings
import Settings
import Site
import SiteCheck
import TestSupport
import Testing
import Workbench

/// What an owner says in site.yaml of ratings, and what is told of settings.
@Suite struct `Settings of an owner` {
  private func settings(_ yaml: String) throws -> SiteSettings {
    let folder = try TemporaryFolder()
    try folder.write(yaml, to: "content/site.yaml")
    return try SiteSettings(readingFrom: SiteFolder(folder.url.path))
  }

  private func failure(_ yaml: String) -> String {
    do {
      _ = try settings(yaml)
      return ""
    } catch { return "\(error)" }
  }

  @Test func `a scale is a word or numbers`() throws {
    #expect(try settings("title: x\n").scale == nil)
    #expect(try settings("scale: thumbs\n").scale == DeclaredScale(.thumbs))
    #expect(try settings("scale: likes\n").scale == DeclaredScale(.likes))
    let school = try settings(
      "scale:\n  minimum: 1\n  maximum: 6\n  step: 0.5\n  best-is-low: true\n  unrated: [0, -1]\n")
    #expect(
      school.scale
        == DeclaredScale(.points(minimum: 1, maximum: 6, step: 0.5), isBestLow: true, unrated: [0, -1]))
    #expect(school.site.bestWasLow)
  }

  @Test(arguments: [
    ("scale: stars\n", ":1:"), ("title: x\nscale:\n  minimun: 1\n", "did you mean “minimum”"),
    ("scale:\n  minimum: 5\n  maximum: 1\n", "larger maximum"), ("scale:\n  minimum: 1\n  maximum: x\n", ":3:"),
    ("scale:\n  minimum: 1\n  maximum: 10\n  step: 0.7\n", "does not lead"),
    ("scale:\n  minimum: 0\n  maximum: 100\n  step: 0.001\n", "does not lead"),
    ("scale: [1, 10]\n", "thumbs, likes"),
    ("scale:\n  minimum: 1\n  maximum: 5\n  best-is-low: maybe\n", "best-is-low"),
  ])
  func `another one is refused with its line`(yaml: String, words: String) {
    #expect(failure(yaml).contains(words), "\(failure(yaml))")
  }

  @Test func `a value that a comment cuts short is told`() throws {
    let notes = try settings("url: https://example.org/ # ours\ntitle: Number #9\ndescription: \"Number #9\"\n").notes
    #expect(notes.count == 1 && notes[0].contains("site.yaml:2: “title” ends before “#9”"))
  }

  @Test func `a build takes the scale, and a scale that changes is read anew`() throws {
    let site = try TinySite(users: 12, movies: 12)
    for (pair, rating) in site.ratings { site.ratings[pair] = (rating.stars > 2 ? 1 : 0, rating.time) }
    site.settings["scale"] = "thumbs"
    try site.writeData()
    try site.build()
    let page = try String(decoding: #require(site.output["models/index.html"]), as: UTF8.self)
    #expect(page.contains("whether they like a film"))
    site.settings["scale"] = "{minimum: 0, maximum: 4, best-is-low: true}"
    try site.writeData()
    try site.build()
    let turned = try String(decoding: #require(site.output["models/index.html"]), as: UTF8.self)
    #expect(turned.contains("go from 0 to 4 in steps of 1") && turned.contains("the lowest number was the best"))
    // Nobody gave more than 1, which was the worst but three.
    let movie = try #require(site.output.first { $0.key.hasPrefix("api/movies/") })
    let ratings = try #require(JSONSerialization.jsonObject(with: movie.value) as? [String: Any])["ratings"]
    let mean = try #require((ratings as? [String: Any])?["mean"] as? Double)
    #expect(mean >= 3)
  }

  @Test func `a fault of a page is told at the line of the owner's file`() throws {
    let site = try TinySite(users: 8, movies: 8)
    try site.write("# Garden\n\n## The pond\n", to: "content/pages/garden.md")
    try site.write(
      "---\ntitle: House\n---\n\nOne.\n\nSee [the pond](garden.md#the-pond) and [films](/movies/).\n",
      to: "content/pages/house.md")
    try site.build()
    let output = site.place + "/output"
    // Somebody works on the built site by hand.
    try FileManager.default.removeItem(atPath: output + "/movies/index.html")
    let garden = try String(contentsOfFile: output + "/garden/index.html", encoding: .utf8)
    try garden.replacing("id=\"the-pond\"", with: "id=\"the-lake\"").write(
      toFile: output + "/garden/index.html", atomically: false, encoding: .utf8)
    let places = AuthorPlaces(output: output)
    let problems = try SiteCheck(folder: output).run().problems.filter { $0.file == "house/index.html" }
    let words = problems.map { places.words(of: $0) }
    #expect(words.contains { $0.contains("content/pages/house.md:7: “#the-pond” is not an id") })
    #expect(words.contains { $0.contains("content/pages/house.md:7: “../movies/index.html” leads to") })
    // What the frame of every page links to is in no Markdown file.
    let others = try SiteCheck(folder: output).run().problems.filter { $0.file == "genres/index.html" }
    #expect(!others.isEmpty && others.allSatisfy { places.words(of: $0) == "\($0)" })
  }

  @Test func `a link that begins with the path of the site's address works`() throws {
    let site = try TinySite(users: 8, movies: 8)
    site.settings["url"] = "https://example.org/film-club/"
    try site.writeData()
    try site.write("# Garden\n", to: "content/pages/garden.md")
    try site.write("[a](/film-club/garden/) [b](/garden/) [c](/film-club/movies/)\n", to: "content/pages/house.md")
    try site.build()
    let house = try String(decoding: #require(site.output["house/index.html"]), as: UTF8.self)
    #expect(house.components(separatedBy: "href=\"../garden/index.html\"").count >= 3)
    try site.write("[a](/film-club/nothing/)\n", to: "content/pages/house.md")
    #expect(throws: SiteError.self) { try site.build() }
  }

  @Test func `doctor tells beforehand what a build would say`() throws {
    let site = try TinySite(users: 8, movies: 8)
    site.movies[9] = site.movies[8]
    site.rate(1, 9, 4)
    site.settings["title"] = "Number #9"
    try site.writeData()
    try site.build()
    func text() -> String { DoctorReport(site: site.place, curl: nil).text }
    let first = text()
    #expect(first.contains("“title” ends before “#9”") && first.contains("under more than one id"))
    #expect(first.contains("scale from") && first.contains("a build takes some") && first.contains("are in order"))
    try site.write("# Movies\n", to: "content/pages/movies.md")
    #expect(text().contains("!!  pages") && text().contains("/movies/ is the site's own"))
    try site.remove("content/pages/movies.md")
    try site.write("---\ntitle: L\nfilms: [No such film]\n---\n", to: "content/lists/l.md")
    #expect(text().contains("l.md:3: no film is called"))
    try site.remove("content/lists/l.md")
    try site.write("a file", to: "target")
    try site.write("theirs", to: "www/CNAME")
    try site.write(
      "data: ratings\nquality: quick\ndeploy:\n  - folder: \(site.place)/target\n  - folder: \(site.place)/www\n",
      to: "content/site.yaml")
    let targets = text()
    #expect(targets.contains("target: is not a folder") && targets.contains("which stays: CNAME"))
    #expect(targets.contains("set the site's own address"))
  }
}
