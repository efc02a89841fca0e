import TestSupport
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

@Suite("Serving a site", .serialized)
struct ServingTests {
  let site: TestSite

  init() throws { site = try TestSite() }

  @Test func `Folders answer with their index and files with themselves`() async throws {
    try await site.serving { client in
      for (target, text) in [
        ("/", "<h1>Home</h1>"), ("/movies/1-heat/", "<h1>Heat</h1>"), ("/movies/1-heat/index.html", "<h1>Heat</h1>"),
        ("/movies/2-am%C3%A9lie/?page=2", "<h1>Amélie</h1>"), ("/a%20b.txt", "blank"), ("/zero.txt", ""),
        ("http://localhost/digits.txt", "0123456789"),
      ] {
        let answer = try await client.get(target)
        #expect(answer.status == 200, "\(target)")
        #expect(answer.text == text, "\(target)")
        #expect(answer.headers["content-length"] == String(text.utf8.count))
      }
    }
  }

  @Test func `A folder without its slash is redirected to itself`() async throws {
    try await site.serving { client in
      let answer = try await client.get("/movies/1-heat")
      #expect(answer.status == 301)
      #expect(answer.headers["location"] == "/movies/1-heat/")
      #expect(
        try await client.get("/movies/2-am%c3%a9lie?page=2").headers["location"] == "/movies/2-am%C3%A9lie/?page=2")
      #expect(try await client.get("/empty").status == 404)
      #expect(try await client.get("/digits.txt/").status == 404)
    }
  }

  @Test func `Every file has its type, its caching and the safety headers`() async throws {
    try await site.serving { client in
      for (target, type, caching) in [
        ("/", "text/html; charset=utf-8", "no-cache"),
        ("/api/movies/1.json", "application/json; charset=utf-8", "no-cache"),
        ("/assets/site.css", "text/css; charset=utf-8", "no-cache"),
        ("/assets/site.3f2a9c1b.css", "text/css; charset=utf-8", "public, max-age=31536000, immutable"),
        ("/nothing", "text/html; charset=utf-8", "no-cache"),
      ] {
        let headers = try await client.get(target).headers
        #expect(headers["content-type"] == type, "\(target)")
        #expect(headers["cache-control"] == caching, "\(target)")
        #expect(headers["x-content-type-options"] == "nosniff")
        #expect(headers["referrer-policy"] == "strict-origin-when-cross-origin")
        #expect(headers["content-security-policy"]?.contains("frame-ancestors") == true)
        #expect(headers["x-powered-by"] == nil)
        #expect(headers["server"] == nil)
      }
    }
  }

  @Test func `A missing file gets the not-found page`() async throws {
    try await site.serving { client in
      let answer = try await client.get("/movies/99/")
      #expect(answer.status == 404)
      #expect(answer.text == "<h1>Lost</h1>")
      try FileManager.default.removeItem(atPath: site.root + "/404.html")
      #expect(try await client.get("/movies/99/").text.contains("Not found"))
    }
  }

  @Test(arguments: [
    "/../secret.txt", "/movies/../../secret.txt", "/%2e%2e/secret.txt", "/%2E%2E%2Fsecret.txt", "/..%2fsecret.txt",
    "/movies/%2e%2e/%2e%2e/secret.txt", "/..%5csecret.txt", "/..\\secret.txt", "\\..\\secret.txt",
    "/%5c..%5csecret.txt",
    "/%252e%252e/secret.txt", "/.%2e/secret.txt", "//secret.txt", "//../secret.txt", "/./index.html",
    "/index.html%00.txt", "/%00", "/out.txt", "/up/secret.txt", "/up/", "/up", "/.git/config", "/%2egit/config",
    "/.hidden",
    "/.marquee/state", "/..", "/.", "/%c0%ae%c0%ae/secret.txt", "/%e0%80%ae%e0%80%ae/secret.txt", "/%2", "/%zz",
    "../secret.txt", "secret.txt", "http://localhost/../secret.txt", "http://localhost/.git/config", "*",
    "/movies/..;/..;/secret.txt", "//evil.example/..", "/\\evil.example", "/movies/1-heat/..%2f..%2f..%2fsecret.txt",
  ])
  func `No path leads out of the folder or to hidden files`(target: String) async throws {
    try await site.serving { client in
      let answer = try await client.get(target)
      #expect(answer.status == 404 || answer.status == 400)
      #expect(!answer.text.contains("secret"))
      #expect(answer.headers["location"] == nil)
    }
  }

  @Test func `A very long path is not found`() async throws {
    try await site.serving { client in
      for target in ["/" + String(repeating: "a", count: 5000), "/" + String(repeating: "movies/", count: 2000)] {
        let answer = try await client.get(target)
        #expect(answer.status == 404)
      }
    }
  }

  @Test func `Only reading is allowed`() async throws {
    try await site.serving { client in
      for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"] {
        let answer = try await client.send(method, "/", ["Content-Length: 0"])
        #expect(answer.status == 405, "\(method)")
        #expect(answer.headers["allow"] == "GET, HEAD")
        #expect(answer.headers["x-content-type-options"] == "nosniff")
      }
    }
  }

  @Test func `HEAD responds like GET, without the content`() async throws {
    try await site.serving { client in
      for target in ["/digits.txt", "/nothing", "/movies/1-heat"] {
        let head = try await client.send("HEAD", target)
        let get = try await client.get(target)
        #expect(head.status == get.status)
        #expect(head.body.isEmpty)
        for name in ["content-length", "content-type", "etag", "last-modified", "cache-control", "location"] {
          #expect(head.headers[name] == get.headers[name], "\(target) \(name)")
        }
      }
    }
  }

  @Test func `A folder that replaces the old one is served after a moment at most`() async throws {
    try await site.serving { client in
      #expect(try await client.get("/").text == "<h1>Home</h1>")
      try FileManager.default.moveItem(atPath: site.root, toPath: site.folder.path("old"))
      try await Task.sleep(for: .milliseconds(6))
      #expect(try await client.get("/").status == 404)
      try site.folder.write("<h1>New</h1>", to: "site/index.html")
      #expect(try await client.get("/").text == "<h1>New</h1>")
    }
  }

  @Test(arguments: ["users/7", "api/users/7.json", "sitemap.xml", "feed.xml"])
  func `What a file says about members is never older than the file`(file: String) async throws {
    let path = file.contains(".") ? "site/\(file)" : "site/\(file)/index.html"
    let target = file.contains(".") ? "/\(file)" : "/\(file)/"
    try await site.serving { client in
      for round in 0..<20 {
        try site.folder.write("round \(round)", to: path)
        for _ in 0..<2 { #expect(try await client.get(target).text == "round \(round)") }
      }
    }
  }

  @Test func `Large files arrive whole, also in part`() async throws {
    let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 13) }
    try site.folder.write(bytes, to: "site/large.bin")
    try await site.serving { client in
      let answer = try await client.get("/large.bin")
      #expect(answer.headers["content-type"] == "application/octet-stream")
      #expect(answer.body == bytes)
      #expect(try await client.get("/large.bin", ["Range: bytes=1000-2000999"]).body == Array(bytes[1000..<2_001_000]))
    }
  }
}
