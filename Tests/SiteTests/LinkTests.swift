import Foundation
import Precompute
import Ratings
import Site
import Testing

struct LinkTests {
  /// The file that `link` on the page at `path` leads to, and the fragment; nil for another host.
  static func target(of link: String, on path: String) -> (path: String, fragment: String)? {
    if link.hasPrefix("https://") || link.hasPrefix("http://") { return nil }
    let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let fragment = parts.count > 1 ? parts[1] : ""
    if parts[0].isEmpty { return (path, fragment) }
    var folders = path.split(separator: "/").dropLast().map(String.init)
    var wanted = String(parts[0].prefix { $0 != "?" })
    let isFolder = wanted.hasSuffix("/")
    if wanted.hasPrefix("/") {
      guard wanted.hasPrefix("/rialto/") else { return ("outside the site: \(link)", "") }
      wanted.removeFirst("/rialto/".count)
      folders = []
    }
    for part in wanted.split(separator: "/", omittingEmptySubsequences: true) where part != "." {
      if part == ".." { folders.removeLast() } else { folders.append(String(part)) }
    }
    let file = folders.joined(separator: "/")
    if isFolder { return ((file.isEmpty ? "" : file + "/") + "index.html", fragment) }
    return (file, fragment)
  }

  static func check(_ files: [String: [UInt8]]) throws {
    var pages: [String: HTMLScanner] = [:]
    for (path, bytes) in files where path.hasSuffix(".html") { pages[path] = try HTMLScanner(bytes) }
    var links: [String: [String]] = [:]
    for (path, page) in pages {
      let ids = page.tags.compactMap { $0["id"] }
      #expect(Set(ids).count == ids.count, "\(path) has an id twice")
      for tag in page.tags {
        for id in (tag["aria-labelledby"] ?? "").split(separator: " ") { #expect(ids.contains(String(id)), "\(path)") }
        guard let link = tag["href"] ?? tag["src"] ?? tag["action"], let target = Self.target(of: link, on: path) else {
          continue
        }
        #expect(files[target.path] != nil, "\(path): \(link)")
        if !target.fragment.isEmpty, let page = pages[target.path] {
          #expect(page.tags.contains { $0["id"] == target.fragment }, "\(path): \(link)")
        }
        if tag.name == "a" || tag.name == "form" { links[path, default: []].append(target.path) }
      }
    }
    var reached: Set<String> = ["index.html"]
    var open = ["index.html"]
    while let path = open.popLast() {
      for next in links[path] ?? [] where reached.insert(next).inserted { open.append(next) }
    }
    let lost = Set(pages.keys).subtracting(reached).subtracting(["404.html", "offline.html"])
    #expect(lost.isEmpty)
  }

  @Test(arguments: [SiteConfiguration.LinkStyle.files, .folders])
  func `every link resolves and every page is reached from the home page`(style: SiteConfiguration.LinkStyle) throws {
    var configuration = Fixture.configuration
    configuration.linkStyle = style
    try Self.check(Fixture.files(of: Fixture.website(configuration)))
    configuration.moviesPerPage = 1
    configuration.titlesPerPage = 1
    configuration.membersPerPage = 1
    try Self.check(Fixture.files(of: Fixture.website(configuration)))
    try Self.check(Fixture.files(of: HostileTests.website("Rialto", linkStyle: style)))
  }

  @Test func `a site without movies, members, models and words has all its pages and no dead link`() throws {
    let files = try Fixture.files(
      of: Fixture.website(precomputed: Precomputed(scale: .wholeStars, users: [], movies: []), pages: [], posts: []))
    try Self.check(files)
    #expect(files["genres/index.html"] == nil && files["users/index.html"] != nil && files["movies/index.html"] != nil)
  }

  @Test func `movies and members without anything worked out still have pages`() throws {
    let bare = Precomputed(scale: .wholeStars, users: [User(id: .number(5))], movies: Fixture.movies)
    let files = try Fixture.files(of: Fixture.website(precomputed: bare))
    try Self.check(files)
    let page = String(decoding: try #require(files["users/5/index.html"]), as: UTF8.self)
    #expect(page.contains("has not rated a film yet"))
  }

  @Test func `the sitemap has the address of every page`() throws {
    let files = try Fixture.files(of: Fixture.website())
    let map = String(decoding: try #require(files["sitemap.xml"]), as: UTF8.self)
    // Other orders of a shelf are for readers, not for search engines: they name no address as theirs.
    let pages = files.keys.filter { page in
      page.hasSuffix("index.html") && String(decoding: files[page] ?? [], as: UTF8.self).contains("rel=\"canonical\"")
    }
    #expect(pages.count > 40)
    for page in pages {
      #expect(map.contains("<loc>https://films.example/rialto/\(page.dropLast("index.html".count))</loc>"), "\(page)")
    }
    #expect(map.split(separator: "<loc>", omittingEmptySubsequences: false).count - 1 == pages.count)
  }

  @Test func `a large sitemap is split below 50,000 addresses with an index of the parts`() throws {
    let users = (1...46_000).map { User(id: .number($0)) }
    let website = try Fixture.website(precomputed: Precomputed(scale: .wholeStars, users: users, movies: []))
    var bytes: [UInt8] = []
    var locations: [String: Int] = [:]
    for index in 0..<website.outputCount where website.path(of: index).hasPrefix("sitemap") {
      let path = try website.render(index, into: &bytes)
      locations[path] = String(decoding: bytes, as: UTF8.self).split(separator: "<loc>").count - 1
    }
    // The pages of the members’ index; home, models, search, all films, about, news and two posts.
    let index = (users.count + 2) / Fixture.configuration.membersPerPage
    let rest = users.count + index + 8 - Sitemap.addressesPerFile
    #expect(locations["sitemap.xml"] == 2)
    #expect(locations["sitemap-1.xml"] == Sitemap.addressesPerFile)
    #expect(locations["sitemap-2.xml"] == rest)
  }

  @Test(arguments: [1, 2, 15, 150, 1100, 9000]) func `any page of a long list is a few links away`(count: Int) {
    var depth = [Int: Int]()
    depth[0] = 0
    var ring = [0]
    while !ring.isEmpty {
      var next: [Int] = []
      for page in ring {
        for linked in Pager.linkedPages(from: page, count: count) where depth[linked] == nil {
          depth[linked] = (depth[page] ?? 0) + 1
          next.append(linked)
        }
      }
      ring = next
    }
    #expect(depth.count == count)
    #expect((depth.values.max() ?? 0) <= max(10, count / 150))
  }
}
