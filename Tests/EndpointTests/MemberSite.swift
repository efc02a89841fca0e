import Credentials
import Endpoint
import Ratings
import Settings
import Site
import Store
import TestSupport

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A small site with an endpoint and a database, which no build has touched.
struct MemberSite {
  let folder: TemporaryFolder
  var settings: SiteSettings
  var database: String { SiteFolder(folder.url.path).database }

  /// Movies 1...5 and imported users 1...3.
  init(_ change: (inout ServeSettings) -> Void = { _ in }) throws {
    folder = try TemporaryFolder()
    for (name, text) in [
      ("output/index.html", "<h1>Home</h1>"), ("output/404.html", "<h1>Lost</h1>"), ("output/build.json", "{}"),
      ("output/users/anna/index.html", "<h1>Anna's films</h1>"), ("output/api/users/anna.json", "{}"),
      ("content/site.yaml", "title: Club\ndata: ratings.csv\nendpoint: /\n"),
      (
        "output/account/index.html",
        "<!doctype html><html><head><title>x</title></head><body><!--account-->-<!--/account--></body></html>"
      ),
    ] { try folder.write(text, to: name) }
    settings = SiteSettings()
    settings.site.endpoint = "/"
    settings.serve.port = 0
    settings.serve.rebuildQuiet = 86_400
    settings.serve.rebuildWait = 86_400
    settings.serve.logLevel = .error
    change(&settings.serve)
    try FileManager.default.createDirectory(atPath: folder.path(".marquee"), withIntermediateDirectories: true)
    try RatingStore(path: database).replaceImported(
      with: Dataset(
        users: (1...3).map { User(id: .number($0)) },
        movies: (1...5).map {
          Movie(id: .number($0), title: ["Heat", "Alien", "Amélie", "Brazil", "Persona"][Int($0) - 1])
        },
        ratings: RatingTable(users: [0, 1, 2], movies: [0, 1, 2], values: [3.5, 4, 5], times: [1, 1, 1]),
        scale: .halfStars))
  }

  /// An account with a session, past the limits of the interface.
  func token(_ name: String, role: Account.Role = .member, isListed: Bool = true) throws -> String {
    let store = try RatingStore(path: database)
    let hash = try PasswordHash(of: "a quiet evening", cost: ScryptCost(n: 16, r: 1, p: 1)).description
    let now = Int(Date().timeIntervalSince1970)
    let account = try store.addAccount(
      NewAccount(name: name, password: hash, role: role, isListed: isListed), now: now)
    let token = SecretToken()
    try store.addSession(digest: token.digest, account: account.id, kind: .token, now: now, expires: now + 1000)
    return token.text
  }

  func serving<Result: Sendable>(_ body: (RawClient) async throws -> Result) async throws -> Result {
    let site = SiteFolder(folder.url.path)
    return try await TestSite.serving(body) { onReady in
      SiteServer(folder: site.output, site: site, settings: settings, onReady: onReady)
    }
  }
}

extension RawClient {
  /// A request with a body.
  func ask(
    _ method: String, _ target: String, _ body: String = "", token: String? = nil, type: String = "application/json",
    headers: [String] = []
  ) async throws -> Answer {
    try await ask(method, target, bytes: Array(body.utf8), token: token, type: type, headers: headers)
  }

  func ask(
    _ method: String, _ target: String, bytes: [UInt8], token: String? = nil, type: String = "application/json",
    headers: [String] = []
  ) async throws -> Answer {
    var lines = ["\(method) \(target) HTTP/1.1", "Host: localhost", "Connection: close"] + headers
    if let token { lines.append("Authorization: Bearer \(token)") }
    if !bytes.isEmpty || method != "GET" { lines += ["Content-Type: \(type)", "Content-Length: \(bytes.count)"] }
    return try await raw(Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + bytes)
  }
}

extension RawClient.Answer {
  /// A member of the JSON object in the body, as text.
  func field(_ name: String) -> String? {
    guard let object = try? JSONDecoder().decode([String: Field].self, from: Data(body)) else { return nil }
    return object[name]?.text
  }

  private struct Field: Decodable {
    let text: String

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let number = try? container.decode(Double.self) {
        text = number == number.rounded() ? "\(Int(number))" : "\(number)"
      } else if let flag = try? container.decode(Bool.self) {
        text = "\(flag)"
      } else {
        text = (try? container.decode(String.self)) ?? ""
      }
    }
  }
}
