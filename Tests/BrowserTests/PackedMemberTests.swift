import Foundation
import TestSupport
import Testing

@Suite(.serialized, .enabled(if: Browser.isExpected, "\(Browser.absence)"))
struct `Members in few files` {
  private static let sample = Task {
    try await ServedSite.sample { $0.replacing("members: public", with: "members: packed") }
  }

  /// What `main` says and where it leads, whichever way members are addressed.
  private static let content = """
    (() => {
      const plain = address => new URL(address).pathname.replace(/index\\.html$/, '');
      const member = link => new URL(link.href).searchParams.get('id') ?? plain(link.href).match(/\\/users\\/([^/]+)\\//)?.[1];
      const links = [...document.querySelectorAll('main a')].map(link => member(link) ?? plain(link.href));
      return [document.title, document.querySelector('main').textContent.replace(/\\s+/g, ''), links.join(' ')];
    })()
    """

  @Test func `are shown as on their own pages`() async throws {
    let names = ["1", "42", "120"]
    var expected: [[String]] = []
    try await Browser.visit(try await ServedSite.sample) { page in
      for name in names {
        try await page.open("/users/\(name)/")
        expected.append(try await page.evaluate(Self.content).strings)
      }
    }
    let own = expected
    try await Browser.visit(try await Self.sample.value) { page in
      for (name, expected) in zip(names, own) {
        try await page.open("/users/member/?id=\(name)")
        try await page.wait(for: "main .picks")
        #expect(try await page.evaluate(Self.content).strings == expected, "member \(name)")
      }
      let log = try await page.logs()
      #expect(log.problems == [] && log.foreignRequests(of: page.site) == [])
    }
  }

  @Test func `can be added to a film for several people`() async throws {
    try await Browser.visit(try await Self.sample.value) { page in
      try await page.open("/you/")
      for name in ["42", "1", "nobody"] {
        try await page.evaluate(
          """
          (() => {
            document.getElementById('MemberName').value = arguments[0];
            document.getElementById('FriendMember').requestSubmit();
          })()
          """, [.string(name)])
        try await page.wait(
          until: name == "nobody"
            ? "document.getElementById('TogetherTrouble').textContent.includes('nobody')"
            : "document.getElementById('Party').textContent.includes(arguments[0])", [.string(name)])
      }
      try await page.wait(for: "#TogetherList > li")
      #expect(try await page.count("#Party > li") == 2)
    }
  }

  @Test(.enabled(if: Audit.hasAxe, "\(Audit.absence)"), arguments: ["light", "dark"])
  func `can be read by everybody`(scheme: String) async throws {
    let axe = try String(contentsOf: Audit.axe, encoding: .utf8)
    try await Browser.visit(try await Self.sample.value) { page in
      try await page.emulate(scheme: scheme)
      try await page.open("/users/member/?id=1")
      try await page.wait(for: "main .picks")
      try await page.expectNoViolation(axe, "a packed member in \(scheme)")
    }
  }

  @Test func `have messages for visitors without scripts, for unknown ids, and at their old addresses`() async throws {
    try await Browser.visit(try await Self.sample.value) { page in
      try await page.open("/users/member/?id=nobody")
      try await page.wait(until: "document.querySelector('main [role=status]').textContent !== ''")
      #expect(try await page.count("main .picks") == 0)
      try await page.open("/users/7/")
      try await page.wait(until: "location.search === '?id=7'")
      try await page.wait(for: "main .picks")
      try await page.setScripts(false)
      try await page.open("/users/member/?id=1")
      #expect(try await page.count("main noscript a") == 1)
    }
  }

  /// The vectors that the program's own hash is tested with.
  @Test func `are looked for by the hash that the program and the job have too`() async throws {
    let script = try String(
      contentsOf: SharedData.repository.appendingPathComponent("site-templates/assets/scripts/packed.js"),
      encoding: .utf8)
    let start = try #require(script.range(of: "const shardOf")).lowerBound
    let end = try #require(script[start...].range(of: "\n  };")).upperBound
    try await Browser.visit(try await Self.sample.value) { page in
      try await page.open("/")
      let found = try await page.evaluate(
        """
        (() => {
          \(script[start..<end])
          return ['', 'a', '123456789', 'IEND', 'Änna', '日本'].map(name => shardOf(name, 2 ** 32).toString(16));
        })()
        """
      ).strings
      #expect(found == ["0", "e8b7be43", "cbf43926", "ae426082", "892eb5b7", "c7b7cdcc"])
    }
  }

  @Test func `cannot have titles that become markup`() async throws {
    let folder = try TemporaryFolder()
    try folder.write("title: Rialto\ndata: ratings\nmembers: packed\nlinks: folders\n", to: "content/site.yaml")
    let hostile = ["<img src=x onerror=alert(1)>", "</script><b>bold</b>", "{{title}}", "&lt;i&gt;", "'><a href=x>"]
    var movies = "movieId,title,genres\n"
    var ratings = "userId,movieId,rating,timestamp\n"
    for movie in 0..<12 {
      movies += "\(movie + 1),\"\(hostile[movie % 5]) \(movie)\",<u>\n"
      for user in 1...12 where (user * movie) % 5 != 1 {
        ratings += "\(user),\(movie + 1),\((user + movie) % 5 + 1),\(1_000_000_000 + user)\n"
      }
    }
    try folder.write(movies, to: "content/ratings/movies.csv")
    try folder.write(ratings, to: "content/ratings/ratings.csv")
    try await Browser.visit(try await ServedSite(building: folder)) { page in
      try await page.open("/users/member/?id=3")
      try await page.wait(for: "main .picks")
      #expect(try await page.count("main img, main script:not([src]), main b:empty, main u, main a[href='x']") == 0)
      #expect(try await page.text("main").contains("<img src=x onerror=alert(1)>"))
      #expect(try await page.logs().problems == [])
    }
  }
}
