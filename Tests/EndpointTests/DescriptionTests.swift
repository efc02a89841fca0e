import Endpoint
import Foundation
import Store
import Testing

/// The description is made of the routes; these tests ask the server for all of both.
@Suite("The description of the interface")
struct DescriptionTests {
  private typealias Object = [String: Any]

  private static func document(_ client: RawClient) async throws -> Object {
    let answer = try await client.get("/api/openapi.json")
    #expect(answer.headers["content-type"] == "application/json")
    return try #require(try JSONSerialization.jsonObject(with: Data(answer.body)) as? Object)
  }

  /// Methods in upper case by path.
  private static func described(_ document: Object) throws -> [String: Set<String>] {
    let paths = try #require(document["paths"] as? [String: Object])
    return paths.mapValues { Set($0.keys.map { $0.uppercased() }) }
  }

  private static var routes: [String: Set<String>] {
    Dictionary(grouping: EndpointInterface.routes, by: \.path).mapValues { Set($0.map(\.method)) }
  }

  private static func target(_ path: String) -> String { path.replacing("{movie}", with: "1") }

  @Test func `Each route that scripts can ask is described, and nothing else`() async throws {
    let site = try MemberSite()
    try await site.serving { (client) async throws in
      let described = try Self.described(try await Self.document(client))
      let open = EndpointInterface.routes.filter(\.isDescribed)
      #expect(open.count > 15)
      #expect(Dictionary(grouping: open, by: \.path).mapValues { Set($0.map(\.method)) } == described)
      // What is not described is for people: it is answered with a page, whatever comes.
      for route in EndpointInterface.routes where !route.isDescribed {
        let answer = try await client.ask(route.method, Self.target(route.path))
        let isPage = answer.status == 303 || answer.headers["content-type"] == "text/html; charset=utf-8"
        #expect(isPage, "\(route.method) \(route.path): \(answer.status)")
      }
    }
  }

  @Test func `Each described request is answered by a route, and an address says which methods it takes`() async throws
  {
    let site = try MemberSite()
    let token = try site.token("anna", role: .owner)
    try await site.serving { (client) async throws in
      for (path, methods) in try Self.described(try await Self.document(client)) {
        for method in methods where path != "/api/events" {
          // Without a body, and of the owner: refused by the route, if by anybody.
          let answer = try await client.ask(method, Self.target(path), token: token)
          #expect(answer.headers["x-request-id"] != nil && answer.status != 405, "\(method) \(path): \(answer.status)")
          if method == "DELETE" { _ = try site.token("anna-\(path.count)") }
        }
      }
      for (path, methods) in Self.routes {
        let options = try await client.ask("OPTIONS", Self.target(path))
        #expect(options.status == 204)
        let named = Set((options.headers["allow"] ?? "").components(separatedBy: ", "))
        #expect(named == methods.union(methods.contains("GET") ? ["HEAD"] : []), "\(path)")
        for method in ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE"] where !named.contains(method) {
          let answer = try await client.ask(method, Self.target(path))
          #expect(answer.status == 405 && answer.headers["allow"] == options.headers["allow"], "\(method) \(path)")
        }
      }
    }
  }

  @Test func `The types' schemas are in the description, and each reference resolves`() async throws {
    let site = try MemberSite()
    try await site.serving { (client) async throws in
      let document = try await Self.document(client)
      let components = try #require(document["components"] as? Object)
      let schemas = try #require(components["schemas"] as? [String: Object])
      func properties(_ name: String) -> [String: Object] { schemas[name]?["properties"] as? [String: Object] ?? [:] }
      func required(_ name: String) -> Set<String> { Set(schemas[name]?["required"] as? [String] ?? []) }
      #expect(Set(properties("Credential").keys) == ["name", "password", "invitation"])
      #expect(required("Credential") == ["name", "password"])
      #expect(properties("Credential")["password"]?["minLength"] as? Int == 10)
      #expect(Set(properties("Change").keys) == ["listed", "password"] && required("Change").isEmpty)
      #expect(properties("Me")["role"]?["enum"] as? [String] == ["member", "owner"])
      #expect(required("Me") == ["name", "id", "role", "listed", "ratings"])
      #expect(required("Rating") == ["movie", "title", "stars", "time", "removable"])
      #expect((properties("Stars")["stars"]?["enum"] as? [Double])?.count == 10)
      #expect(Set(properties("FileAccount").keys).isSuperset(of: ["path", "not_films", "films", "dates"]))
      #expect((properties("Builds")["builds"]?["items"] as? Object)?["type"] as? String == "object")
      let text = String(decoding: try JSONSerialization.data(withJSONObject: document), as: UTF8.self)
      let names = text.replacing("\\/", with: "/").components(separatedBy: "#/components/schemas/").dropFirst()
      #expect(Set(names.map { String($0.prefix { $0 != "\"" }) }) == Set(schemas.keys))
      for name in schemas.keys where !properties(name).isEmpty {
        #expect(required(name).isSubset(of: properties(name).keys), "\(name)")
      }
    }
  }

  @Test func `Answers have the fields that their description says`() async throws {
    let site = try MemberSite()
    let token = try site.token("anna")
    try await site.serving { (client) async throws in
      let components = try #require(try await Self.document(client)["components"] as? Object)
      let schemas = try #require(components["schemas"] as? [String: Object])
      func check(_ answer: RawClient.Answer, _ name: String) throws {
        let object = try #require(try JSONSerialization.jsonObject(with: Data(answer.body)) as? Object)
        let known = try #require(schemas[name]?["properties"] as? Object)
        #expect(Set(object.keys).isSubset(of: known.keys), "\(name)")
        #expect(Set(object.keys).isSuperset(of: schemas[name]?["required"] as? [String] ?? []), "\(name)")
      }
      let body = #"{"name": "berta", "password": "mild ginger otter"}"#
      try check(try await client.ask("POST", "/api/accounts", body), "Session")
      try check(try await client.ask("PUT", "/api/ratings/1", #"{"stars": 4.5}"#, token: token), "Saved")
      try check(
        try await client.ask("POST", "/api/ratings", "Title,Your Rating\nHeat,9\n", token: token, type: "text/csv"),
        "Saved")
      try check(try await client.ask("GET", "/api/ratings/1", token: token), "Rating")
      try check(try await client.ask("GET", "/api/ratings", token: token), "Ratings")
      try check(try await client.ask("GET", "/api/me", token: token), "Me")
      try check(try await client.ask("GET", "/api/builds"), "Builds")
      try check(try await client.ask("GET", "/api/me"), "Problem")
    }
  }

  @Test func `Health, readiness and metrics are available for monitoring`() async throws {
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
