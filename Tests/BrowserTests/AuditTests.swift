import Foundation
import TestSupport
import Testing

/// The types of pages of the sample site, each by one address.
enum SamplePages {
  static let all = [
    "/", "/movies/", "/genres/", "/genres/comedy/", "/decades/", "/users/", "/users/1/", "/models/", "/news/",
    "/about/", "/moods/", "/moods/divisive/", "/tags/", "/lists/", "/lists/one-room/", "/genres/comedy/best/", "/rate/",
    "/you/", "/search/?q=the", "/404.html", "/offline.html", movie,
  ]
  static let movie = "/movies/1-the-kid/"

  /// The address of the first film in the list of all films.
  static func firstMovie(_ page: BrowserPage) async throws -> String {
    try await page.open("/movies/")
    let link = try await page.evaluate("document.querySelector('ul.titles a, ul.grid a').href")
    return link.string.map { String($0.dropFirst(page.site.origin.count)) } ?? ""
  }
}

@Suite(.serialized, .enabled(if: Browser.isExpected && Audit.hasAxe, "\(Audit.absence)"))
struct `axe-core finds nothing` {
  @Test(arguments: ["light", "dark"]) func `on any type of page`(scheme: String) async throws {
    let axe = try String(contentsOf: Audit.axe, encoding: .utf8)
    try await Browser.visit(try await ServedSite.sample) { page in
      try await page.emulate(scheme: scheme, reducedMotion: true)
      let movie = try await SamplePages.firstMovie(page)
      for path in SamplePages.all.filter({ $0 != SamplePages.movie }) + [movie] {
        try await page.open(path)
        if path == "/models/" {
          try await page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
          try await page.evaluate("document.getElementById('map')?.scrollIntoView()")
          try await page.wait(
            until: "!document.getElementById('TasteMap') || !document.getElementById('TasteMap').hidden")
        }
        if path.hasPrefix("/search/") { try await page.wait(for: "#Results a") }
        try await page.expectNoViolation(axe, "\(path) in \(scheme)")
      }
    }
  }

  @Test(arguments: ["light", "dark"]) func `while the search box shows films`(scheme: String) async throws {
    let axe = try String(contentsOf: Audit.axe, encoding: .utf8)
    try await Browser.visit(try await ServedSite.sample) { page in
      try await page.emulate(scheme: scheme, reducedMotion: true)
      try await page.open("/about/")
      try await page.type("the", into: "#Find")
      try await page.wait(for: "#FindList [role=option]")
      try await page.press(.down)
      try await page.expectNoViolation(axe, "the list of films in \(scheme)")
    }
  }
}

extension BrowserPage {
  /// Runs axe-core on the page as it stands.
  func expectNoViolation(_ axe: String, _ name: String) async throws {
    try await evaluate("(() => { \(axe)\n; return true; })()")
    let found = try await evaluate(
      """
      axe.run(document, { resultTypes: ['violations'] }).then(result => result.violations.flatMap(rule =>
        rule.nodes.map(node => rule.id + ': ' + node.target.join(' ') + ' ' + (node.failureSummary ?? '').slice(0, 200))))
      """)
    #expect(found.strings == [], "\(name)")
  }
}

@Suite(.enabled(if: Browser.isExpected && Audit.hasChecker, "\(Audit.absence)"))
struct `The Nu HTML checker finds nothing` {
  @Test func `on any type of page`() async throws {
    let site = try await ServedSite.sample
    let output = site.folder.url.appendingPathComponent("output")
    var files = SamplePages.all.filter { $0 != SamplePages.movie }.map { path in
      let bare = path.prefix { $0 != "?" }
      return output.path + (bare.hasSuffix("/") ? bare + "index.html" : bare)
    }
    let movies = try FileManager.default.contentsOfDirectory(atPath: output.appendingPathComponent("movies").path)
    files += movies.filter { $0.contains("-") }.sorted().prefix(3).map { output.path + "/movies/\($0)/index.html" }
    #expect(try Audit.complaints(about: files).filter { $0.contains(": error: ") } == [])
  }
}

@Suite(.serialized, .enabled(if: Browser.isExpected, "\(Browser.absence)"))
struct `A first visit is light` {
  /// The bytes of everything that a page loads at once, compressed as hosts do, by type.
  private static let weights = """
    (async () => {
      const weigh = async address => {
        const answer = await fetch(address);
        const type = answer.headers.get('Content-Type') ?? '';
        const packed = answer.body.pipeThrough(new CompressionStream('gzip'));
        return [type, (await new Response(packed).arrayBuffer()).byteLength];
      };
      const kinds = { 'text/html': 0, 'text/css': 0, 'javascript': 0, 'application/json': 0 };
      const loaded = performance.getEntriesByType('resource')
        .filter(e => ['link', 'script', 'fetch', 'css'].includes(e.initiatorType)).map(e => e.name);
      for (const address of [location.href, ...new Set(loaded)]) {
        const [type, size] = await weigh(address);
        for (const kind of Object.keys(kinds)) if (type.includes(kind)) kinds[kind] += size;
      }
      return kinds;
    })()
    """

  @Test(arguments: ["movie", "member"]) func `of a page of a movie and of a member`(kind: String) async throws {
    try await Browser.visit(try await ServedSite.sample) { page in
      let path = kind == "movie" ? try await SamplePages.firstMovie(page) : "/users/1/"
      try await page.open(path)
      try await page.wait(until: "document.readyState === 'complete'")
      let weights = try await page.evaluate(Self.weights)
      let most: [(String, Double)] = [
        ("text/html", 15_000), ("text/css", 15_000), ("javascript", 20_000), ("application/json", 0),
      ]
      for (type, limit) in most {
        let weight = try #require(weights[type].number)
        #expect(weight <= limit, "\(type) of \(path): \(weight) bytes")
      }
    }
  }

  @Test func `and its security policy allows no inline script or style`() async throws {
    try await Browser.visit(try await ServedSite.sample) { page in
      for path in SamplePages.all.filter({ $0 != SamplePages.movie }) {
        try await page.open(path)
        let policy = try await page.attribute("content", of: "meta[http-equiv=Content-Security-Policy]") ?? ""
        #expect(policy.hasPrefix("default-src 'none'") && !policy.contains("unsafe") && !policy.contains("http"))
        #expect(try await page.count("[style], style, [onclick], [onload]") == 0, "\(path)")
        let log = try await page.logs()
        #expect(log.problems == [], "\(path)")
        #expect(log.foreignRequests(of: page.site) == [], "\(path)")
      }
    }
  }
}
