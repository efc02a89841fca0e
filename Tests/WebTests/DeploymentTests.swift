import Deployment
import Foundation
import Platform
import Publishing
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

  private var deployment: Deployment { deployment() }

  private func deployment(_ environment: [String: String] = [:]) -> Deployment {
    let keys = ["AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret"]
    let inherited = ProcessInfo.processInfo.environment.filter { ["PATH", "HOME"].contains($0.key) }
    return Deployment(
      site: folder.path("site"), client: WebClient(userAgent: "test", retries: 0) { _ in },
      environment: inherited.merging(keys) { $1 }.merging(environment) { $1 }, now: { 1_369_353_600 })
  }

  /// What lies in a place, without Marquee's lists of its files.
  private func files(in place: String) throws -> [String: Data] {
    try folder.contents(of: place).filter {
      ![SiteManifest.name, SiteManifest.deployedName].contains($0.key) && !$0.key.hasPrefix(".git/")
    }
  }

  /// Files of somebody else: hidden ones, in folders of their own and among the site's.
  private static let foreign = [
    ".htaccess": "deny", ".well-known/acme-challenge/token": "t", "CNAME": "films.example.org", "uploads/a.jpg": "jpg",
    "movies/notes.txt": "mine", "blog/index.html": "blog",
  ]

  private func expectForeign(in place: String) throws {
    let files = try files(in: place)
    for (path, text) in Self.foreign { #expect(files[path] == Data(text.utf8), "\(path)") }
  }

  private func options(isDryRun: Bool = false) -> DeploymentOptions {
    let actions = actions
    var options = DeploymentOptions { actions.add("\($0) \($1)") }
    options.isDryRun = isDryRun
    return options
  }

  @Test func `a folder gets assets before pages, and deleted files are removed last`() throws {
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
    #expect(try files(in: "www") == files(in: "site"))
    #expect(!FileManager.default.fileExists(atPath: folder.path("www/users")))
  }

  @Test func `a dry run says the same and does nothing`() throws {
    let outcome = try deployment.send(to: .folder(path: folder.path("www")), options: options(isDryRun: true))
    #expect(outcome.sent == 6)
    #expect(actions.all.count == 6)
    #expect(!FileManager.default.fileExists(atPath: folder.path("www")))
  }

  @Test func `foreign files in a folder stay and are reported, every time`() throws {
    for (path, text) in Self.foreign { try folder.write(text, to: "www/" + path) }
    let target = DeploymentTarget.folder(path: folder.path("www"))
    let outcome = try deployment.send(to: target, options: options())
    #expect(outcome.sent == 6)
    #expect(outcome.foreign == Self.foreign.keys.sorted())
    try folder.write("later", to: "www/users/a b/later.txt")
    try FileManager.default.removeItem(atPath: folder.path("site/users"))
    #expect(try deployment.send(to: target, options: options()).removed == 1)
    try expectForeign(in: "www")
    #expect(try files(in: "www")["users/a b/later.txt"] == Data("later".utf8))
    #expect(try files(in: "www")["users/a b/index.html"] == nil)
  }

  @Test func `a foreign file with a name of the site's stays, and a foreign page stops the deployment`() throws {
    try folder.write("theirs", to: "www/robots.txt")
    try folder.write("ours", to: "site/robots.txt")
    let target = DeploymentTarget.folder(path: folder.path("www"))
    let outcome = try deployment.send(to: target, options: options())
    #expect(outcome.left == ["robots.txt"])
    #expect(try files(in: "www")["robots.txt"] == Data("theirs".utf8))
    #expect(try files(in: "www").count == 7)
    try folder.write("theirs", to: "other/index.html")
    let other = DeploymentTarget.folder(path: folder.path("other"))
    #expect(throws: DeploymentError.foreignPages(target: folder.path("other"), paths: ["index.html"])) {
      try deployment.send(to: other, options: options())
    }
    #expect(try folder.contents(of: "other").count == 1)
    var forced = options()
    forced.replacesForeign = true
    #expect(try deployment.send(to: other, options: forced).sent == 7)
    #expect(try files(in: "other")["index.html"] == Data("home".utf8))
  }

  @Test func `Marquee replaces its own files with folders and its folders with files`() throws {
    let target = DeploymentTarget.folder(path: folder.path("www"))
    try folder.write("file", to: "site/a")
    _ = try deployment.send(to: target, options: options())
    try FileManager.default.removeItem(atPath: folder.path("site/a"))
    try folder.write("deep", to: "site/a/b/c.txt")
    _ = try deployment.send(to: target, options: options())
    #expect(try files(in: "www") == files(in: "site"))
    try FileManager.default.removeItem(atPath: folder.path("site/a"))
    try folder.write("file", to: "site/a")
    _ = try deployment.send(to: target, options: options())
    #expect(try files(in: "www") == files(in: "site"))
  }

  @Test func `targets that are not a folder or contain the site are rejected with a message`() throws {
    try folder.write("x", to: "a-file")
    #expect(throws: DeploymentError.notFolder(path: folder.path("a-file"))) {
      try deployment.send(to: .folder(path: folder.path("a-file")), options: options())
    }
    for place in ["site/public", "."] {
      #expect(throws: DeploymentError.self) {
        try deployment.send(to: .folder(path: folder.path(place)), options: options())
      }
    }
    try FileManager.default.createSymbolicLink(atPath: folder.path("way"), withDestinationPath: folder.path("site"))
    #expect(throws: DeploymentError.insideItself(path: folder.path("way/public"))) {
      try deployment.send(to: .folder(path: folder.path("way/public")), options: options())
    }
    #expect(!FileManager.default.fileExists(atPath: folder.path("site/public")))
  }

  @Test func `links and hidden files that no build wrote are not sent`() throws {
    try folder.write("secret", to: "site/.env")
    try folder.write("proof", to: "site/.well-known/proof")
    try folder.write("key", to: "key.pem")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("site/key.pem"), withDestinationPath: folder.path("key.pem"))
    try folder.write(SiteManifest(["index.html", ".well-known/proof"]).bytes, to: "site/" + SiteManifest.name)
    let outcome = try deployment.send(to: .folder(path: folder.path("www")), options: options())
    #expect(outcome.skipped == [".env", "key.pem"])
    #expect(try files(in: "www")[".well-known/proof"] == Data("proof".utf8))
    #expect(try files(in: "www").count == 7)
  }

  @Test(.enabled(if: Self.hasRsync), arguments: ["folder", "rsync"])
  func `a site that was copied by hand is taken over, except files changed there`(kind: String) throws {
    try folder.write(SiteManifest(["index.html", "robots.txt"]).bytes, to: "site/" + SiteManifest.name)
    try folder.write("ours", to: "site/robots.txt")
    try FileManager.default.copyItem(atPath: folder.path("site"), toPath: folder.path("copied"))
    try folder.write("theirs", to: "copied/robots.txt")
    let place = folder.path("copied")
    let target: DeploymentTarget = kind == "rsync" ? .rsync(destination: place) : .folder(path: place)
    let outcome = try deployment.send(to: target, options: options())
    #expect(outcome.left == ["robots.txt"] && outcome.sent == 0)
    #expect(try files(in: "copied")["robots.txt"] == Data("theirs".utf8))
    try folder.write("two", to: "site/index.html")
    #expect(try deployment.send(to: target, options: options()).sent == 1)
    #expect(
      try folder.contents(of: "copied")[SiteManifest.name] == folder.contents(of: "site")[SiteManifest.name])
  }

  @Test(.enabled(if: Self.hasRsync)) func `rsync sends, removes and leaves as a folder does`() throws {
    for (path, text) in Self.foreign { try folder.write(text, to: "-rs/" + path) }
    try folder.write("odd", to: "site/assets/a #b\\c ü.txt")
    try folder.write("file", to: "site/a")
    let target = DeploymentTarget.rsync(destination: folder.path("-rs"))
    let outcome = try deployment.send(to: target, options: options())
    #expect(outcome.sent == 8)
    #expect(outcome.foreign == Self.foreign.keys.sorted())
    #expect(try deployment.send(to: target, options: options()).sent == 0)
    for path in ["users", "a", "assets/a #b\\c ü.txt"] {
      try FileManager.default.removeItem(atPath: folder.path("site/" + path))
    }
    try folder.write("deep", to: "site/a/b.txt")
    #expect(try deployment.send(to: target, options: options()).removed == 3)
    try expectForeign(in: "-rs")
    let own = try files(in: "-rs").filter { Self.foreign[$0.key] == nil }
    #expect(try own == files(in: "site"))
    #expect(!FileManager.default.fileExists(atPath: folder.path("-rs/users")))
  }

  private static let hasRsync = ["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"].contains {
    FileManager.default.isExecutableFile(atPath: "\($0)/rsync")
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
    let there = try files(in: "clone")
    #expect(there.keys.sorted() == (try folder.contents(of: "site").keys + [".nojekyll"]).sorted())
    #expect(there["index.html"] == Data("home two".utf8))
  }

  @Test func `a branch keeps foreign files, and a branch with a similar name is left alone`() throws {
    let origin = folder.path("origin.git")
    try #require(Self.git("init", "-q", "--bare", origin) == 0)
    try #require(Self.git("init", "-q", folder.path("seed")) == 0)
    for (path, text) in Self.foreign { try folder.write(text, to: "seed/" + path) }
    let seed = ["-C", folder.path("seed"), "-c", "user.name=a", "-c", "user.email=a@localhost"]
    try #require(Self.git(arguments: seed + ["checkout", "-q", "-b", "old/gh-pages"]) == 0)
    try #require(Self.git(arguments: seed + ["add", "-A", "-f"]) == 0)
    try #require(Self.git(arguments: seed + ["commit", "-q", "-m", "seed"]) == 0)
    try #require(Self.git(arguments: seed + ["push", "-q", origin, "HEAD"]) == 0)
    let target = DeploymentTarget.branch(remote: origin, branch: "gh-pages")
    #expect(try deployment.send(to: target, options: options()).foreign == [])
    try #require(Self.git(arguments: seed + ["push", "-q", "-f", origin, "HEAD:gh-pages"]) == 0)
    let outcome = try deployment.send(to: target, options: options())
    #expect(outcome.foreign == Self.foreign.keys.sorted())
    try FileManager.default.removeItem(atPath: folder.path("site/users"))
    #expect(try deployment.send(to: target, options: options()).removed == 1)
    try #require(Self.git("clone", "-q", "-b", "gh-pages", origin, folder.path("clone")) == 0)
    try expectForeign(in: "clone")
    #expect(try files(in: "clone")["users/a b/index.html"] == nil)
  }

  @Test func `the user's git settings do not change the published files`() throws {
    let origin = folder.path("origin.git")
    try #require(Self.git("init", "-q", "--bare", origin) == 0)
    try folder.write("a\r\nb\r\n", to: "site/tags/x/index.html")
    try folder.write("tags\nassets\n*.json\n", to: "ignore")
    try folder.write("* text=auto eol=crlf filter=upper\n", to: "attributes")
    try folder.write("#!/bin/sh\nexit 1\n", to: "hooks/pre-push")
    try folder.write("#!/bin/sh\nexit 1\n", to: "hooks/pre-commit")
    for hook in ["pre-push", "pre-commit"] {
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path("hooks/" + hook))
    }
    try folder.write(
      """
      [core]
        autocrlf = true
        safecrlf = true
        excludesFile = \(folder.path("ignore"))
        attributesFile = \(folder.path("attributes"))
        hooksPath = \(folder.path("hooks"))
        ignoreCase = true
      [filter "upper"]
        clean = tr a-z A-Z
        required = true
      [commit]
        gpgSign = true
      [push]
        default = nothing
        gpgSign = true
      [init]
        templateDir = \(folder.path("hooks"))
        defaultBranch = trunk
      [user]
        signingKey = 0123456789ABCDEF
      """, to: "config")
    // Inside a hook git points its variables at the repository of the person.
    try #require(Self.git("init", "-q", folder.path("person")) == 0)
    try folder.write("precious", to: "person/precious.txt")
    let person = [
      "GIT_CONFIG_GLOBAL": folder.path("config"), "GIT_DIR": folder.path("person/.git"),
      "GIT_WORK_TREE": folder.path("person"), "GIT_INDEX_FILE": folder.path("person/.git/index"),
    ]
    let before = try folder.contents(of: "person")
    let target = DeploymentTarget.branch(remote: origin, branch: "gh-pages")
    #expect(try deployment(person).send(to: target, options: options()).sent == 7)
    #expect(try folder.contents(of: "person") == before)
    try #require(Self.git("clone", "-q", "-b", "gh-pages", origin, folder.path("clone")) == 0)
    var there = try files(in: "clone")
    there[".nojekyll"] = nil
    #expect(try there == files(in: "site"))
  }

  private static func git(_ arguments: String...) -> Int32 { git(arguments: arguments) }

  private static func git(arguments: [String]) -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["git", "-c", "core.autocrlf=false"] + arguments
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

  @Test func `a bucket gets changed files, in order, and foreign files stay`() throws {
    let bucket = Bucket([
      "other.txt": Array("mine".utf8), "films/old.html": [1], "films/index.html": Array("home".utf8),
      "films/uploads/": [], "films/.well-known/a&b <c>\t.txt": [2], "films/./x/../y": [3],
    ])
    let server = try LoopbackServer { bucket.answer($0) }
    let target = DeploymentTarget.s3(S3Bucket(name: "club", endpoint: server.address, prefix: "films"))
    let outcome = try deployment.send(to: target, options: options())
    #expect(outcome.sent == 5)
    #expect(outcome.kept == 1)
    #expect(outcome.foreign == ["./x/../y", ".well-known/a&b <c>\t.txt", "old.html", "uploads/"])
    let puts = server.requests.filter { $0.method == "PUT" && !$0.path.hasSuffix(SiteManifest.deployedName) }.map(
      \.path)
    #expect(Set(puts.prefix(2)) == ["/club/films/api/movies/1.json", "/club/films/assets/site.123.css"])
    #expect(puts.last == "/club/films/sitemap.xml")
    #expect(puts.contains("/club/films/users/a%20b/index.html"))
    #expect(server.requests.allSatisfy { $0.headers["authorization"]?.contains("Signature=") == true })
    let css = server.requests.first { $0.path.hasSuffix(".css") }
    #expect(css?.headers["cache-control"]?.contains("immutable") == true)
    #expect(try deployment.send(to: target, options: options()).sent == 0)
    try FileManager.default.removeItem(atPath: folder.path("site/users"))
    #expect(try deployment.send(to: target, options: options()).removed == 1)
    #expect(
      bucket.objects.keys.sorted() == [
        "films/./x/../y", "films/.marquee-deployed", "films/.well-known/a&b <c>\t.txt", "films/api/movies/1.json",
        "films/assets/site.123.css", "films/index.html", "films/movies/1/index.html", "films/old.html",
        "films/sitemap.xml", "films/uploads/", "other.txt",
      ])
  }

  @Test(.slow, arguments: [Bucket.Kind.second, .secondPlain, .first, .firstWithoutMarker, .secret])
  fileprivate func `lists of every kind are read to their end`(kind: Bucket.Kind) throws {
    for number in 0..<7 { try folder.write("\(number)", to: "site/assets/a b&\(number) ü+.txt") }
    let bucket = Bucket([:], pageSize: 2, kind: kind)
    let server = try LoopbackServer { bucket.answer($0) }
    let target = DeploymentTarget.s3(S3Bucket(name: "club", endpoint: server.address))
    #expect(try deployment.send(to: target, options: options()).sent == 13)
    #expect(try deployment.send(to: target, options: options()) == DeploymentOutcome(kept: 13))
    try folder.write("home two", to: "site/index.html")
    #expect(try deployment.send(to: target, options: options()).sent == 1)
  }

  @Test func `an endless listing is rejected`() throws {
    let page = "<ListBucketResult><IsTruncated>true</IsTruncated><Contents><Key>a</Key></Contents></ListBucketResult>"
    let server = try LoopbackServer { _ in .text(page) }
    #expect(throws: DeploymentError.oddAnswer(url: server.address)) {
      try deployment.send(to: .s3(S3Bucket(name: "club", endpoint: server.address)), options: options())
    }
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
