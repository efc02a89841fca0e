import Foundation
import Pipeline
import TestSupport
import Testing

/// What an owner writes, through a whole build.
@Suite struct `An owner's texts and files` {
  private func site() throws -> TinySite { try TinySite(users: 8, movies: 8) }

  private func text(_ path: String, of site: TinySite) throws -> String {
    String(decoding: try #require(try site.output[path], "\(path)"), as: UTF8.self)
  }

  private func failure(_ site: TinySite) -> String {
    do {
      try site.build()
      return ""
    } catch { return "\(error)" }
  }

  @Test func `pictures beside pages and links to files lead where they are published`() throws {
    let site = try site()
    try site.write("png", to: "content/pages/door.png")
    try site.write("png", to: "content/pages/rooms/my hall.png")
    try site.write("png", to: "content/news/poster.png")
    try site.write(
      "# The garden\n\n## The pond\n\n[house](house.md) [attic](rooms/attic.MD)\n", to: "content/pages/garden.md")
    try site.write(
      "---\ntitle: Attic\n---\n![h](<my hall.png>) [g](../garden.md#the-pond)\n", to: "content/pages/rooms/attic.MD")
    try site.write("[p](../pages/garden#the-pond) ![x](poster.png)\n", to: "content/news/2026-03-01-opening.markdown")
    try site.write(
      "![d](door.png) [n](../news/2026-03-01-opening.markdown) [m](/movies/) [o](https://example.org/) [s](../movies/)\n",
      to: "content/pages/house.md")
    try site.build()
    let files = try site.output
    for path in ["door.png", "rooms/my hall.png", "news/poster.png"] {
      #expect(files[path] == Data("png".utf8), "\(path)")
    }
    let house = try text("house/index.html", of: site)
    for link in [
      "../door.png", "../news/2026-03-01-opening/index.html", "../movies/index.html", "https://example.org/",
    ] {
      #expect(house.contains("\"\(link)\""), "\(link)")
    }
    let attic = try text("rooms/attic/index.html", of: site)
    #expect(attic.contains("\"../../rooms/my%20hall.png\"") && attic.contains("\"../../garden/index.html#the-pond\""))
    #expect(try text("feed.xml", of: site).contains("https://example.org/garden/index.html#the-pond"))
  }

  @Test func `what nothing reads is named, and what has its use is not`() throws {
    let site = try site()
    for path in [
      "CNAME", "public/ads.txt", "public/inner/more.txt", "pages/left.png", "posters/1.gif", "facts/movies.csv",
    ] {
      try site.write("x", to: "content/" + path)
    }
    for path in ["static/CNAME", "pages/shown.png", "posters/1.png", "README.md", "pages/page.md~", "site.yaml.bak"] {
      try site.write("x", to: "content/" + path)
    }
    try site.write("![x](shown.png)\n", to: "content/pages/page.md")
    try site.write("---\ndraft: true\n---\n", to: "content/pages/draft.md")
    let dangling = site.place + "/content/pages/gone.md"
    try FileManager.default.createSymbolicLink(atPath: dangling, withDestinationPath: "nowhere.md")
    let notes = try site.notesOfBuild()
    #expect(notes.contains("\(dangling): this link leads to nothing, so it is left out"))
    let unread = try #require(notes.first { $0.contains("nothing reads") })
    #expect(unread.contains("nothing reads CNAME, facts/, pages/left.png, posters/1.gif, public/; "), "\(unread)")
  }

  @Test(arguments: [
    ("![x](missing.png)", "missing.png"), ("[x](garden.md#the-lake)", "the-pond"),
    ("[x](/no-such-page/)", "no-such-page"),
    ("[x](../../../etc/passwd)", "passwd"), ("[x](../ratings/ratings.csv)", "ratings.csv"),
    ("[x](../site.yaml)", "site.yaml"),
    ("[x](hidden.md)", "hidden.md"),
  ])
  func `a link to nothing, or to what is not public, stops the build at its line`(link: String, words: String) throws {
    let site = try site()
    try site.write("# Garden\n\n## The pond\n", to: "content/pages/garden.md")
    try site.write("---\nDraft: yes\n---\n", to: "content/pages/hidden.md")
    try site.write("---\ntitle: House\n---\n\nHere: \(link)\n", to: "content/pages/house.md")
    let failure = failure(site)
    #expect(failure.contains("content/pages/house.md:5: ") && failure.contains(words), "\(failure)")
    #expect(!site.exists("output"))
  }

  @Test func `drafts and texts of days to come are held back, and a switch shows the latter`() throws {
    let site = try site()
    try site.write("---\npublished: false\n---\n# A\n", to: "content/pages/a.md")
    try site.write("---\ndate: 2999-1-2\n---\n# B\n", to: "content/news/b.md")
    try site.write("# C\n", to: "content/news/2999-01-03-c.md")
    try site.build()
    #expect(!site.exists("output/a") && !site.exists("output/news"))
    try site.build { $0.showsFuture = true }
    #expect(site.exists("output/news/b/index.html") && site.exists("output/news/2999-01-03-c/index.html"))
    #expect(!site.exists("output/a"))
  }

  @Test func `what is not understood is an error with its line, and nothing of it is shown`() throws {
    let site = try site()
    for (text, line) in [
      ("+++\ntitle = \"a\"\n+++\n", 1), ("{\n\"draft\": true\n}\n", 1), ("---\ntitle: a\nnavigaton: no\n---\n", 3),
      ("---\ndate: soon\n---\n", 2),
    ] {
      try site.write(text, to: "content/pages/a.md")
      #expect(failure(site).contains("content/pages/a.md:\(line): "), "\(text)")
    }
    try site.folder.write(Array("---\ntitle: Gl".utf8) + [0xFC, 0x0A], to: "site/content/pages/a.md")
    #expect(failure(site).contains("content/pages/a.md:2: "))
    #expect(!site.exists("output"))
  }

  @Test func `own files go out as they are, and go when they are gone`() throws {
    let site = try site()
    for path in ["CNAME", ".well-known/security.txt", "_headers", "robots.txt", "google0123.html"] {
      try site.write("own \(path)", to: "content/static/\(path)")
    }
    try site.build()
    for path in ["CNAME", ".well-known/security.txt", "_headers", "robots.txt", "google0123.html"] {
      #expect(try text(path, of: site) == "own \(path)")
    }
    try site.write("other", to: "content/static/.well-known/security.txt")
    try site.build()
    #expect(try text(".well-known/security.txt", of: site) == "other")
    try site.remove("content/static")
    try site.build()
    #expect(!site.exists("output/.well-known") && !site.exists("output/CNAME"))
    #expect(try text("robots.txt", of: site).contains("Sitemap:"))
    try site.write("x", to: "content/static/movies")
    #expect(failure(site).contains("content/static/movies"))
  }

  @Test(.timeLimit(.minutes(5))) func `loops of links end, and no rating is read twice`() throws {
    let site = try site()
    let manager = FileManager.default
    for (link, target) in [("loop", "."), ("pages/up", ".."), ("ratings/self", "../ratings"), ("ratings/up", "..")] {
      try manager.createSymbolicLink(atPath: site.place + "/content/" + link, withDestinationPath: target)
    }
    let report = try site.build()
    #expect(report.counts.ratings == site.ratings.count)
    #expect(site.exists("output/about/index.html") && !site.exists("output/up"))
  }
}
