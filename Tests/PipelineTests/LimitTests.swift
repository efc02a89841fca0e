import Foundation
import Models
import Pipeline
import TestSupport
import Testing

@Suite struct `Limits of hosts and machines` {
  @Test func `a site that a host does not take is told, with what makes it fewer`() throws {
    var site = HostLimits.Extent()
    for _ in 0..<19_999 { site.add(1000) }
    #expect(HostLimits.usual.allSatisfy { $0.excess(of: site) == nil })
    for _ in 0..<2 { site.add(1000) }
    #expect(HostLimits.usual.compactMap { $0.excess(of: site) } == ["Cloudflare Pages (free) takes 20000 files"])
    site.add(26 << 20)
    let words = HostLimits.usual.compactMap { $0.excess(of: site) }
    #expect(words.contains("Cloudflare Pages (paid) takes 25 MB for one file"))
    site.add(1 << 30)
    #expect(HostLimits.usual.compactMap { $0.excess(of: site) }.contains("GitHub Pages takes 1000 MB"))
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
    let needed = ModelChoice.bytesOfEase(userCount: 30_000, movieCount: 20_000, ratingCount: 1_000_000)
    #expect(needed > 1_600_000_000)
    let names = { (models: [String], memory: Int) in
      try ModelChoice(names: models, quality: .best)
        .suited(userCount: 30_000, movieCount: 20_000, ratingCount: 1_000_000, memory: memory).all.map {
          $0.descriptor.name
        }
    }
    #expect(try names([], needed).contains("ease"))
    #expect(try names([], needed - 1).contains("ials") && !names([], needed - 1).contains("ease"))
    #expect(throws: PipelineError.tooLittleMemory(model: "ease", needed: needed, there: needed - 1)) {
      try names(["ease"], needed - 1)
    }
    #expect(try names(["ials"], 1).contains("ials"))
    #expect(MemoryLimit.bytes > 1 << 20)
  }
}
