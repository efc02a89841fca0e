import Pipeline
import Ratings
import Store
import Testing

@Suite("Pages of members, without scripts")
struct FormTests {
  private static let form = "application/x-www-form-urlencoded"
  private static let own = ["Sec-Fetch-Site: same-origin"]

  @Test func `Somebody becomes a member, rates a film and takes their ratings along`() async throws {
    let site = try MemberSite()
    try await site.serving { (client) async throws in
      let page = try await client.get("/account/register/")
      #expect(page.status == 200)
      #expect(page.text.contains("<title>Become a member</title>"))
      let made = try await client.ask(
        "POST", "/account/register/", "name=anna&password=mild+ginger+otter", type: Self.form, headers: Self.own)
      #expect(made.status == 303)
      #expect(made.headers["location"] == "/account/rate/")
      let token = try site.token("bert")
      let cookie = ["Cookie: marquee-session=\(token)"]
      let found = try await client.get("/account/rate/?q=am%C3%A9lie", cookie)
      #expect(found.text.contains("<legend>Amélie</legend>"))
      let saved = try await client.ask(
        "POST", "/account/rate/", "movie=3&stars=4.5&q=am", type: Self.form, headers: cookie + Self.own)
      #expect(saved.headers["location"] == "/account/rate/?saved=1&q=am")
      #expect(try await client.get("/account/", cookie).text.contains("You have rated 1 film."))
      #expect(try await client.get("/account/export/?format=csv", cookie).text.contains("3,4.5,"))
      let out = try await client.ask("POST", "/account/logout/", type: Self.form, headers: cookie + Self.own)
      #expect(out.status == 303)
      #expect(try await client.get("/account/", cookie).headers["location"] == "/account/login/")
    }
  }

  @Test func `A form from a browser that tells nothing needs its hidden token`() async throws {
    let site = try MemberSite()
    let token = try site.token("anna")
    try await site.serving { (client) async throws in
      let session = "Cookie: marquee-session=\(token)"
      let page = try await client.get("/account/rate/?movie=1", [session])
      let cookie = try #require(page.headers["set-cookie"]?.split(separator: ";").first)
      let hidden = try #require(page.text.split(separator: "name=\"token\" value=\"").dropFirst().first?.prefix(64))
      let both = ["\(session); \(cookie)"]
      let body = "movie=1&stars=5&token="
      #expect(try await client.ask("POST", "/account/rate/", body, type: Self.form, headers: both).status == 403)
      #expect(
        try await client.ask("POST", "/account/rate/", body + hidden, type: Self.form, headers: [session]).status == 403
      )
      #expect(
        try await client.ask("POST", "/account/rate/", body + hidden, type: Self.form, headers: both).status == 303)
    }
    #expect(try RatingStore(path: site.database).submissionCounts().submitted == 1)
  }

  @Test func `A wrong password leaves the name in the form, and says nothing more`() async throws {
    try await MemberSite().serving { (client) async throws in
      let answer = try await client.ask(
        "POST", "/account/login/", "name=%22%3E%3Cb%3E&password=x", type: Self.form, headers: Self.own)
      #expect(answer.status == 401)
      #expect(answer.text.contains("Name or password is wrong."))
      #expect(!answer.text.contains("<b>"))
    }
  }
}
