import Foundation
import Settings
import Store
import TestSupport
import Testing

@Suite("Counters", .serialized)
struct MetricsTests {
  /// A port that was free a moment ago.
  private static func freePort() async throws -> Int { try await TestSite().serving { $0.port } }

  @Test func `With a port of their own they are nowhere else, and nothing else is there`() async throws {
    let port = try await Self.freePort()
    let site = try MemberSite { $0.metrics = MetricsAddress("\(port)") }
    let owner = try site.token("olga", role: .owner)
    try await site.serving { (client) async throws in
      #expect(try await client.get("/").status == 200)
      let counters = RawClient(port: port)
      let answer = try await counters.get("/metrics")
      #expect(answer.status == 200 && answer.text.contains("marquee_files_served_total 1\n"))
      #expect(answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
      #expect(answer.text.contains("marquee_connections "))
      let head = try await counters.send("HEAD", "/metrics")
      #expect(head.status == 200 && head.body.isEmpty && head.headers["content-length"] != "0")
      #expect(try await counters.send("POST", "/metrics").status == 405)
      for path in ["/", "/api/me", "/healthz", "/metrics/", "/users/anna/"] {
        #expect(try await counters.get(path).status == 404, "\(path)")
      }
      #expect(try await client.get("/metrics").status == 404)
      #expect(try await client.ask("GET", "/metrics", token: owner).status == 404)
    }
  }

  @Test func `Without one they are for this machine and for owners`() async throws {
    let site = try MemberSite { $0.trustedProxies = ["127.0.0.1"] }
    let owner = try site.token("olga", role: .owner)
    try await site.serving { (client) async throws in
      #expect(try await client.get("/metrics").status == 200)
      let away = ["X-Forwarded-For: 203.0.113.9"]
      #expect(try await client.get("/metrics", away).status == 404)
      #expect(try await client.ask("GET", "/metrics", token: owner, headers: away).status == 200)
    }
  }

  @Test func `A port that is taken is named, whichever it is`() async throws {
    let other = try TestSite()
    try await other.serving { (client) async throws in
      let site = try MemberSite { $0.metrics = MetricsAddress("\(client.port)") }
      // The site itself may have been ready a moment before.
      let pause = Duration.seconds(3)
      await #expect { try await site.serving { _ in try await Task.sleep(for: pause) } } throws: {
        "\($0)".hasPrefix("127.0.0.1:\(client.port): another program listens on this port")
      }
    }
  }

  @Test(arguments: [
    ("9180", "127.0.0.1:9180"), ("10.0.0.5:9180", "10.0.0.5:9180"), ("[::1]:9180", "[::1]:9180"),
    ("0.0.0.0:1", "0.0.0.0:1"),
  ])
  func `Where they are is an address`(text: String, plain: String) {
    #expect(MetricsAddress(text)?.description == plain)
  }

  @Test(arguments: ["0", "65536", "-1", ":80", "::1:80", "x", "127.0.0.1", "127.0.0.1:", "1.2.3.4:٣", "9180 "])
  func `An invalid address is rejected with the accepted form`(text: String) {
    var settings = ServeSettings()
    #expect { try settings.set("metrics", to: text) } throws: { "\($0)".contains("it takes a port, or an address") }
  }
}
