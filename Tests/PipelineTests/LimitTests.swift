import Deployment
import Foundation
import Models
import Pipeline
import Platform
import Settings
import TestSupport
import Testing

@Suite struct `Limits of hosts and machines` {
  @Test func `a site that a host does not take is told, with what makes it fewer`() throws {
    func excess(_ files: [(path: String, size: Int)]) -> [String] {
      HostLimits.usual.compactMap { $0.excess(of: HostLimits.Extent(files)) }
    }
    var files = (0..<20_000).map { (path: "movies/\($0)/index.html", size: 1000) }
    #expect(excess(files) == [])
    files.append(("index.html", 1))
    #expect(excess(files) == ["Cloudflare Pages (free) takes 20000 files"])
    files.append(("large", 26 << 20))
    #expect(excess(files).contains("Cloudflare Pages (paid) takes 25 MB for one file"))
    files.append(("larger", 1 << 30))
    #expect(excess(files).contains("GitHub Pages takes 1000 MB"))
    let many = (0..<54_000).map { (path: "movies/\($0)/index.html", size: 1) }
    #expect(!excess(many + [("index.html", 1)]).contains { $0.contains("folder") })
    #expect(excess(many + [("movies/index.html", 1)]).contains("Netlify takes 54000 entries in one folder"))
    // Each folder counts once, however many files lie in it and whenever they come.
    let deep = (0..<53_999).flatMap { [(path: "a/b/\($0)/x.html", size: 1), (path: "a/b/\($0)/y/z.html", size: 1)] }
    #expect(!excess(deep + [("a/b/file", 1), ("a/c/file", 1)]).contains { $0.contains("folder") })
    #expect(excess([("a/b/file", 1), ("a/b/other", 1)] + deep).contains("Netlify takes 54000 entries in one folder"))
    let flat = (0..<54_000).map { (path: "\($0).html", size: 1) }
    #expect(!excess(flat).contains { $0.contains("folder") })
    #expect(excess(flat + [("a/b/c", 1)]).contains("Netlify takes 54000 entries in one folder"))
  }

  @Test func `films without JSON of their own halve the files, and the check knows`() throws {
    let site = try TinySite()
    try site.build()
    let before = try site.output.keys
    site.settings["film-json"] = "absent"
    try site.writeData()
    try site.build()
    let now = try site.output.keys
    #expect(before.count - now.count == site.movies.count)
    #expect(!now.contains { $0.hasPrefix("api/movies/") } && now.contains("api/users/1.json"))
    let page = String(
      decoding: try #require(try site.output.first { $0.key.hasPrefix("movies/1-") }).value, as: UTF8.self)
    #expect(!page.contains("api/movies/"))
  }

  @Test func `a matrix that does not fit gives way to another model, unless somebody named it`() throws {
    let size = ModelMemory.Size(users: 30_000, movies: 20_000, ratings: 1_000_000)
    let choice = { (models: [String], memory: Int, quality: Quality) in
      try ModelChoice(names: models, quality: quality).suited(size, memory: memory)
    }
    let names = { (choice: ModelChoice) in choice.all.map { $0.descriptor.name } }
    // EASE alone takes more than 2 GB here.
    let best = try choice([], .max, .best)
    #expect(names(best).contains("bayesian") && best.bytes(size) > 2_000_000_000)
    let less = try choice([], best.bytes(size) - 1, .best)
    #expect(less.bytes(size) < best.bytes(size) && names(less).contains("ials"))
    let least = try choice([], 800_000_000, .best)
    #expect(Set(names(least)) == ["biases", "als", "popularity", "ials"])
    #expect(try names(choice(["ials"], 800_000_000, .quick)).contains("ials"))
    #expect(throws: PipelineError.self) { try choice(["ease"], 1_500_000_000, .quick) }
    #expect(throws: PipelineError.self) { try choice(["slope-one"], 800_000_000, .quick) }
    #expect(throws: PipelineError.self) { try choice([], 100_000_000, .best) }
    #expect(MemoryLimit.bytes > 1 << 20)
  }
}
