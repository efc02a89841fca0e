import Endpoint
import Foundation
import Settings
import Site
import TestSupport
import Testing

/// Behind proxies, below a path, under other names.
@Suite("Wherever it runs")
struct PlacementTests {
  private static let form = "application/x-www-form-urlencoded"
  private static let account = "name=anna&password=mild+ginger+otter&listed=yes"

  @Test(
    .slow,
    arguments: [
      // nginx with a port that its Host leaves out; with it; plain http; upper case; a browser that tells nothing else.
      (["Host: films.example", "Origin: http://films.example:8081"], false),
      (["Host: films.example:8081", "Origin: http://films.example:8081"], true),
      (["Host: FILMS.Example", "Origin: http://films.example"], true),
      (["Host: films.example:80", "Origin: http://films.example"], true),
      (
        [
          "Host: 127.0.0.1:8080", "X-Forwarded-Host: films.example:8443", "X-Forwarded-Proto: https",
          "Origin: https://films.example:8443",
        ], true
      ),
      (["Host: films.example", "X-Forwarded-Proto: HTTPS", "Origin: https://films.example"], true),
      (["Host: films.example", "Origin: http://evil.example"], false),
    ])
  func `Members log in with a form, and its token makes up for headers missing behind a proxy`(
    headers: [String], isOwn: Bool
  ) async throws {
    let site = try MemberSite { $0.trustedProxies = ["localhost"] }
    try await site.serving { (client) async throws in
      func ask(_ method: String, _ body: String, _ more: [String]) async throws -> RawClient.Answer {
        let lines =
          ["\(method) /account/register/ HTTP/1.1"] + headers + more
          + ["Connection: close", "Content-Type: \(Self.form)", "Content-Length: \(body.utf8.count)"]
        return try await client.raw(Array((lines.joined(separator: "\r\n") + "\r\n\r\n" + body).utf8))
      }
      let without = try await ask("POST", Self.account, [])
      #expect((without.status == 303) == isOwn, "\(without.status)")
      guard !isOwn else { return }
      let page = try await ask("GET", "", [])
      let cookie = try #require(page.headers["set-cookie"]?.split(separator: ";").first)
      let token = try #require(page.text.components(separatedBy: #"name="token" value=""#).last?.prefix { $0 != "\"" })
      let with = try await ask("POST", Self.account + "&token=\(token)", ["Cookie: \(cookie)"])
      // A page of another host has no use for a token.
      #expect(with.status == (headers.contains { $0.contains("evil") } ? 403 : 303))
    }
  }

  @Test func `A path in front may stay on a request or be taken off`() async throws {
    var site = try MemberSite()
    site.settings.site.url = "https://example.net/films/"
    try site.folder.write("<h1>Heat</h1>", to: "output/movies/1-heat/index.html")
    let token = try site.token("anna")
    try await site.serving { (client) async throws in
      for prefix in ["", "/films"] {
        #expect(try await client.get(prefix + "/").text == "<h1>Home</h1>")
        #expect(try await client.get(prefix + "/movies/1-heat/").text == "<h1>Heat</h1>")
        #expect(try await client.get(prefix + "/movies/1-heat").headers["location"] == "/films/movies/1-heat/")
        #expect(try await client.get(prefix + "/healthz").status == 200)
        #expect(try await client.ask("GET", prefix + "/api/me", token: token).status == 200)
        #expect(
          try await client.get(prefix + "/account/").headers["location"]?.hasPrefix("/films/account/login/") == true)
      }
      #expect(try await client.get("/films").headers["location"] == "/films/")
      #expect(try await client.get("/films/films/").status == 404)
    }
    #expect(site.settings.serveNotes(unknownProxies: []).contains { $0.contains("/films/") })
    #expect(site.settings.serveNotes(unknownProxies: []).contains { $0.contains("trusted-proxies") })
  }

  @Test(arguments: [
    ("https://example.net/films/", "/films"), ("https://example.net/films", "/films"),
    ("https://example.net/clubs/our%20films/", "/clubs/our%20films"), ("https://example.net/", ""),
  ])
  func `Nothing leads out of the path in front, whether it stays on a request or not`(
    url: String, path: String
  ) async throws {
    var site = try MemberSite { $0.trustedProxies = ["127.0.0.1"] }
    site.settings.site.url = url
    try site.folder.write("<h1>Heat</h1>", to: "output/movies/1-heat/index.html")
    try await site.serving { (client) async throws in
      for prefix in Set(["", path]) {
        var cookies: [String] = []
        func ask(_ method: String, _ target: String, _ body: String = "") async throws -> RawClient.Answer {
          let answer = try await client.ask(
            method, prefix + target, body, type: Self.form,
            headers: [
              "X-Forwarded-Host: example.net", "X-Forwarded-Proto: https", "Sec-Fetch-Site: same-origin",
              "Cookie: " + cookies.joined(separator: "; "),
            ])
          if let target = answer.headers["location"] { #expect(target.hasPrefix(path + "/"), "\(prefix): \(target)") }
          return answer
        }
        let name = prefix.isEmpty ? "anna" : "bert"
        #expect(try await ask("GET", "/movies/1-heat").status == 301)
        #expect(try await ask("GET", "/account/").status == 303)
        for page in ["/account/login/", "/account/register/"] {
          let text = try await ask("GET", page).text
          #expect(text.contains(#"action="\#(path)\#(page)""#), "\(text)")
        }
        #expect(try await ask("POST", "/account/register/", "name=\(name)&password=mild+ginger+otter").status == 303)
        let session = try await client.ask(
          "POST", prefix + "/api/sessions", #"{"name": "\#(name)", "password": "mild ginger otter"}"#,
          headers: ["X-Forwarded-Host: example.net", "X-Forwarded-Proto: https"])
        cookies = [String(try #require(session.headers["set-cookie"]).prefix { $0 != ";" })]
        #expect(try await ask("GET", "/account/").status == 200)
        #expect(try await ask("POST", "/account/rate/", "movie=1&stars=4").status == 303)
        #expect(try await ask("GET", "/account/export").text.contains("1,4"))
        #expect(try await ask("POST", "/account/logout/").status == 303)
      }
    }
  }

  @Test func `A login leads back to the page that asked for it`() async throws {
    let site = try MemberSite()
    try await site.serving { (client) async throws in
      let page = try await client.get("/account/rate/?movie=3")
      #expect(page.headers["location"] == "/account/login/?next=/account/rate/%3Fmovie%3D3")
      let sent = try await client.ask(
        "POST", "/account/rate/", "movie=3&stars=4", type: Self.form, headers: ["Sec-Fetch-Site: same-origin"])
      #expect(sent.headers["location"] == "/account/login/?next=/account/rate/%3Fmovie%3D3%26stars%3D4")
      #expect(try await client.get("/account/").headers["location"] == "/account/login/")
    }
  }
}
