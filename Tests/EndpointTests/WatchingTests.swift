import Endpoint
import Foundation
import Pipeline
import Settings
import TestSupport
import Testing

/// `serve --watch` shows an owner's files as they are: to the owner alone.
@Suite("While a site is edited")
struct WatchingTests {
  private let folder: TemporaryFolder

  /// A site that cannot be built: the place of the fault is beside a secret.
  init() throws {
    folder = try TemporaryFolder()
    try folder.write("user,movie,rating\n1,1,5\n", to: "content/ratings.csv")
    try folder.write(
      "title: Club\ndata: ratings.csv\nmember-secret: never-tell-anybody-this\nmembers: everywhere\n",
      to: "content/site.yaml")
  }

  private func serving<Result: Sendable>(_ body: (RawClient) async throws -> Result) async throws -> Result {
    var options = BuildOptions()
    options.site = folder.url.path
    let live = LiveSite(options, observer: BuildObserver()) { _ in }
    var settings = SiteSettings()
    settings.serve.port = 0
    settings.serve.logLevel = .error
    return try await TestSite.serving(body) { [settings, folder] onReady in
      SiteServer(folder: folder.path("output"), site: nil, settings: settings, live: live, onReady: onReady)
    }
  }

  private func ask(_ client: RawClient, _ path: String, host: String, _ more: [String] = []) async throws
    -> RawClient.Answer
  {
    let lines = ["GET \(path) HTTP/1.1", "Host: \(host)", "Connection: close"] + more
    return try await client.raw(Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8))
  }

  @Test func `Only names that lead nowhere else are answered, and only pages of the site itself`() async throws {
    try await serving { (client) async throws in
      for host in ["localhost:8080", "LOCALHOST", "a.localhost", "127.0.0.1:8080", "[::1]:8080", "192.168.1.5"] {
        #expect(try await ask(client, "/_watch/state", host: host).status == 200, "\(host)")
      }
      for host in ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "evil.example:8080"] {
        for path in ["/", "/_watch/state", "/_watch/script.js"] {
          #expect(try await ask(client, path, host: host).status == 421, "\(host)\(path)")
        }
      }
      for header in [
        "Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site", "Origin: http://evil.example", "Origin: null",
      ] {
        for path in ["/_watch/state", "/_watch/events"] {
          #expect(try await ask(client, path, host: "localhost", [header]).status == 403, "\(header)")
        }
      }
      #expect(try await ask(client, "/_watch/state", host: "localhost", ["Origin: http://localhost"]).status == 200)
    }
  }

  @Test func `A fault shows the lines around it without a secret`() async throws {
    try await serving { (client) async throws in
      var text = ""
      for _ in 0..<200 {
        text = try await ask(client, "/_watch/state", host: "localhost").text
        if text.contains("excerpt") { break }
        try await Task.sleep(for: .milliseconds(50))
      }
      #expect(text.contains("member-secret: …"), "\(text)")
      #expect(!text.contains("never-tell"))
    }
  }
}
