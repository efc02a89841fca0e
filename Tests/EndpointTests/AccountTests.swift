import Endpoint
import Foundation
import Members
import Ratings
import Settings
import Site
import Store
import TestSupport
import Testing

@Suite("Accounts and sessions")
struct AccountTests {
  private static let anna = #"{"name": "Anna", "password": "mild ginger otter"}"#

  @Test func `A member registers, is authenticated, logs out, and is no longer authenticated`() async throws {
    try await MemberSite().serving { (client) async throws in
      let made = try await client.ask("POST", "/api/accounts", Self.anna)
      #expect(made.status == 201)
      let token = try #require(made.field("token"))
      let cookie = try #require(made.headers["set-cookie"]).components(separatedBy: "; ")
      #expect(cookie[0] == "marquee-session=\(token)")
      #expect(Set(cookie.dropFirst()) == ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=2592000"])
      let me = try await client.ask("GET", "/api/me", token: token)
      #expect(me.field("name") == "anna")
      #expect(me.field("page") == "users/anna/")
      #expect(try await client.ask("DELETE", "/api/sessions", token: token).status == 204)
      let after = try await client.ask("GET", "/api/me", token: token)
      #expect(after.status == 401)
      #expect(after.headers["www-authenticate"] == "Bearer")
    }
  }

  @Test func `A login gives another token, and the one that a browser had before ends`() async throws {
    try await MemberSite().serving { (client) async throws in
      let first = try #require(try await client.ask("POST", "/api/accounts", Self.anna).field("token"))
      let again = try await client.ask(
        "POST", "/api/sessions", Self.anna, headers: ["Cookie: marquee-session=\(first)"])
      let second = try #require(again.field("token"))
      #expect(second != first)
      #expect(try await client.ask("GET", "/api/me", token: first).status == 401)
      #expect(try await client.ask("GET", "/api/me", headers: ["Cookie: marquee-session=\(second)"]).status == 200)
    }
  }

