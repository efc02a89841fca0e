import Foundation
import Ratings
import Settings
import Store
import TestSupport
import Testing

@Suite("Hostile requests")
struct HostileTests {
  /// Body, type and the status that it must get.
  private static let bodies: [(String, String, Int)] = [
    (#"{"movie": 1, "stars": NaN}"#, "application/json", 400),
    (#"{"movie": 1, "stars": 1e400}"#, "application/json", 400),
    (#"{"movie": 1, "stars": -1}"#, "application/json", 422), (#"{"movie": 1, "stars": 0}"#, "application/json", 422),
    (#"{"movie": 1, "stars": "5"}"#, "application/json", 422),
    (#"{"movie": 1, "stars": true}"#, "application/json", 422),
    (#"{"movie": 1}"#, "application/json", 422), (#"{"stars": 5}"#, "application/json", 422),
    (#"{"movie": -1, "stars": 5}"#, "application/json", 422), (#"{"movie": "", "stars": 5}"#, "application/json", 422),
    (#"{"movie": 1.5, "stars": 5}"#, "application/json", 422),
    (#"{"movie": "1'; DROP TABLE ratings; --", "stars": 5}"#, "application/json", 404),
    (#"{"movie": 9223372036854775808, "stars": 5}"#, "application/json", 422),
    ("[]", "application/json", 422), ("null", "application/json", 422), ("", "application/json", 400),
    (String(repeating: "[", count: 100_000), "application/json", 400),
    (
      String(repeating: #"{"a":"#, count: 50_000) + "1" + String(repeating: "}", count: 50_000), "application/json", 400
    ),
    ("movie,rating\n1,nan\n", "text/csv", 422), ("1,1e400\n", "text/csv", 422), ("1\n", "text/csv", 422),
    ("1,5", "text/plain", 415), ("1,5", "", 415), (#"{"movie": 1, "stars": 5}"#, "application/xml", 415),
    ("movie=1&stars=5", "application/x-www-form-urlencoded", 415),
    (String(repeating: "1,5\n", count: 100_000), "text/csv", 413),
    (String(repeating: " ", count: 2_000_000), "application/json", 413),
  ]

  @Test func `Invalid bodies get the right status and store nothing`() async throws {
    let site = try MemberSite { $0.ratingsPerMinute = 10_000 }
    let token = try site.token("anna")
    try await site.serving { (client) async throws in
      for (body, type, status) in Self.bodies {
        let answer = try await client.ask("POST", "/api/ratings", body, token: token, type: type)
        #expect(answer.status == status, "\(body.prefix(60)) as \(type): \(answer.text.prefix(200))")
      }
      let bytes: [UInt8] = Array(#"{"movie": ""#.utf8) + [0xff, 0xfe] + Array(#"", "stars": 5}"#.utf8)
      #expect(try await client.ask("POST", "/api/ratings", bytes: bytes, token: token).status == 400)
      #expect(
        try await client.ask("POST", "/api/ratings", bytes: [0x31, 0x2c, 0xff], token: token, type: "text/csv").status
          == 400)
      #expect(try await client.ask("GET", "/api/ratings", token: token).text == "{\"ratings\":[]}\n")
    }
    #expect(try RatingStore(path: site.database).faults() == [])
  }

  @Test func `Methods and paths that are not there say so`() async throws {
    let site = try MemberSite()
    let token = try site.token("anna")
    try await site.serving { (client) async throws in
      let wrong = try await client.ask("PUT", "/api/me", "{}", token: token)
      #expect(wrong.status == 405)
      #expect(wrong.headers["allow"] == "DELETE, GET, HEAD, PATCH")
      #expect(try await client.ask("TRACE", "/api/me", token: token).status == 405)
      #expect(try await client.ask("POST", "/index.html").status == 405)
      #expect(try await client.ask("GET", "/api/nothing", token: token).status == 404)
      #expect(try await client.ask("GET", "/api/ratings/1/2", token: token).status == 404)
      let head = try await client.ask("HEAD", "/api/me", token: token)
      #expect(head.status == 200)
      #expect(head.body.isEmpty)
      #expect(Int(head.headers["content-length"] ?? "") ?? 0 > 0)
      for path in [
        "/../.marquee/marquee.sqlite", "/%2e%2e/.marquee/marquee.sqlite", "/..%2f.marquee/marquee.sqlite",
        "/..%5c.marquee%5cmarquee.sqlite", "/%252e%252e/.marquee/marquee.sqlite", "/.%00./.marquee/marquee.sqlite",
        "/api/..%2f..%2f.marquee", "//../.marquee/marquee.sqlite", "/\u{2025}/.marquee/marquee.sqlite",
        "/%c0%ae%c0%ae/.marquee/marquee.sqlite",
      ] {
        let answer = try await client.get(path)
        #expect(answer.status == 404 || answer.status == 400, "\(path): \(answer.status)")
      }
    }
  }

  @Test func `Headers cannot be smuggled into answers`() async throws {
    let site = try MemberSite()
    try await site.serving { (client) async throws in
      for target in [
        "/account/login/?next=%0d%0aSet-Cookie:%20evil=1", "/account/?movie=%0d%0aSet-Cookie:%20evil=1",
        "/api/similar/%0d%0aSet-Cookie:%20evil=1",
      ] {
        let answer = try await client.get(target)
        #expect(answer.headers["set-cookie"]?.contains("evil") != true, "\(target)")
        #expect(answer.headers["location"]?.contains("\r") != true)
      }
      for next in ["//evil.example/", "https://evil.example/", "/%5cevil.example", "%09//evil.example"] {
        let answer = try await client.get("/account/login/?next=\(next)")
        #expect(answer.status == 200)
        #expect(answer.text.contains("name=\"next\" value=\"/account/\""), "\(next)")
      }
      let script = try await client.get("/account/rate/?q=%3Cscript%3Ealert(1)%3C/script%3E")
      #expect(!script.text.contains("<script>alert"))
    }
  }

  @Test func `Invalid, expired and foreign tokens are rejected`() async throws {
    let site = try MemberSite()
    let token = try site.token("anna")
    try await site.serving { (client) async throws in
      #expect(try await client.ask("PUT", "/api/ratings/1", #"{"stars": 5}"#, token: token).status == 200)
      #expect(try await client.ask("DELETE", "/api/sessions", token: token).status == 204)
      for wrong in [
        token, String(token.dropLast()), token + "0", String(repeating: "0", count: 64), "' OR 1=1 --", "null", "",
      ] {
        let answer = try await client.ask("GET", "/api/ratings", token: wrong)
        #expect(answer.status == 401, "\(wrong)")
        #expect(try await client.ask("GET", "/api/me", headers: ["Cookie: marquee-session=\(wrong)"]).status == 401)
      }
    }
  }

  @Test func `A page of another site cannot act for a member`() async throws {
    let site = try MemberSite()
    let token = try site.token("anna")
    let cookie = "Cookie: marquee-session=\(token)"
    try await site.serving { (client) async throws in
      let body = #"{"stars": 5}"#
      for foreign in [
        ["Origin: https://evil.example"], ["Sec-Fetch-Site: cross-site"],
        ["Sec-Fetch-Site: same-site", "Origin: http://other.localhost"], ["Origin: null"],
      ] {
        let answer = try await client.ask("PUT", "/api/ratings/1", body, headers: [cookie] + foreign)
        #expect(answer.status == 403, "\(foreign)")
        let form = try await client.ask(
          "POST", "/account/rate/", "movie=1&stars=5", type: "application/x-www-form-urlencoded",
          headers: [cookie] + foreign)
        #expect(form.status == 403, "\(foreign)")
        #expect(answer.headers["access-control-allow-origin"] == nil)
      }
      let own = ["Sec-Fetch-Site: same-origin", "Origin: http://localhost"]
      #expect(try await client.ask("PUT", "/api/ratings/1", body, headers: [cookie] + own).status == 200)
    }
  }

  @Test func `A slow sender is cut off, and others are answered meanwhile`() async throws {
    let site = try MemberSite { $0.requestTimeout = 1 }
    try await site.serving { (client) async throws in
      let clock = ContinuousClock()
      let start = clock.now
      // Half of a head; a head whose body never comes.
      async let slow: Void = { _ = try? await client.raw(Array("GET / HTTP/1.1\r\nHost: x\r\nX-A: ".utf8)) }()
      async let body: Void = {
        _ = try? await client.raw(
          Array(
            "POST /api/ratings HTTP/1.1\r\nHost: x\r\nContent-Type: text/csv\r\nContent-Length: 1000\r\n\r\n1,".utf8))
      }()
      #expect(try await client.get("/healthz").status == 200)
      _ = await (slow, body)
      #expect(clock.now - start < .seconds(8))
      #expect(try await client.get("/healthz").status == 200)
    }
  }

  @Test(arguments: [
    "Content-Length: 5\r\nTransfer-Encoding: chunked", "Content-Length: 5\r\nContent-Length: 6",
    "Content-Length: -1", "Content-Length: 99999999999999999999", "Transfer-Encoding: chunked, identity",
    "Bad Name: x", "X-Fold: a\r\n b",
  ])
  func `Requests that say two things about their end open no gap for another`(header: String) async throws {
    let site = try MemberSite()
    let token = try site.token("anna")
    try await site.serving { (client) async throws in
      let head =
        "POST /api/ratings HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(token)\r\nContent-Type: text/csv\r\n"
        + "Connection: close\r\n\(header)\r\n\r\n"
      let answer = try? await client.raw(Array((head + "0\r\n\r\nDELETE /api/sessions HTTP/1.1\r\n\r\n").utf8))
      #expect(answer == nil || (400..<500).contains(answer?.status ?? 0))
      // No second request came through.
      #expect(try await client.ask("GET", "/api/ratings", token: token).text == "{\"ratings\":[]}\n")
    }
  }

  @Test func `A body in pieces has the same limit as one with a length`() async throws {
    let site = try MemberSite { $0.bodyLimit = 4096 }
    let token = try site.token("anna")
    try await site.serving { (client) async throws in
      let head =
        "POST /api/ratings HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(token)\r\nContent-Type: text/csv\r\n"
        + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
      let piece = "400\r\n" + String(repeating: "1,5\n", count: 256) + "\r\n"
      let long = String(repeating: piece, count: 64) + "0\r\n\r\n"
      #expect(try await client.raw(Array((head + long).utf8)).status == 413)
      #expect(try await client.raw(Array((head + piece + "0\r\n\r\n").utf8)).status == 200)
    }
  }

  @Test(
    .slow,
    arguments: [
      "'; DROP TABLE ratings; --", "\" OR 1=1 --", "1) UNION SELECT password FROM accounts --", "%' OR '%'='",
    ])
  func `SQL in a field is a text like any other`(sql: String) async throws {
    let site = try MemberSite { $0.loginsPerMinute = 1000 }
    let token = try site.token("anna")
    let json = sql.replacing("\"", with: "\\\"")
    let encoded = sql.utf8.map { byte in
      let digits = String(byte, radix: 16)
      return "%" + (digits.utf8.count == 1 ? "0" : "") + digits
    }.joined()
    let form = "application/x-www-form-urlencoded"
    try await site.serving { (client) async throws in
      var answers: [RawClient.Answer] = []
      for (method, path, body, type) in [
        ("POST", "/api/accounts", #"{"name": "\#(json)", "password": "mild ginger otter"}"#, "application/json"),
        ("POST", "/api/sessions", #"{"name": "\#(json)", "password": "\#(json)"}"#, "application/json"),
        ("POST", "/api/sessions", #"{"name": "anna", "password": "\#(json)"}"#, "application/json"),
        ("POST", "/api/ratings", #"{"movie": "\#(json)", "stars": 5}"#, "application/json"),
        ("POST", "/api/ratings", "\(sql),5", "text/csv"),
        ("PUT", "/api/ratings/\(encoded)", #"{"stars": 5}"#, "application/json"),
        ("DELETE", "/api/ratings/\(encoded)", "", "application/json"), ("GET", "/api/ratings/\(encoded)", "", ""),
        ("GET", "/api/ratings?format=\(encoded)", "", ""), ("GET", "/api/recommendations?model=\(encoded)", "", ""),
        ("GET", "/api/recommendations?top=\(encoded)", "", ""), ("GET", "/users/\(encoded)/", "", ""),
        ("POST", "/account/login/", "name=\(encoded)&password=\(encoded)&next=\(encoded)", form),
        ("POST", "/account/rate/", "movie=\(encoded)&stars=\(encoded)&q=\(encoded)", form),
        ("DELETE", "/api/me", #"{"password": "\#(json)"}"#, "application/json"),
      ] {
        let own = type == form ? ["Sec-Fetch-Site: same-origin", "Cookie: marquee-session=\(token)"] : []
        let answer = try await client.ask(
          method, path, body, token: type == form ? nil : token, type: type, headers: own)
        #expect((400..<500).contains(answer.status), "\(method) \(path) \(body): \(answer.status)")
        answers.append(answer)
      }
      for answer in answers { #expect(!answer.text.contains("scrypt") && !answer.text.lowercased().contains("sqlite")) }
      let found = try await client.get("/account/rate/?q=\(encoded)", ["Cookie: marquee-session=\(token)"])
      #expect(found.status == 200)
      #expect(!found.text.contains("<legend>"))
      // A key is the client's to choose.
      let kept = try await client.ask(
        "PUT", "/api/ratings/1", #"{"stars": 5}"#, token: token,
        headers: ["Idempotency-Key: \(sql.replacing(" ", with: "_"))"])
      #expect(kept.status == 200)
      #expect(try await client.ask("GET", "/api/ratings/1", token: token).field("stars") == "5")
    }
    let store = try RatingStore(path: site.database)
    #expect(try store.faults() == [])
    #expect(try store.accounts().map(\.name) == ["anna"])
    #expect(try store.dataset().ratings.count == 4)
  }

  @Test func `A member's cookie reaches their own ratings alone`() async throws {
    let site = try MemberSite()
    let (anna, bert) = (try site.token("anna"), try site.token("bert"))
    try await site.serving { (client) async throws in
      #expect(try await client.ask("PUT", "/api/ratings/1", #"{"stars": 5}"#, token: anna).status == 200)
      let cookie = ["Cookie: marquee-session=\(bert); marquee-session=\(anna)", "Sec-Fetch-Site: same-origin"]
      // Of two cookies the first counts, which is the one for the longer path.
      #expect(try await client.ask("GET", "/api/me", headers: cookie).field("name") == "bert")
      #expect(try await client.ask("DELETE", "/api/ratings/1", headers: cookie).status == 404)
      #expect(try await client.ask("GET", "/api/ratings/1", token: anna).field("stars") == "5")
    }
  }

  @Test func `Heads that are too large are refused`() async throws {
    try await MemberSite().serving { (client) async throws in
      let long = try? await client.get("/", ["X-Long: " + String(repeating: "a", count: 100_000)])
      #expect(long == nil || (400..<500).contains(long?.status ?? 0))
      let many = try? await client.get("/", (0..<2000).map { "X-\($0): a" })
      #expect(many == nil || (400..<500).contains(many?.status ?? 0))
      #expect(try await client.get("/healthz").status == 200)
    }
  }

  @Test(.slow) func `Only a trusted proxy can set the origin of a request`() async throws {
    let site = try MemberSite { $0.loginsPerMinute = 1 }
    try await site.serving { (client) async throws in
      var statuses: [Int] = []
      for number in 1...2 {
        let body = #"{"name": "n\#(number)", "password": "wrong password"}"#
        statuses.append(
          try await client.ask("POST", "/api/sessions", body, headers: ["X-Forwarded-For: 10.0.0.\(number)"]).status)
      }
      #expect(statuses == [401, 429])
    }
    let behind = try MemberSite {
      $0.loginsPerMinute = 1
      $0.trustedProxies = ["127.0.0.1"]
    }
    try await behind.serving { (client) async throws in
      for number in 1...2 {
        let body = #"{"name": "n\#(number)", "password": "wrong password"}"#
        let answer = try await client.ask(
          "POST", "/api/sessions", body, headers: ["X-Forwarded-For: 6.6.6.6, 10.0.0.\(number)"])
        #expect(answer.status == 401)
      }
      let made = try await client.ask(
        "POST", "/api/accounts", #"{"name": "anna", "password": "mild ginger otter"}"#,
        headers: ["X-Forwarded-Proto: https"])
      #expect(try #require(made.headers["set-cookie"]).hasPrefix("__Host-marquee-session="))
      #expect(try #require(made.headers["set-cookie"]).components(separatedBy: "; ").contains("Secure"))
    }
  }
}
