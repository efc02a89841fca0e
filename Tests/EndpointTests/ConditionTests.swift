import Foundation
import TestSupport
import Testing

@Suite("Conditional and partial requests", .serialized)
struct ConditionTests {
  let site: TestSite

  init() throws { site = try TestSite() }

  @Test func `A version that the asker has is not sent again`() async throws {
    try await site.serving { client in
      let first = try await client.get("/")
      let tag = try #require(first.headers["etag"])
      let date = try #require(first.headers["last-modified"])
      #expect(tag.hasPrefix("\"") && date.hasSuffix(" GMT"))
      for header in [
        "If-None-Match: \(tag)", "If-None-Match: \"x\", W/\(tag)", "If-None-Match: *", "If-Modified-Since: \(date)",
      ] {
        let answer = try await client.get("/", [header])
        #expect(answer.status == 304, "\(header)")
        #expect(answer.body.isEmpty)
        #expect(answer.headers["etag"] == tag)
      }
      #expect(try await client.get("/", ["If-None-Match: \"x\""]).status == 200)
      // The tag counts for more than the date.
      #expect(try await client.get("/", ["If-None-Match: \"x\"", "If-Modified-Since: \(date)"]).status == 200)
    }
  }

  @Test func `Another content has another tag, even of the same length`() async throws {
    try await site.serving { client in
      let tag = try #require(try await client.get("/").headers["etag"])
      try await Task.sleep(for: .milliseconds(20))
      try site.folder.write("<h1>Hom3</h1>", to: "site/index.html")
      let answer = try await client.get("/", ["If-None-Match: \(tag)"])
      #expect(answer.status == 200)
      #expect(answer.headers["etag"] != tag)
    }
  }

  @Test(
    arguments: [
      ("bytes=0-3", 206, "0123", "bytes 0-3/10"), ("bytes=7-", 206, "789", "bytes 7-9/10"),
      ("bytes=-2", 206, "89", "bytes 8-9/10"), ("bytes=-99", 206, "0123456789", "bytes 0-9/10"),
      ("bytes=5-99", 206, "56789", "bytes 5-9/10"), ("bytes=10-", 416, "", "bytes */10"),
      ("bytes=-0", 416, "", "bytes */10"), ("bytes=4-2", 200, "0123456789", nil),
      ("bytes=0-1,3-4", 200, "0123456789", nil), ("lines=0-1", 200, "0123456789", nil),
      ("bytes=99999999999999999999-", 200, "0123456789", nil), ("bytes=+1-2", 200, "0123456789", nil),
    ] as [(String, Int, String, String?)])
  func `A part of a file`(range: String, status: Int, text: String, contentRange: String?) async throws {
    try await site.serving { client in
      let answer = try await client.get("/digits.txt", ["Range: \(range)"])
      #expect(answer.status == status)
      #expect(answer.text == text)
      #expect(answer.headers["content-range"] == contentRange)
    }
  }

  @Test(
    arguments: [
      ("gzip", true), ("br, gzip;q=0.5", true), ("GZIP", true), ("*", true), ("x-gzip", true), ("*;q=0, gzip", true),
      ("", false), ("br", false), ("gzip;q=0", false), ("gzip; q=0.000", false), ("*;q=0", false),
      ("gzip;q=0, *", false), ("notgzip", false),
    ])
  func `A client that accepts compressed files gets the existing copy`(header: String, isCompressed: Bool) async throws
  {
    try await site.serving { client in
      let answer = try await client.get("/app.js", ["Accept-Encoding: \(header)"])
      #expect(answer.text == (isCompressed ? "short" : "long"))
      #expect(answer.headers["content-encoding"] == (isCompressed ? "gzip" : nil))
      #expect(answer.headers["content-type"] == "text/javascript; charset=utf-8")
      #expect(answer.headers["vary"] == "Accept-Encoding")
      #expect(answer.headers["content-length"] == "\(answer.body.count)")
    }
  }

  @Test func `Both forms of a file have tags of their own, and parts are those of the file itself`() async throws {
    try await site.serving { client in
      let gzip = "Accept-Encoding: gzip"
      let plain = try #require(try await client.get("/app.js").headers["etag"])
      let compressed = try #require(try await client.get("/app.js", [gzip]).headers["etag"])
      #expect(plain != compressed)
      let known = try await client.get("/app.js", [gzip, "If-None-Match: \(compressed)"])
      #expect(known.status == 304)
      #expect(known.headers["vary"] == "Accept-Encoding")
      #expect(try await client.get("/app.js", [gzip, "If-None-Match: \(plain)"]).status == 200)
      #expect(try await client.get("/app.js", [gzip, "Range: bytes=0-1"]).text == "lo")
      #expect(try await client.send("HEAD", "/app.js", [gzip]).headers["content-length"] == "5")
      // A file that was changed since has no compressed form any more.
      try await Task.sleep(for: .milliseconds(20))
      try site.folder.write("longer", to: "site/app.js")
      #expect(try await client.get("/app.js", [gzip]).text == "longer")
    }
  }

  @Test func `A file without a compressed copy is compressed on request`() async throws {
    let words = String(repeating: "Films worth your evening. ", count: 400)
    try site.folder.write(words, to: "site/words.html")
    try site.folder.write(words, to: "site/words.png")
    try site.folder.write("few", to: "site/few.html")
    try await site.serving { client in
      let gzip = "Accept-Encoding: gzip"
      for _ in 0..<2 {
        let answer = try await client.get("/words.html", [gzip])
        #expect(answer.headers["content-encoding"] == "gzip")
        #expect(answer.body.count < 500 && answer.headers["content-length"] == "\(answer.body.count)")
        #expect(try unpacked(Data(answer.body)) == words)
        let tag = try #require(answer.headers["etag"])
        #expect(try await client.get("/words.html").headers["etag"] != tag)
        #expect(try await client.get("/words.html", [gzip, "If-None-Match: \(tag)"]).status == 304)
        let head = try await client.send("HEAD", "/words.html", [gzip])
        #expect(head.headers["content-length"] == answer.headers["content-length"])
      }
      #expect(try await client.get("/words.html").text == words)
      #expect(try await client.get("/words.html", [gzip, "Range: bytes=0-4"]).text == "Films")
      for other in ["/words.png", "/few.html"] {
        #expect(try await client.get(other, [gzip]).headers["content-encoding"] == nil)
      }
      try await Task.sleep(for: .milliseconds(20))
      try site.folder.write(words + "More.", to: "site/words.html")
      #expect(try unpacked(Data(try await client.get("/words.html", [gzip]).body)) == words + "More.")
    }
  }

  private func unpacked(_ bytes: Data) throws -> String {
    try bytes.write(to: URL(fileURLWithPath: site.folder.path("packed.gz")))
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/bin/gzip")
    process.arguments = ["-dc", site.folder.path("packed.gz")]
    process.standardOutput = output
    try process.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: text, as: UTF8.self)
  }

  @Test func `A part of another version is not sent`() async throws {
    try await site.serving { client in
      let tag = try #require(try await client.get("/digits.txt").headers["etag"])
      #expect(try await client.get("/digits.txt", ["Range: bytes=0-1", "If-Range: \(tag)"]).text == "01")
      #expect(try await client.get("/digits.txt", ["Range: bytes=0-1", "If-Range: \"x\""]).text == "0123456789")
    }
  }
}
