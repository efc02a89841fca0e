import Foundation
import TestSupport
import Testing

@Suite("The log", .serialized)
struct LogTests {
  /// What terminals take for commands stands in no line, nor anything that begins another line.
  @Test(arguments: ["text", "json"])
  func `It contains no control characters from clients`(format: String) async throws {
    let site = try MemberSite()
    let server = try await ServerProcess(site.folder, ["log-level=info", "log-format=\(format)"])
    for code in ["%C2%9B31m", "%C2%85x", "%C2%9D0;title%C2%9C", "a%E2%80%A8b"] {
      #expect(try await server.client.get("/api/\(code)").status == 404)
      #expect(try await server.client.get("/api/ratings/\(code)").status == 401)
    }
    for address in ["\u{9b}31m", "\u{1b}[31m"] {
      _ = try? await server.client.get("/api/me", ["X-Forwarded-For: \(address)"])
    }
    server.process.terminate()
    server.process.waitUntilExit()
    let log = String(decoding: try site.folder.read("errors"), as: UTF8.self)
    #expect(log.contains("\\u009b31m"))
    let controls = log.unicodeScalars.filter { $0 != "\n" && ($0.value < 0x20 || 0x7f...0x9f ~= $0.value) }
    #expect(controls.isEmpty)
    // Each line is one event: nobody can write one.
    let lines = log.split(separator: "\n").dropFirst()
    #expect(lines.allSatisfy { $0.hasPrefix(format == "json" ? "{\"time\"" : "20") })
  }
}
