import Deployment
import Fetching
import FilmFacts
import Foundation
import Ratings
import TestSupport
import Testing
import Web

private let hasSecretServer =
  ["/usr/bin/openssl", "/usr/bin/env"].allSatisfy { FileManager.default.isExecutableFile(atPath: $0) }

/// What is asked for in secret and led elsewhere in the open.
@Suite(.serialized, .enabled(if: hasSecretServer, "needs openssl and python3")) struct DowngradeTests {
  private let folder: TemporaryFolder
  /// Where an open answer would come from.
  private let open: LoopbackServer
  private let secret: SecretServer
  private var client: WebClient

  init() throws {
    folder = try TemporaryFolder()
    open = try LoopbackServer { _ in .init(body: Array("taken in the open".utf8)) }
    secret = try SecretServer(leadingTo: open.address, in: folder)
    client = WebClient(userAgent: "test", stallTimeout: 5, retries: 0) { _ in }
    client.authorities = secret.authorities
  }

  /// The server is believed and answers, so that what fails below fails for the redirect alone.
  @Test func `a redirect to another address in secret is followed`() throws {
    #expect(try client.require(WebRequest(secret.address + "/stay")).text == "kept in secret")
    #expect(try client.require(WebRequest(open.address)).text == "taken in the open")
  }

  @Test(arguments: ["GET", "HEAD", "PUT", "DELETE"])
  func `no request that began in secret goes on in the open`(method: String) throws {
    var request = WebRequest(secret.address + "/x")
    request.method = method
    #expect(throws: WebError.self) { try client.send(request) }
    #expect(open.requests.isEmpty)
  }

  @Test func `neither a download, its rest nor its checksum comes in the open`() throws {
    let path = folder.path("x.zip")
    #expect(throws: WebError.self) {
      try client.download(secret.address + "/x.zip", to: path, checksum: nil) { _, _ in }
    }
    try folder.write([1, 2, 3], to: "x.zip.part")
    #expect(throws: WebError.self) {
      try client.download(secret.address + "/x.zip", to: path, checksum: nil) { _, _ in }
    }
    for set in PublicDataSet.all {
      #expect(throws: (any Error).self) {
        _ = try set.fetch(into: folder.path, mirror: secret.address, client: client) { _, _ in }
      }
    }
    #expect(open.requests.isEmpty)
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test func `neither facts nor pictures of films come in the open`() throws {
    let movies = [Movie(id: .number(1), title: "Heat", year: 1995)]
    let services: [any FilmService] = [
      TMDbService(key: "key", base: secret.address + "/3", images: secret.address + "/t"),
      OMDbService(key: "key", base: secret.address + "/"),
    ]
    for service in services {
      let enrichment = try Enrichment(
        cache: folder.path("cache"), output: folder.path("facts"), posters: folder.path("posters"),
        services: [service], client: client)
      #expect(throws: (any Error).self) { try enrichment.run(on: movies, scale: .halfStars, limit: 1) { _ in } }
    }
    #expect(open.requests.isEmpty)
  }

  @Test func `nothing is sent to a bucket, or listed, in the open`() throws {
    try folder.write("home", to: "site/index.html")
    let deployment = Deployment(
      site: folder.path("site"), client: client,
      environment: ["AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret"], now: { 1_369_353_600 })
    #expect(throws: (any Error).self) {
      try deployment.send(
        to: .s3(S3Bucket(name: "club", endpoint: secret.address)),
        options: DeploymentOptions { _, _ in })
    }
    #expect(open.requests.isEmpty)
  }
}

/// A server with TLS that leads everybody to an address without it.
private final class SecretServer {
  let address: String
  /// The file with its certificate.
  let authorities: String
  private let process = Process()
  /// The server ends when this closes.
  private let input = Pipe()

  struct NotReady: Error {}

  init(leadingTo target: String, in folder: TemporaryFolder) throws {
    authorities = folder.path("server.pem")
    let key = Process()
    key.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
    key.arguments = [
      "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
      "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", folder.path("server.key"), "-out",
      authorities,
    ]
    key.standardError = FileHandle.nullDevice
    try key.run()
    key.waitUntilExit()
    let program = """
      import http.server, os, ssl, sys, threading
      class Answer(http.server.BaseHTTPRequestHandler):
          def lead(self):
              self.rfile.read(int(self.headers.get("Content-Length") or 0))
              if self.path == "/end":
                  self.send_response(200); self.send_header("Content-Length", "14"); self.end_headers()
                  self.wfile.write(b"kept in secret")
                  return
              self.send_response(302)
              self.send_header("Location", "/end" if self.path == "/stay" else sys.argv[1] + self.path)
              self.send_header("Content-Length", "0"); self.end_headers()
          do_GET = do_HEAD = do_PUT = do_DELETE = lead
          def log_message(self, *words): pass
      server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
      context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
      context.load_cert_chain(sys.argv[2], sys.argv[3])
      server.socket = context.wrap_socket(server.socket, server_side=True)
      # Nobody is left where the tests end early.
      threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
      print(server.server_port, flush=True)
      server.serve_forever()
      """
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", program, target, authorities, folder.path("server.key")]
    let output = Pipe()
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let words = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    guard let port = Int(words.trimmingCharacters(in: .whitespacesAndNewlines)) else {
      process.terminate()
      throw NotReady()
    }
    address = "https://localhost:\(port)"
  }

  deinit { try? input.fileHandleForWriting.close() }
}
