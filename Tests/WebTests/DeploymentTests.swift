import Deployment
import Foundation
import Synchronization
import TestSupport
import Testing
import Web

/// Sending a site to places that stand for real ones.
@Suite(.serialized) struct DeploymentTests {
  let folder: TemporaryFolder
  let actions = Log()

  final class Log: Sendable {
    private let lines = Mutex<[String]>([])
    func add(_ line: String) { lines.withLock { $0.append(line) } }
    var all: [String] { lines.withLock { $0 } }
  }

  init() throws {
    folder = try TemporaryFolder()
    for (name, text) in [
      ("index.html", "home"), ("assets/site.123.css", "css"), ("movies/1/index.html", "film"),
      ("api/movies/1.json", "{}"),
      ("sitemap.xml", "<urlset/>"), ("users/a b/index.html", "a & b"),
    ] { try folder.write(text, to: "site/\(name)") }
  }

  private var deployment: Deployment {
    Deployment(
      site: folder.path("site"), client: WebClient(userAgent: "test", retries: 0) { _ in },
      environment: ["AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret"], now: { 1_369_353_600 })
  }

  private func options(isDryRun: Bool = false) -> DeploymentOptions {
    let actions = actions
    var options = DeploymentOptions(contentType: { $0.hasSuffix(".html") ? "text/html" : "text/plain" }) {
      actions.add("\($0) \($1)")
    }
    options.isDryRun = isDryRun
    return options
  }

  @Test func `a folder gets what pages need before pages, and loses last what is gone`() throws {
    let target = DeploymentTarget.folder(path: folder.path("www"))
    #expect(try deployment.send(to: target, options: options()).sent == 6)
    #expect(
      actions.all == [
        "send api/movies/1.json", "send assets/site.123.css", "send movies/1/index.html", "send users/a b/index.html",
        "send index.html", "send sitemap.xml",
      ])
    try FileManager.default.removeItem(atPath: folder.path("site/users"))
    try folder.write("film two", to: "site/movies/1/index.html")
    let outcome = try deployment.send(to: target, options: options())
    #expect(outcome == DeploymentOutcome(sent: 1, bytes: 8, kept: 4, removed: 1))
    #expect(actions.all.suffix(2) == ["send movies/1/index.html", "remove users/a b/index.html"])
    #expect(try folder.contents(of: "www") == folder.contents(of: "site"))
    #expect(!FileManager.default.fileExists(atPath: folder.path("www/users")))
  }

  @Test func `a dry run says the same and does nothing`() throws {
    let outcome = try deployment.send(to: .folder(path: folder.path("www")), options: options(isDryRun: true))
    #expect(outcome.sent == 6)
    #expect(actions.all.count == 6)
    #expect(!FileManager.default.fileExists(atPath: folder.path("www")))
  }

  @Test func `a folder full of foreign files is not emptied by mistake`() throws {
    for number in 0..<10 { try folder.write("letter", to: "home/\(number).txt") }
    #expect(throws: DeploymentError.manyRemovals(target: folder.path("home"), removals: 10, of: 10)) {
      try deployment.send(to: .folder(path: folder.path("home")), options: options())
    }
    #expect(try folder.contents(of: "home").count == 10)
    #expect(throws: DeploymentError.self) {
      try deployment.send(to: .folder(path: folder.path("site/public")), options: options())
    }
  }

  @Test func `a branch gets one commit where something changed`() throws {
    let origin = folder.path("origin.git")
    try #require(Self.git("init", "-q", "--bare", origin) == 0)
    let target = DeploymentTarget.branch(remote: origin, branch: "gh-pages")
    #expect(try deployment.send(to: target, options: options()).sent == 6)
    #expect(try deployment.send(to: target, options: options()).sent == 0)
    try folder.write("home two", to: "site/index.html")
    #expect(try deployment.send(to: target, options: options()).sent == 1)
    try #require(Self.git("clone", "-q", "-b", "gh-pages", origin, folder.path("clone")) == 0)
    let files = try folder.contents(of: "clone").filter { !$0.key.hasPrefix(".git/") }
    #expect(files.keys.sorted() == (try folder.contents(of: "site").keys + [".nojekyll"]).sorted())
    #expect(files["index.html"] == Data("home two".utf8))
  }

  private static func git(_ arguments: String...) -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["git"] + arguments
    try? process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }

  @Test func `a program that fails says why`() {
    #expect {
      try deployment.send(to: .branch(remote: folder.path("nowhere"), branch: "x"), options: options())
    } throws: { "\($0)".hasPrefix("git failed: ") }
  }

  /// The example "GET Object" of Amazon's documentation of the signature.
  @Test func `a signature is the documented one`() throws {
    let signer = try #require(
      RequestSigner(
        environment: [
          "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE",
          "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        ], region: "us-east-1"))
    var request = WebRequest("https://examplebucket.s3.amazonaws.com/test.txt")
    request.headers = [("range", "bytes=0-9")]
    signer.sign(
      &request, host: "examplebucket.s3.amazonaws.com", path: "/test.txt", query: [],
      digest: SHA256Digest.hex(of: []), time: 1_369_353_600)
    let header = request.headers.first { $0.name == "Authorization" }?.value ?? ""
    #expect(header.hasSuffix("Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"))
  }

  @Test func `a bucket gets what differs, in order, and keys outside the prefix stay`() throws {
    let bucket = Bucket([
      "other.txt": Array("mine".utf8), "films/old.html": [1], "films/index.html": Array("home".utf8),
    ])
    let server = try LoopbackServer { bucket.answer($0) }
    let target = DeploymentTarget.s3(S3Bucket(name: "club", endpoint: server.address, prefix: "films"))
    let outcome = try deployment.send(to: target, options: options())
    #expect(outcome.sent == 5)
    #expect(outcome.kept == 1)
    #expect(outcome.removed == 1)
    let keys = bucket.objects.keys.sorted()
    #expect(
      keys == [
        "films/api/movies/1.json", "films/assets/site.123.css", "films/index.html", "films/movies/1/index.html",
        "films/sitemap.xml", "films/users/a b/index.html", "other.txt",
      ])
    let puts = server.requests.filter { $0.method == "PUT" }.map(\.path)
    #expect(Set(puts.prefix(2)) == ["/club/films/api/movies/1.json", "/club/films/assets/site.123.css"])
    #expect(puts.last == "/club/films/sitemap.xml")
    #expect(puts.contains("/club/films/users/a%20b/index.html"))
    #expect(server.requests.last?.method == "DELETE")
    #expect(server.requests.allSatisfy { $0.headers["authorization"]?.contains("Signature=") == true })
    let css = server.requests.first { $0.path.hasSuffix(".css") }
    #expect(css?.headers["cache-control"]?.contains("immutable") == true)
    #expect(try deployment.send(to: target, options: options()).sent == 0)
  }

  @Test func `a bucket of more than a page is listed whole`() throws {
    let bucket = Bucket([:], pageSize: 2)
    let server = try LoopbackServer { bucket.answer($0) }
    let target = DeploymentTarget.s3(S3Bucket(name: "club", endpoint: server.address))
    #expect(try deployment.send(to: target, options: options()).sent == 6)
    #expect(
      try deployment.send(to: target, options: options()) == DeploymentOutcome(sent: 0, bytes: 0, kept: 6, removed: 0))
  }

  @Test func `a refusal names the status and no key is no crash`() throws {
    let server = try LoopbackServer { _ in .text("<Error/>", status: 403) }
    #expect {
      try deployment.send(to: .s3(S3Bucket(name: "club", endpoint: server.address)), options: options())
    } throws: { "\($0)".contains("403") && "\($0)".contains("credentials") }
    let bare = Deployment(
      site: folder.path("site"), client: WebClient(userAgent: "test") { _ in }, environment: [:], now: { 0 })
    #expect(throws: DeploymentError.credentialsMissing) {
      try bare.send(to: .s3(S3Bucket(name: "club")), options: options())
    }
  }
}

