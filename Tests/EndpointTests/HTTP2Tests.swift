import Foundation
import TestSupport
import Testing

@Suite(
  "HTTP/2, where the server speaks TLS itself", .serialized, .enabled(if: hasTLSPrograms, "needs openssl and curl"))
struct HTTP2Tests {
  private static func curl(_ site: MemberSite, _ port: Int, _ arguments: [String]) throws -> String {
    try TLSTests.run(
      "curl",
      [
        "-s", "-i", "--http2", "--max-time", "20", "--cacert", site.folder.path("club.pem"), "--resolve",
        "localhost:\(port):127.0.0.1",
      ] + arguments, in: site.folder)
  }

  @Test func `Pages, members and rejections are the same as in HTTP/1`() async throws {
    let site = try TLSTests.site(certificates: ["club"])
    let token = try site.token("anna")
    let large = String(repeating: "1,4\n", count: 300_000)
    try site.folder.write(large, to: "large.csv")
    try await site.serving { (client) async throws in
      let base = "https://localhost:\(client.port)"
      let curl = { (arguments: [String]) in try Self.curl(site, client.port, arguments) }
      #expect(try curl([base + "/nothing/"]).hasPrefix("HTTP/2 404"))
      #expect(try curl(["--head", base + "/"]).contains("content-length: 13\r\n"))
      let saved = try curl([
        "-X", "PUT", "-H", "Authorization: Bearer \(token)", "-H", "Content-Type: application/json", "-d",
        #"{"stars": 4.5}"#, base + "/api/ratings/1",
      ])
      #expect(saved.hasPrefix("HTTP/2 200") && saved.contains(#""saved":1"#))
      // Too long, refused before it has come: in this version no answer ends the connection.
      let refused = try curl([
        "-H", "Authorization: Bearer \(token)", "-H", "Content-Type: text/csv", "--data-binary",
        "@" + site.folder.path("large.csv"), base + "/api/ratings",
      ])
      #expect(refused.hasPrefix("HTTP/2 413") && !refused.lowercased().contains("connection:"))
      // Two requests in one connection; no host, or another than the one that is asked.
      let both = try curl([base + "/", base + "/healthz"])
      #expect(both.components(separatedBy: "HTTP/2 200").count == 3 && both.hasSuffix("ok\n"))
      #expect(try curl(["-H", "Host: a/b", base + "/"]).hasPrefix("HTTP/2 400"))
      // Whoever knows only the older version speaks it.
      #expect(try curl(["--http1.1", base + "/"]).hasPrefix("HTTP/1.1 200"))
    }
  }

  @Test func `Events arrive one by one, and a shutdown ends them`() async throws {
    let site = try TLSTests.site(certificates: ["club"])
    let server = try await ServerProcess(site.folder, ["tls-certificate=club.pem", "tls-key=club.key"])
    let folder = site.folder
    let port = server.client.port
    let listener = Task.detached { try Self.curl(site, port, ["-N", "https://localhost:\(port)/api/events"]) }
    try await Task.sleep(for: .seconds(1))
    #expect(String(decoding: try folder.read("said"), as: UTF8.self).contains("retry: 3000"))
    let start = ContinuousClock.now
    server.process.terminate()
    server.process.waitUntilExit()
    #expect(server.process.terminationStatus == 0)
    #expect(ContinuousClock.now - start < .seconds(5))
    #expect(try await listener.value.hasPrefix("HTTP/2 200"))
  }

  /// The attacks of `http2.py`, which says how each ended and what others got.
  @Test(.slow) func `A hostile client ends only its own streams and connections`() async throws {
    let site = try TLSTests.site(certificates: ["club"])
    let server = try await ServerProcess(
      site.folder, ["tls-certificate=club.pem", "tls-key=club.key", "request-timeout=1"])
    defer { server.process.terminate() }
    let script = SharedData.repository.appendingPathComponent("Benchmarks/endpoint/http2.py").path
    let said = try TLSTests.run(
      "env",
      [
        "python3", script, "--port", "\(server.client.port)", "--server", "\(server.process.processIdentifier)",
        "--seconds", "2",
      ], in: site.folder)
    let lines = Dictionary(
      said.split(separator: "\n").compactMap { line -> (String, String)? in
        let parts = line.split(separator: ":", maxSplits: 1)
        return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
      }, uniquingKeysWith: { $1 })
    // The codes of RFC 9113, section 7: 1 a broken rule, 7 a stream refused, 8 a stream given up, 11 calm down.
    for (attack, ends) in [
      ("reset", ["goaway 11", "goaway 1", "goaway 2"]), ("continuation", ["goaway"]), ("headers", ["goaway"]),
      ("streams", ["reset 7", "reset 8", "goaway"]), ("window", ["reset 8", "goaway"]),
      ("pings", ["goaway", "closed"]),
      ("idle", ["300 of 300"]), ("handshake", ["300 of 300"]),
    ] {
      let line = try #require(lines[attack], "\(said)")
      #expect(ends.contains { line.contains($0) }, "\(attack): \(line)")
      #expect(line.contains(" 0 wrong"), "\(attack): \(line)")
    }
    #expect(server.process.isRunning)
  }
}
