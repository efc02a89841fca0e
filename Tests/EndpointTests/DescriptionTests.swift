import Foundation
import Testing

@Suite("The description of the interface")
struct DescriptionTests {
  /// Every documented operation is there, with no method that is not documented.
  @Test func `The OpenAPI document and the server agree on paths and methods`() async throws {
    let site = try MemberSite()
    try await site.serving { (client) async throws in
      let answer = try await client.get("/api/openapi.json")
      let document = try #require(try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any])
      let paths = try #require(document["paths"] as? [String: [String: Any]])
      #expect(paths.count > 10)
      for (path, item) in paths {
        let methods = Set(item.keys.map { $0.uppercased() }).subtracting(["PARAMETERS"])
        let target = path.replacingOccurrences(of: "{movie}", with: "1")
        let allowed = try await client.ask("OPTIONS", target)
        #expect(allowed.status == 204, "\(path)")
        let named = Set((allowed.headers["allow"] ?? "").components(separatedBy: ", ")).subtracting(["HEAD"])
        #expect(named == methods, "\(path)")
      }
      // And the other way: what scripts can ask is described.
      for path in ["/api/accounts", "/api/sessions", "/api/me", "/api/ratings", "/api/rebuild", "/api/builds"] {
        #expect(paths[path] != nil)
      }
    }
  }

  @Test func `Health, readiness and counters are there for whoever watches`() async throws {
    let site = try MemberSite()
    let token = try site.token("anna")
    try await site.serving { (client) async throws in
      #expect(try await client.get("/healthz").text == "ok\n")
      #expect(try await client.get("/readyz").text == "ready\n")
      _ = try await client.ask("PUT", "/api/ratings/1", #"{"stars": 5}"#, token: token)
      let metrics = try await client.get("/metrics").text
      #expect(metrics.contains("marquee_submissions_total 1\n"))
      #expect(metrics.contains("marquee_requests_total{status=\"200\"}"))
      #expect(metrics.contains("marquee_commit_seconds_bucket{le=\"+Inf\"} 1\n"))
      #expect(!metrics.contains(token))
    }
  }
}