/// What a bucket does as far as a deployment sees it.
final class Bucket: Sendable {
  private let stored: Mutex<[String: [UInt8]]>
  private let pageSize: Int

  init(_ objects: [String: [UInt8]], pageSize: Int = 1000) {
    stored = Mutex(objects)
    self.pageSize = pageSize
  }

  var objects: [String: [UInt8]] { stored.withLock { $0 } }

  func answer(_ request: LoopbackServer.Request) -> LoopbackServer.Response {
    let path = request.path.removingPercentEncoding ?? ""
    guard path.hasPrefix("/club/") else { return .text("<Error/>", status: 404) }
    let key = String(path.dropFirst("/club/".count))
    return stored.withLock { objects in
      switch request.method {
      case "PUT":
        objects[key] = request.body
        return .init()
      case "DELETE":
        objects[key] = nil
        return .init(status: 204)
      default:
        let prefix = request.query("prefix") ?? ""
        let keys = objects.keys.filter { $0.hasPrefix(prefix) }.sorted()
        let start = Int(request.query("continuation-token") ?? "0") ?? 0
        let page = keys.dropFirst(start).prefix(pageSize)
        var text = "<?xml version=\"1.0\"?><ListBucketResult>"
        for key in page {
          let folder = try? TemporaryFolder()
          let file = try? folder?.write(objects[key] ?? [], to: "x")
          let sum = try? Checksum("00000000000000000000000000000000")?.digits(ofFile: file ?? "")
          text += "<Contents><Key>\(key.replacing("&", with: "&amp;"))</Key><ETag>&quot;\(sum ?? "")&quot;</ETag>"
          text += "<Size>\(objects[key]?.count ?? 0)</Size></Contents>"
        }
        if start + page.count < keys.count {
          text += "<NextContinuationToken>\(start + page.count)</NextContinuationToken>"
        }
        return .text(text + "</ListBucketResult>")
      }
    }
  }
}
