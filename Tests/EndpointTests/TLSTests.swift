import Endpoint
import Foundation
import Settings
import TestSupport
import Testing

let hasTLSPrograms =
  ProcessInfo.processInfo.environment["CI"] == "true"
  || ["/usr/bin/openssl", "/usr/bin/curl"].allSatisfy { FileManager.default.isExecutableFile(atPath: $0) }

@Suite(
  "Certificates of the server itself", .serialized,
  .enabled(if: hasTLSPrograms, "needs openssl and curl"))
struct TLSTests {
  static func run(_ program: String, _ arguments: [String], in folder: TemporaryFolder) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/" + program)
    process.arguments = arguments
    try folder.write("", to: "said")
    process.standardOutput = FileHandle(forWritingAtPath: folder.path("said"))
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return String(decoding: try folder.read("said"), as: UTF8.self)
  }

  /// A site whose folder holds `name.pem` and `name.key`.
  static func site(certificates names: [String]) throws -> MemberSite {
    let site = try MemberSite {
      $0.tlsCertificate = "club.pem"
      $0.tlsKey = "club.key"
    }
    for name in names {
      _ = try run(
        "openssl",
        [
          "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
          "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", site.folder.path("\(name).key"),
          "-out", site.folder.path("\(name).pem"),
        ], in: site.folder)
    }
    return site
  }

  @Test func `Pages and logins go through TLS, and cookies stay in it`() async throws {
    let site = try Self.site(certificates: ["club"])
    try await site.serving { client in
      let port = client.port
      let curl = { (arguments: [String]) in
        try Self.run(
          "curl",
          [
            "-s", "-i", "--max-time", "20", "--cacert", site.folder.path("club.pem"), "--resolve",
            "localhost:\(port):127.0.0.1",
          ] + arguments, in: site.folder)
      }
      let page = try curl(["https://localhost:\(port)/"])
      #expect(page.hasPrefix("HTTP/2 200") && page.contains("<h1>Home</h1>"))
      // Whoever came here in secret once comes so again; the same in the older version of HTTP, of answers of any kind.
      for (path, version) in [("/", "--http2"), ("/", "--http1.1"), ("/nothing/", "--http1.1"), ("/api/me", "--http2")]
      {
        let answer = try curl([version, "https://localhost:\(port)\(path)"]).lowercased()
        #expect(answer.contains("strict-transport-security: max-age=31536000\r\n"), "\(path) by \(version)")
      }
      let opened = try curl([
        "-H", "Content-Type: application/x-www-form-urlencoded", "-H", "Origin: https://localhost:\(port)", "-d",
        "name=berta&password=a+quiet+evening", "https://localhost:\(port)/account/register",
      ])
      let form = try curl(["https://localhost:\(port)/account/register"])
      #expect((form + opened).contains("Secure"))
      // Without TLS there is no answer, and the server goes on.
      #expect(try curl(["http://localhost:\(port)/"]).isEmpty)
      #expect(try curl(["https://localhost:\(port)/healthz"]).hasPrefix("HTTP/2 200"))
    }
  }

  @Test func `An invalid certificate or key prevents the start and is named`() async throws {
    let site = try Self.site(certificates: ["club", "other"])
    var settings = site.settings.serve
    let check = { (settings: ServeSettings) throws(EndpointError) in
      do { try SiteServer.checkCertificate(settings, of: SiteFolder(site.folder.url.path)) } catch let error
        as EndpointError
      {
        throw error
      } catch { throw EndpointError.failed(reason: "\(error)") }
    }
    #expect(throws: Never.self) { try check(settings) }
    settings.tlsKey = "other.key"
    #expect(
      throws: EndpointError.keyOfAnother(
        certificate: site.folder.path("club.pem"), key: site.folder.path("other.key"))
    ) { try check(settings) }
    settings.tlsKey = ""
    #expect(throws: EndpointError.halfCertificate) { try check(settings) }
    settings.tlsKey = "none.key"
    #expect { try check(settings) } throws: { "\($0)".contains("none.key: is not an unencrypted key in PEM form") }
    settings.tlsCertificate = "club.key"
    #expect { try check(settings) } throws: { "\($0)".contains("club.key: is not a certificate chain") }
  }
}
