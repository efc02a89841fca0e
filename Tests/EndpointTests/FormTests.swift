import Ratings
import Settings
import Site
import Store
import TestSupport
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

@Suite("Pages of members, without scripts")
struct FormTests {
  private static let form = "application/x-www-form-urlencoded"
  private static let own = ["Sec-Fetch-Site: same-origin"]

  @Test func `A visitor becomes a member, rates a film and exports their ratings`() async throws {
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
      #expect(found.text.contains("<legend><bdi>Amélie</bdi></legend>"))
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

  @Test func `A form from a browser without origin headers needs its hidden token`() async throws {
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

  @Test func `Pages are in the language of the site, and programs are answered in English`() async throws {
    var site = try MemberSite()
    site.settings.site.language = "de"
    let token = try site.token("anna")
    try await site.serving { (client) async throws in
      let cookie = ["Cookie: marquee-session=\(token)"]
      let login = try await client.get("/account/login/")
      #expect(login.text.contains("<title>Anmelden</title>") && login.text.contains("<label>Passwort "))
      let account = try await client.get("/account/?done=refresh", cookie)
      #expect(account.text.contains("<h1>Hallo, anna</h1>") && account.text.contains("Deine Empfehlungen sind neu."))
      #expect(account.text.contains("Du hast noch keinen Film bewertet."))
      let saved = try await client.ask(
        "POST", "/account/rate/", "movie=3&stars=4.5", type: Self.form, headers: cookie + Self.own)
      #expect(saved.headers["location"] == "/account/rate/?saved=1&movie=3")
      let rated = try await client.get("/account/rate/?saved=1&movie=3", cookie)
      #expect(rated.text.contains("Gespeichert. Deine Liste wird erneuert."))
      #expect(rated.text.contains("value=\"4.5\" aria-label=\"4,5 Sterne\" aria-pressed=\"true\">4,5<"))
      #expect(rated.text.contains("aria-label=\"1 Stern\""))
      #expect(try await client.get("/account/", cookie).text.contains("Du hast 1 Film bewertet."))

      let wrong = try await client.ask(
        "POST", "/account/login/", "name=anna&password=x", type: Self.form, headers: Self.own)
      #expect(wrong.status == 401 && wrong.text.contains("Name oder Passwort ist falsch."))
      let short = try await client.ask(
        "POST", "/account/register/", "name=bert&password=x", type: Self.form, headers: Self.own)
      #expect(short.status == 422 && short.text.contains("nimm mindestens 10 Zeichen"))
      let unknown = try await client.ask(
        "POST", "/account/rate/", "movie=99&stars=4", type: Self.form, headers: cookie + Self.own)
      #expect(unknown.status == 404 && unknown.text.contains("<h1>Das geht nicht</h1>"))
      let program = try await client.ask("POST", "/api/sessions", #"{"name": "anna", "password": "x"}"#)
      #expect(program.status == 401 && program.field("detail") == "name or password is wrong")
    }
  }

  @Test func `A session that ended on the way keeps the film and the stars that were chosen`() async throws {
    let site = try MemberSite()
    try await site.serving { (client) async throws in
      let ended = ["Cookie: marquee-session=\(String(repeating: "ab", count: 32))"]
      let sent = try await client.ask(
        "POST", "/account/rate/", "movie=2&stars=3.5&q=", type: Self.form, headers: ended + Self.own)
      let login = try #require(sent.headers["location"])
      #expect(sent.status == 303 && login.hasPrefix("/account/login/?next="))
      let next = "/account/rate/?movie=2&stars=3.5"
      #expect(login.hasSuffix("movie%3D2%26stars%3D3.5"), "\(login)")
      let page = try await client.get(login)
      #expect(page.text.contains("name=\"next\" value=\"\(next.replacing("&", with: "&amp;"))\""))
      // After the login: nothing is saved by a link, the choice is shown and one press away.
      let cookie = ["Cookie: marquee-session=\(try site.token("anna"))"]
      let film = try await client.get(next, cookie)
      #expect(film.text.contains("You chose 3.5 stars before your session ended."))
      #expect(film.text.contains("value=\"3.5\" aria-label=\"3.5 stars\" aria-pressed=\"false\" autofocus>"))
      #expect(film.text.components(separatedBy: "autofocus").count == 2)
      let kept = try await client.get("/api/ratings/2", cookie)
      #expect(kept.status == 404)
      for odd in ["99", "x", "-1", "nan", "4.2", "%3Cb%3E"] {
        let page = try await client.get("/account/rate/?movie=2&stars=\(odd)", cookie)
        #expect(page.status == 200 && !page.text.contains("autofocus") && !page.text.contains("You chose"), "\(odd)")
      }
    }
  }

  @Test func `Pages that no build has framed name their language and its direction`() async throws {
    var site = try MemberSite()
    site.settings.site.language = "he"
    try FileManager.default.removeItem(atPath: site.folder.path("output/account/index.html"))
    try await site.serving { (client) async throws in
      let page = try await client.get("/account/login/")
      #expect(page.text.contains("<html lang=\"he\" dir=\"rtl\">") && page.text.contains("<h1>כניסה</h1>"))
    }
  }
}
