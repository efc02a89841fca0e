import Foundation
import TestSupport
import Testing

/// From a change until a build that knows it, what a build wrote before is shown without those who are hidden since.
@Suite("Mentions of hidden members", .serialized)
struct MentionTests {
  private static let list = """
    <ul>
    <li><a href="../users/anna/index.html"><b>Member anna</b></a></li>
    <li class="x"><a href="../users/annabel/index.html">Member annabel</a></li>
    <li>outer <ul><li><a href="/users/anna/">again</a></li></ul></li>
    </ul>
    <table><tr><td>a</td></tr><tr><td><a href='users/ANNA/'>A</a></td></tr></table>

    """
  private static let map = """
    <urlset>
    <url><loc>http://x/users/anna/</loc></url>
    <url><loc>http://x/users/annabel/</loc></url>
    </urlset>

    """

  private static func site() throws -> (site: MemberSite, token: String) {
    let site = try MemberSite()
    try site.folder.write(list, to: "output/users/index.html")
    try site.folder.write(map, to: "output/sitemap.xml")
    try site.folder.write(map, to: "output/sitemap.xml.gz")
    try site.folder.write("<p>by <a href=\"/users/anna/\">her</a></p>", to: "output/about/index.html")
    try site.folder.write("<p>anna is a name</p>", to: "output/names/index.html")
    try site.folder.write("<p>anna</p>", to: "output/users/page/2/index.html")
    try site.folder.write("{\"people\":[{\"id\":\"anna\"}]}", to: "output/api/users/2.json")
    return (site, try site.token("anna"))
  }

  @Test func `Lists and sitemaps are filtered, and files that cannot be filtered wait for the build`()
    async throws
  {
    let (site, token) = try Self.site()
    try await site.serving { (client) async throws in
      let before = try await client.get("/users/")
      #expect(before.text == Self.list)
      let tag = try #require(before.headers["etag"])
      #expect(try await client.ask("PATCH", "/api/me", #"{"listed": false}"#, token: token).status == 200)
      for path in ["/users/", "/users/index.html"] {
        let list = try await client.get(path, ["If-None-Match: \(tag)", "Accept-Encoding: gzip"])
        #expect(list.status == 200 && list.headers["cache-control"] == "no-store")
        #expect(
          list.text
            == Self.list.replacing("<li><a href=\"../users/anna/index.html\"><b>Member anna</b></a></li>", with: "")
            .replacing("<li><a href=\"/users/anna/\">again</a></li>", with: "")
            .replacing("<tr><td><a href='users/ANNA/'>A</a></td></tr>", with: ""))
      }
      let head = try await client.send("HEAD", "/users/")
      #expect(head.status == 200 && head.body.isEmpty)
      #expect(
        try await client.get("/sitemap.xml").text
          == Self.map.replacing("<url><loc>http://x/users/anna/</loc></url>", with: ""))
      // A link in a text, a name in a table's head, a packed form: no entry that could be left out.
      for path in ["/about/", "/users/page/2/", "/sitemap.xml.gz", "/api/users/2.json"] {
        let answer = try await client.get(path)
        #expect(answer.status == 503 && answer.headers["retry-after"] != nil, "\(path): \(answer.status)")
        #expect(!answer.text.contains("anna"))
      }
      // A word is no mention where no member is linked to.
      #expect(try await client.get("/names/").status == 200)
      #expect(try await client.ask("PATCH", "/api/me", #"{"listed": true}"#, token: token).status == 200)
      #expect(try await client.get("/users/").text == Self.list)
    }
  }
}
