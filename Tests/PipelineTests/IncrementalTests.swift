import Foundation
import Pipeline
import Ratings
import Settings
import TestSupport
import Testing

/// `MARQUEE_STEPS` and `MARQUEE_SEED` make the series of changes longer and another one.
@Suite struct `Building again` {
  private static func number(_ name: String, otherwise: Int) -> Int {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? otherwise
  }

  @Test(.slow)
  func `after any series of changes the site is what a clean build makes, and only what differs is written`()
    throws
  {
    let site = try TinySite(seed: UInt64(Self.number("MARQUEE_SEED", otherwise: 11)))
    try site.build()
    var before = try site.output
    var stamps = try Self.stamps(site)
    for step in 0..<Self.number("MARQUEE_STEPS", otherwise: 40) {
      let change = try Self.change(site, step: step)
      let isTampered = change.hasPrefix("output")
      let report = try site.build()
      let now = try site.output
      let clean = try site.cleanOutput()
      #expect(now == clean, "step \(step): \(change): \(Self.difference(now, clean))")
      guard now == clean else { return }
      let changed = now.filter { before[$0.key] != $0.value }.count
      if !isTampered {
        #expect(
          report.pages == (changed, now.count - changed, before.keys.count { now[$0] == nil }),
          "step \(step): \(change)")
        let newStamps = try Self.stamps(site)
        for (path, stamp) in stamps where now[path] != nil && now[path] == before[path] {
          #expect(newStamps[path] == stamp, "step \(step): \(change): \(path)")
        }
      }
      before = now
      stamps = try Self.stamps(site)
    }
  }

  /// Makes one change, of a kind drawn at random.
  private static func change(_ site: TinySite, step: Int) throws -> String {
    let movies = site.movies.keys.sorted()
    let movie = movies[site.below(movies.count)]
    let pairs = site.ratings.keys.sorted()
    let pair = pairs[site.below(pairs.count)]
    defer { try? site.writeData() }
    switch site.below(29) {
    case 0, 1:
      site.rate(1 + site.below(26), movie, 1 + site.below(5))
      return "a rating added"
    case 2:
      site.ratings[pair]?.stars = 1 + site.below(5)
      return "a rating changed"
    case 3:
      site.ratings[pair] = nil
      return "a rating deleted"
    case 4:
      site.movies[movie]?.title = "Renamed \(step) (1999)"
      return "a film renamed"
    case 5:
      if movies.count > 20 { site.movies[movie] = nil }
      return "a film removed"
    case 6:
      site.movies[1000 + step] = ("New \(step) (2001)", "Drama")
      site.rate(1 + site.below(20), 1000 + step, 4)
      return "a film added"
    case 7:
      let user = pair.split(separator: ",")[0] + ","
      if pairs.count > 60 { for pair in pairs where pair.hasPrefix(user) { site.ratings[pair] = nil } }
      return "a user removed"
    case 8:
      try site.write("---\ntitle: About\n---\n\nWords of step \(step).\n", to: "content/pages/about.md")
      return "a page edited"
    case 9:
      try site.write("Words.\n", to: "content/pages/extra\(step % 3).md")
      return "a page added"
    case 10:
      for name in 0..<3 where site.exists("content/pages/extra\(name).md") {
        try site.remove("content/pages/extra\(name).md")
        return "a page removed"
      }
      return "nothing"
    case 11, 12:
      let own = try String(
        contentsOf: SharedData.repository.appendingPathComponent("site-templates/not-found.mustache"), encoding: .utf8)
      try site.write(own + "\n<!-- \(step) -->\n", to: "site-templates/not-found.mustache")
      return "a template edited"
    case 13:
      try site.write("body { order: \(step) }", to: "site-templates/assets/extra.css")
      return "an asset edited"
    case 14:
      site.settings["title"] = "Tiny \(step)"
      return "the title changed"
    case 15:
      site.settings["seed"] = "\(1 + step % 3)"
      return "the seed changed"
    case 16:
      try site.write("als:\n  factors: \(4 + step % 5)\n", to: "content/models.yaml")
      return "a model's setting changed"
    case 17:
      try site.remove("output/index.html")
      return "output: a file removed"
    case 18:
      try site.write("tampered", to: "output/movies/index.html")
      return "output: a file changed"
    case 19:
      // As a build that was killed leaves it.
      if site.exists(".output.next") {
        try site.write("", to: ".output.next/.marquee-unfinished")
        try site.write("junk", to: ".output.next/movies/junk.html")
      }
      try site.remove(".marquee/cache")
      return "the cache lost"
    case 20:
      try site.remove(".marquee/stages.json")
      return "the memory lost"
    case 21:
      try site.write("Step \(step)", to: "content/posters/\(movie).png")
      return "a poster added"
    case 22:
      try site.write("number:\n  percent: \"{value} % \(step)\"\n", to: "site-templates/texts/en.yaml")
      return "a text edited"
    case 23:
      site.settings["members"] = site.below(2) == 0 ? "public" : "absent"
      return "the members' pages come or go"
    case 24:
      try site.write(
        "---\ntitle: Post\ndate: 2024-01-0\(1 + step % 9)\n---\nNews.\n", to: "content/news/\(step % 4).md")
      return "a post written"
    case 25, 26:
      site.settings["compress"] = ["[]", "[gzip]", "[gzip, brotli]"][site.below(3)]
      return "other packed copies"
    case 27:
      site.settings["models"] = site.below(2) == 0 ? "[biases, als, ease, popularity]" : "[biases, ials]"
      return "other models"
    default:
      site.settings["links"] = site.below(2) == 0 ? "files" : "folders"
      return "the links changed"
    }
  }

  private static func stamps(_ site: TinySite) throws -> [String: Date] {
    var stamps: [String: Date] = [:]
    for path in try site.output.keys {
      stamps[path] =
        try FileManager.default.attributesOfItem(atPath: site.place + "/output/" + path)[.modificationDate] as? Date
    }
    return stamps
  }

  private static func difference(_ one: [String: Data], _ other: [String: Data]) -> String {
    Set(one.keys).union(other.keys).filter { one[$0] != other[$0] }.sorted().prefix(5).joined(separator: ", ")
  }

  @Test func `a copy of the site with new time stamps takes everything over`() throws {
    let site = try TinySite()
    try site.build()
    let copy = site.folder.path("site")
    try FileManager.default.copyItem(atPath: copy, toPath: site.folder.path("elsewhere"))
    let moved = site.folder.path("elsewhere")
    for path in try FileManager.default.subpathsOfDirectory(atPath: moved) {
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: 1_500_000_000)], ofItemAtPath: moved + "/" + path)
    }
    var options = BuildOptions()
    options.site = moved
    let report = try Build(options, observer: BuildObserver()).run()
    #expect(report.pages.written == 0)
    for stage in report.stages where [.ingest, .train, .evaluate, .precompute].contains(stage.stage) {
      #expect(stage.isReused, "\(stage.stage)")
    }
    #expect(try site.folder.contents(of: "elsewhere/output") == site.output)
  }

  @Test func `explain names the inputs that changed and does nothing`() throws {
    let site = try TinySite()
    let first = try site.explain().text
    #expect(first.contains("no build was done here yet"))
    #expect(!site.exists("output"))
    try site.build()
    let again = try site.explain()
    #expect(again.steps.filter { $0.work != .reuse }.isEmpty, "\(again.text)")
    try site.write("Other words.\n", to: "content/pages/about.md")
    let text = try site.explain().text
    #expect(text.contains("page pages/about.md changed"))
    #expect(text.contains("train als"))
    try site.write("als:\n  factors: 3\n", to: "content/models.yaml")
    let steps = try site.explain().steps
    // What the owner says of a model takes the place of all that the quick quality says of it.
    let reasons = steps.first { $0.name == "train als" }?.reasons
    #expect(reasons == ["setting als.factors changed", "setting als.sweeps changed"])
    #expect(steps.first { $0.name == "train ease" }?.work == .reuse)
    let report = try site.build()
    #expect(report.models.filter { !$0.isReused }.map(\.name) == ["als"])
    try site.remove("output/404.html")
    #expect(try site.explain().text.contains("is not as the last build left it"))
    #expect(try site.build().pages.written == 1)
    #expect(try FileManager.default.contentsOfDirectory(atPath: site.place + "/.marquee/cache").count == 9)
  }

  @Test func `a template that fails leaves the site and says where`() throws {
    let site = try TinySite()
    try site.build()
    let before = try site.output
    try site.write(
      "{{<layout}}\n{{$content}}{{headin}}{{/content}}\n{{/layout}}\n", to: "site-templates/movie.mustache")
    let error = #expect(throws: (any Error).self) { try site.build() }
    #expect("\(try #require(error))".contains("movie.mustache:2"))
    #expect(try site.output == before)
    try site.remove("site-templates/movie.mustache")
    #expect(try site.build().pages.written == 0)
  }
}