  @Test func `An unknown name and a wrong password get the same answer`() async throws {
    try await MemberSite().serving { (client) async throws in
      #expect(try await client.ask("POST", "/api/accounts", Self.anna).status == 201)
      let clock = ContinuousClock()
      var answers: [(String, Duration)] = []
      for name in ["anna", "nobody", "1; DROP TABLE accounts"] {
        let start = clock.now
        let answer = try await client.ask(
          "POST", "/api/sessions", #"{"name": "\#(name)", "password": "wrong password"}"#)
        #expect(answer.status == 401)
        answers.append((answer.text, clock.now - start))
      }
      #expect(Set(answers.map(\.0)).count == 1)
      // Each hashes once; without it an answer takes a hundredth of this.
      let times = answers.map { $0.1 / .milliseconds(1) }
      #expect(times.min() ?? 0 > (times.max() ?? 0) / 10)
    }
  }

  @Test(arguments: [
    (#"{"name": "anna", "password": "short"}"#, 422), (#"{"name": "anna", "password": "password123"}"#, 422),
    (#"{"name": "a", "password": "mild ginger otter"}"#, 422),
    (#"{"name": "1", "password": "mild ginger otter"}"#, 422),
    (#"{"name": "anna"}"#, 422), ("", 400), ("{", 400), ("[]", 422), (#"{"name": 1, "password": 2}"#, 422),
  ])
  func `A rejected registration says why`(body: String, status: Int) async throws {
    try await MemberSite().serving { (client) async throws in
      let answer = try await client.ask("POST", "/api/accounts", body)
      #expect(answer.status == status)
      #expect(answer.headers["content-type"] == "application/problem+json")
      #expect(answer.field("detail")?.isEmpty == false)
    }
  }

  @Test func `A name is taken once, by upper and lower case alike`() async throws {
    try await MemberSite().serving { (client) async throws in
      #expect(try await client.ask("POST", "/api/accounts", Self.anna).status == 201)
      #expect(try await client.ask("POST", "/api/accounts", Self.anna.lowercased()).status == 409)
    }
  }

  @Test func `Registration can be closed, or by invitation`() async throws {
    try await MemberSite { $0.registration = .closed }.serving { (client) async throws in
      #expect(try await client.ask("POST", "/api/accounts", Self.anna).status == 403)
      #expect(try await client.get("/account/register/").status == 403)
    }
    try await MemberSite { $0.registration = .invitation }.serving { (client) async throws in
      #expect(try await client.ask("POST", "/api/accounts", Self.anna).status == 403)
    }
  }

  @Test func `Too many login attempts get a time to retry`() async throws {
    try await MemberSite { $0.loginsPerMinute = 2 }.serving { (client) async throws in
      var last: RawClient.Answer?
      for _ in 0..<3 { last = try await client.ask("POST", "/api/sessions", Self.anna) }
      #expect(last?.status == 429)
      #expect(Int(last?.headers["retry-after"] ?? "") ?? 0 > 0)
    }
  }

  @Test func `An account is deleted with its password alone, and with everything`() async throws {
    let site = try MemberSite()
    try await site.serving { (client) async throws in
      let token = try #require(try await client.ask("POST", "/api/accounts", Self.anna).field("token"))
      _ = try await client.ask("PUT", "/api/ratings/1", #"{"stars": 5}"#, token: token)
      #expect(try await client.ask("DELETE", "/api/me", #"{"password": "no"}"#, token: token).status == 403)
      #expect(
        try await client.ask("DELETE", "/api/me", #"{"password": "mild ginger otter"}"#, token: token).status == 204)
      #expect(try await client.ask("GET", "/api/me", token: token).status == 401)
    }
    let store = try RatingStore(path: site.database)
    #expect(try store.accounts().isEmpty)
    #expect(try store.dataset().ratings.count == 3)
    #expect(try store.faults() == [])
  }

  @Test func `A changed password ends the other sessions`() async throws {
    try await MemberSite().serving { (client) async throws in
      let first = try #require(try await client.ask("POST", "/api/accounts", Self.anna).field("token"))
      let second = try #require(try await client.ask("POST", "/api/sessions", Self.anna).field("token"))
      let change = #"{"password": {"old": "mild ginger otter", "new": "wild ginger otter"}}"#
      #expect(try await client.ask("PATCH", "/api/me", change, token: second).status == 200)
      #expect(try await client.ask("GET", "/api/me", token: first).status == 401)
      #expect(try await client.ask("GET", "/api/me", token: second).status == 200)
    }
  }

  @Test func `Files of a member who left are removed at the next start, if they could not be before`() async throws {
    let site = try MemberSite()
    for name in ["anna", "bert"] { _ = try site.token(name, isListed: name == "anna") }
    try site.folder.write("<h1>Bert's films</h1>", to: "output/users/bert/index.html")
    let store = try RatingStore(path: site.database)
    let anna = try #require(try store.account(named: "anna"))
    _ = try store.removeAccount(anna.id)
    try await site.serving { (client) async throws in
      func isThere(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: site.folder.path("output/users/\(name)/index.html"))
      }
      for _ in 0..<200 where isThere("anna") { try await Task.sleep(for: .milliseconds(20)) }
      #expect(!isThere("anna") && isThere("bert"))
      #expect(try await client.get("/users/anna/").status == 404)
    }
  }

  @Test func `A page that is not for everybody is there for its member alone`() async throws {
    let site = try MemberSite()
    let anna = try site.token("anna", isListed: false)
    let bert = try site.token("bert")
    try await site.serving { (client) async throws in
      for path in [
        "/users/anna/", "/users/Anna/index.html", "/api/users/anna.json", "/users/%61nna/", "/users/anna/index.html.gz",
        "/api/users/anna.json.gz", "/api/users/Anna.JSON.gz",
      ] {
        #expect(try await client.get(path).status == 404, "\(path)")
        #expect(try await client.ask("GET", path, token: bert).status == 404, "\(path)")
      }
      let own = try await client.ask("GET", "/users/anna/", token: anna)
      #expect(own.text == "<h1>Anna's films</h1>")
      #expect(own.headers["cache-control"] == "private, no-cache")
    }
  }

  @Test func `Where members are unlisted, a page has a secret address and is there for its member alone`() async throws
  {
    var site = try MemberSite()
    site.settings.site.members = .unlisted
    site.settings.site.memberSecret = "a long random text"
    let name = try #require(site.settings.memberPage(of: .text("anna")))
    #expect(name != "anna" && name.utf8.count >= 16)
    try site.folder.write("<h1>Secret films</h1>", to: "output/users/\(name)/index.html")
    let anna = try site.token("anna")
    let bert = try site.token("bert")
    try await site.serving { (client) async throws in
      #expect(try await client.ask("GET", "/api/me", token: anna).field("page") == "users/\(name)/")
      #expect(try await client.get("/users/\(name)/").status == 404)
      #expect(try await client.ask("GET", "/users/\(name)/", token: bert).status == 404)
      #expect(try await client.ask("GET", "/users/\(name)/", token: anna).text == "<h1>Secret films</h1>")
    }
    site.settings.site.members = .absent
    try await site.serving { (client) async throws in
      let answer = try await client.ask("GET", "/api/me", token: anna)
      #expect(answer.status == 200)
      #expect(answer.field("page") == nil)
    }
  }

  @Test func `Only the owner starts a build`() async throws {
    let site = try MemberSite()
    let member = try site.token("anna")
    try await site.serving { (client) async throws in
      #expect(try await client.ask("POST", "/api/rebuild").status == 401)
      #expect(try await client.ask("POST", "/api/rebuild", token: member).status == 403)
    }
  }

  @Test func `A second server on the same database is refused`() async throws {
    let site = try MemberSite()
    try await site.serving { _ in
      _ = await #expect(throws: EndpointError.self) { try await site.serving { _ in } }
    }
    try await site.serving { (client) async throws in #expect(try await client.get("/readyz").text == "ready\n") }
  }
}
