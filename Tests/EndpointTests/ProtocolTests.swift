import Endpoint
import Settings
import Site
import Store
import TestSupport
import Testing

/// What HTTP asks of a server besides answers.
@Suite("HTTP")
struct ProtocolTests {
  @Test(arguments: [
    ("GET / HTTP/1.1\r\nConnection: close\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n", 400),
    ("GET / HTTP/1.0\r\n\r\n", 200),
    ("GET /healthz HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", 200),
    ("GET / HTTP/1.1\r\nHost: a\r\nConnection: Close\r\n\r\n", 200),
    ("POST /api/sessions HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 400),
    ("POST /api/sessions HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
    (
      "POST /api/sessions HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nConnection: close\r\n"
        + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n", 400
    ),
  ])
  func `Requests that violate the protocol are rejected, and connections close on request`(
    text: String, status: Int
  ) async throws {
    let site = try MemberSite { $0.requestTimeout = 600 }
    let (answer, time) = try await site.serving { client in
      let start = ContinuousClock.now
      // `raw` reads until the server closes, and gives up after ten seconds.
      return (try await client.raw(Array(text.utf8)), ContinuousClock.now - start)
    }
    #expect(answer.status == status)
    #expect(time < .seconds(9))
  }

  @Test func `A client that expects 100-continue gets it`() async throws {
    let site = try MemberSite()
    let token = try site.token("anna")
    try await site.serving { (client) async throws in
      let head =
        "POST /api/ratings HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(token)\r\nContent-Type: text/csv\r\n"
        + "Connection: close\r\nExpect: 100-continue\r\n"
      #expect(try await client.raw(Array((head + "Content-Length: 3\r\n\r\n1,5").utf8)).status == 100)
      #expect(try await client.raw(Array((head + "Content-Length: 99999999\r\n\r\n").utf8)).status == 413)
    }
  }

  @Test func `Counters are for this machine and for owners, under one address`() async throws {
    let site = try MemberSite()
    let (anna, olga) = (try site.token("anna"), try site.token("olga", role: .owner))
    try await site.serving { (client) async throws in
      #expect(try await client.get("/metrics").status == 200)
      #expect(try await client.get("/metrics/").status == 404)
      #expect(try await client.get("/healthz/").status == 404)
      let forwarded = ["X-Forwarded-For: 203.0.113.9"]
      #expect(try await client.get("/metrics", forwarded).status == 404)
      #expect(try await client.ask("GET", "/metrics", token: anna, headers: forwarded).status == 404)
      #expect(try await client.ask("GET", "/metrics", token: olga, headers: forwarded).status == 200)
    }
  }

  @Test func `A page is the site's own by scheme, host and port`() async throws {
    var site = try MemberSite()
    let cookie = "Cookie: marquee-session=\(try site.token("anna"))"
    func rate(_ client: RawClient, _ headers: [String]) async throws -> Int {
      try await client.ask("PUT", "/api/ratings/1", #"{"stars": 5}"#, headers: [cookie] + headers).status
    }
    try await site.serving { (client) async throws in
      #expect(try await rate(client, ["Origin: http://localhost"]) == 200)
      #expect(try await rate(client, ["Origin: http://LOCALHOST:80"]) == 200)
      for other in ["https://localhost", "evil://localhost", "http://localhost:81", "https://example.org", "null"] {
        #expect(try await rate(client, ["Origin: \(other)"]) == 403, "\(other)")
      }
    }
    site.settings.site.url = "https://Films.example.net/"
    try await site.serving { (client) async throws in
      #expect(try await rate(client, ["Origin: https://films.example.net"]) == 200)
      #expect(try await rate(client, ["Origin: http://films.example.net"]) == 403)
    }
  }

  @Test func `Facts about a site for other programs are served, and nothing else that is hidden`() async throws {
    let site = try TestSite()
    try site.folder.write("Contact: mailto:a@b.example", to: "site/.well-known/security.txt")
    try await site.serving { (client) async throws in
      #expect(try await client.get("/.well-known/security.txt").status == 200)
      #expect(try await client.get("/.well-known/.hidden").status == 404)
      #expect(try await client.get("/movies/.well-known/x").status == 404)
      #expect(try await client.get("/.git/config").status == 404)
    }
  }
}