@Suite struct `Quick rebuilds` {
  @Test func `a new rating is folded in, said so, and only the pages it changes are written`() throws {
    let site = try TinySite()
    site.settings["rebuild"] = "quick"
    try site.writeData()
    #expect(try site.build().rebuild == .exact)
    let before = try site.output
    let movie = try #require(site.movies.keys.sorted().first { site.ratings["3,\($0)"] == nil })
    site.rate(3, movie, 5)
    try site.writeData()
    let report = try site.build()
    #expect(report.rebuild == .quick && report.foldedIn == 1)
    #expect(report.stages.first { $0.stage == .train }?.isReused == true)
    let now = try site.output
    let changed = now.keys.filter { now[$0] != before[$0] }
    #expect(report.pages.written == changed.count)
    #expect(changed.contains("api/users/3.json") && !changed.contains("api/users/4.json"))
    #expect(String(decoding: now["build.json"] ?? Data(), as: UTF8.self).contains("\"rebuild\":\"quick\""))
    // The film is rated now: a favourite, and on the member's lists no more.
    let text = String(decoding: now["api/users/3.json"] ?? Data(), as: UTF8.self)
    #expect(text.contains("{\"id\":\(movie),\"title\":\"Film \(movie)\",\"rating\":5}"))
    #expect(!text.contains("{\"id\":\(movie),\"title\":\"Film \(movie)\",\"stars\""))
    #expect(try site.build().isUnchanged)
    // A new member counts as a change too.
    site.rate(99, movie, 4)
    try site.writeData()
    #expect(try site.build().foldedIn == 2)
    #expect(site.exists("output/users/99/index.html"))
    // An exact build comes back to what a clean one makes.
    site.settings["rebuild"] = "exact"
    try site.writeData()
    #expect(try site.build().rebuild == .exact)
    #expect(try site.output == site.cleanOutput())
  }

  @Test func `a new film or many changes train anew`() throws {
    let site = try TinySite()
    site.settings["rebuild"] = "quick"
    try site.writeData()
    try site.build()
    site.movies[500] = ("Fresh (2020)", "War")
    site.rate(1, 500, 5)
    try site.writeData()
    #expect(try site.build().rebuild == .exact)
    for user in 1...23 { site.rate(user, 500, 4) }
    try site.writeData()
    #expect(try site.build().rebuild == .exact)
  }
}
