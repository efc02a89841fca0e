import Fetching
import Synchronization
import TestSupport
import Testing
import Web

/// What other machines may say, on purpose or by mistake.
@Suite(.serialized) struct HostileServiceTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test(arguments: ["-1", "nan", "inf", "-inf", "1e400", "1e18", "99999999999999999999", "soon", "", "0x10"])
  func `a time to wait that is none, or too long, is no pause that holds or ends the program`(text: String) throws {
    let waited = Mutex<[Double]>([])
    let client = WebClient(userAgent: "test", stallTimeout: 5, retries: 1) { seconds in
      waited.withLock { $0.append(seconds) }
    }
    let server = try LoopbackServer { _ in .init(status: 503, headers: [("Retry-After", text)]) }
    #expect(try client.send(WebRequest(server.address)).status == 503)
    let pauses = waited.withLock { $0 }
    #expect(pauses.count == 1)
    #expect(pauses.allSatisfy { $0 >= 0 && $0 <= 120 })
  }

  @Test func `a length that nobody can hold is refused, and nothing of it stays`() throws {
    let client = WebClient(userAgent: "test", stallTimeout: 5, retries: 0) { _ in }
    let path = folder.path("x.zip")
    try folder.write([1, 2, 3], to: "x.zip.part")
    let server = try LoopbackServer { request in
      var response = LoopbackServer.Response(body: [4, 5, 6])
      response.status = request.headers["range"] == nil ? 200 : 206
      response.length = "9223372036854775807"
      if response.status == 206 {
        response.headers = [("Content-Range", "bytes 3-9223372036854775805/9223372036854775806")]
      }
      return response
    }
    #expect(throws: WebError.tooLarge(url: server.address, bytes: WebClient.largestFile)) {
      try client.download(server.address, to: path, checksum: nil) { _, _ in }
    }
    #expect(try folder.read("x.zip.part").isEmpty)
  }

  @Test func `a file that is longer than may be is stopped where the limit is`() throws {
    let client = WebClient(userAgent: "test", stallTimeout: 5, retries: 0) { _ in }
    let server = try LoopbackServer { _ in .init(body: [UInt8](repeating: 7, count: 500_000)) }
    #expect(throws: WebError.self) {
      try client.download(server.address, to: folder.path("y"), checksum: nil, limit: 100_000) { _, _ in }
    }
    try client.download(server.address, to: folder.path("y"), checksum: nil, limit: 500_000) { _, _ in }
    #expect(try folder.read("y").count == 500_000)
  }

  @Test(arguments: ["<html>not found</html>", "", "d41d8cd98f00b204", "MD5 (x) = none"])
  func `a checksum that is none is an error, and nothing is taken for checked`(text: String) throws {
    let client = WebClient(userAgent: "test", stallTimeout: 5, retries: 0) { _ in }
    let server = try LoopbackServer { request in .text(request.path.hasSuffix(".md5") ? text : "an archive") }
    let small = PublicDataSet.all[0]
    #expect(throws: WebError.noChecksum(url: server.address + "/movielens/ml-latest-small.zip.md5")) {
      _ = try small.fetch(into: folder.path, mirror: server.address, client: client) { _, _ in }
    }
    #expect(throws: (any Error).self) { try folder.read("ml-latest-small.zip") }
  }
}
