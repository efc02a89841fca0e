import Foundation
import Ratings
import Store
import TestSupport
import Testing

@Suite("Kills", .serialized)
struct KillTests {
  /// What a member knows: what was acknowledged, and what was under way when the server went.
  private struct Memory: Sendable {
    var known: [Int: Float] = [:]
    var pending: (movie: Int, stars: Float)?
    var acknowledged = 0
  }

  /// Rates until the server is gone.
  private static func rate(_ client: RawClient, token: String, memory: Memory) async -> Memory {
    var memory = memory
    memory.pending = nil
    for step in memory.acknowledged... {
      let (movie, stars) = (step % 5 + 1, Float(step % 10 + 1) / 2)
      let answer = try? await client.ask("PUT", "/api/ratings/\(movie)", #"{"stars": \#(stars)}"#, token: token)
      guard answer?.status == 200 else {
        memory.pending = (movie, stars)
        break
      }
      memory.known[movie] = stars
      memory.acknowledged = step + 1
    }
    return memory
  }

  @Test(.slow) func `Acknowledged ratings survive five kills of the server under load`() async throws {
    let site = try MemberSite()
    let names = (0..<6).map { "member-\($0)" }
    let tokens = try names.map { try site.token($0) }
    var memories = names.map { _ in Memory() }
    for pause in [40, 110, 190, 270, 410] {
      let server = try await ServerProcess(site.folder)
      let before = memories
      memories = try await withThrowingTaskGroup(of: (Int, Memory).self) { group in
        for (number, token) in tokens.enumerated() {
          group.addTask { (number, await Self.rate(server.client, token: token, memory: before[number])) }
        }
        try await Task.sleep(for: .milliseconds(pause))
        kill(server.process.processIdentifier, SIGKILL)
        server.process.waitUntilExit()
        var after = before
        for try await (number, memory) in group { after[number] = memory }
        return after
      }
      let store = try RatingStore(path: site.database)
      #expect(try store.faults() == [])
      for (name, memory) in zip(names, memories) {
        let account = try #require(try store.account(named: name))
        var found: [Int: Float] = [:]
        for rating in try store.ratings(ofUser: account.user) {
          found[Int(rating.movie.description) ?? 0] = rating.stars
        }
        var possible = memory.known
        if let pending = memory.pending { possible[pending.movie] = pending.stars }
        #expect(found == memory.known || found == possible, "\(name) after \(pause) ms")
      }
      // What was under way is known now.
      for (number, memory) in memories.enumerated() where memory.pending != nil {
        let account = try #require(try store.account(named: names[number]))
        for rating in try store.ratings(ofUser: account.user) {
          memories[number].known[Int(rating.movie.description) ?? 0] = rating.stars
        }
      }
    }
    #expect(memories.allSatisfy { $0.acknowledged > 0 })
  }

  @Test func `A list whose worker dies at once is put off, and pages are served as ever`() async throws {
    let site = try MemberSite()
    let token = try site.token("anna")
    let server = try await ServerProcess(site.folder, worker: "/bin/false")
    defer { server.process.terminate() }
    for path in ["/api/similar/1", "/api/recommendations"] {
      let answer = try await server.client.ask("GET", path, token: token)
      #expect(answer.status == 503)
      #expect(answer.headers["retry-after"] == "10")
    }
    #expect(try await server.client.get("/").status == 200)
  }

  @Test func `A second process on the same database is refused with the first one's number`() async throws {
    let site = try MemberSite()
    let server = try await ServerProcess(site.folder)
    let second = try MarqueeProcess.run(["serve", "--site", site.folder.url.path, "--port", "0"])
    #expect(second.status == 1)
    #expect(second.errors.contains("another server uses this database (process \(server.process.processIdentifier))"))
    #expect(try await server.client.get("/healthz").status == 200)
    server.process.terminate()
    server.process.waitUntilExit()
    #expect(server.process.terminationStatus == 0)
  }

  @Test func `The log has requests and no password, token or cookie`() async throws {
    let site = try MemberSite()
    let token = try site.token("anna")
    let server = try await ServerProcess(site.folder, ["log-level=debug"])
    _ = try await server.client.ask(
      "POST", "/api/accounts?password=query-secret", #"{"name": "bert", "password": "mild ginger otter"}"#)
    _ = try await server.client.ask("PUT", "/api/ratings/1", #"{"stars": 5}"#, token: token)
    _ = try await server.client.get("/account/", ["Cookie: marquee-session=\(token)"])
    let answer = try await server.client.get("/api/me\u{1b}[2J", ["Cookie: marquee-session=\(token)"])
    #expect(answer.status == 404 || answer.status == 400)
    server.process.terminate()
    server.process.waitUntilExit()
    let log = String(decoding: try site.folder.read("errors"), as: UTF8.self)
    #expect(log.contains("path=/api/ratings/1"))
    #expect(log.contains("status=201"))
    for secret in ["otter", "query-secret", token, "\u{1b}"] { #expect(!log.contains(secret)) }
  }
}
