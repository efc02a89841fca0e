import Fetching
import Synchronization
import TestSupport
import Testing
import Web

/// Fetching, from a server of our own.
@Suite(.serialized) struct FetchingTests {
  let folder: TemporaryFolder
  let client = WebClient(userAgent: "test", stallTimeout: 10, retries: 2) { _ in }
  /// An archive that stands for the publisher's.
  static let archive = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) }

  init() throws { folder = try TemporaryFolder() }

  private static func sum(_ bytes: [UInt8]) throws -> String {
    let folder = try TemporaryFolder()
    let path = try folder.write(bytes, to: "x")
    return try #require(Checksum("00000000000000000000000000000000")).digits(ofFile: path)
  }

  /// Answers as the publisher does; `cuts` says after how many bytes successive answers break off.
  private static func publisher(cuts: [Int] = [], sum: String? = nil) throws -> LoopbackServer {
    let cuts = Mutex(cuts)
    let right = try sum ?? Self.sum(archive)
    return try LoopbackServer { request in
      if request.path.hasSuffix(".md5") { return .text("MD5 (ml-latest-small.zip) = \(right)\n") }
      guard request.path == "/movielens/ml-latest-small.zip" else { return .text("no", status: 404) }
      var response = LoopbackServer.Response(body: archive)
      if let range = request.headers["range"], let start = Int(range.dropFirst("bytes=".count).dropLast()) {
        guard start < archive.count else {
          return .init(status: 416, headers: [("Content-Range", "bytes */\(archive.count)")])
        }
        response.status = 206
        response.headers = [("Content-Range", "bytes \(start)-\(archive.count - 1)/\(archive.count)")]
        response.body = Array(archive[start...])
      }
      response.cut = cuts.withLock { $0.isEmpty ? nil : $0.removeFirst() }
      return response
    }
  }

  private let small = PublicDataSet.all[0]

  @Test func `a digest is right and its line is read in both customs`() throws {
    #expect(try Self.sum(Array("abc".utf8)) == "900150983cd24fb0d6963f7d28e17f72")
    #expect(SHA256Digest.hex(of: Array("abc".utf8)).hasPrefix("ba7816bf8f01cfea"))
    let digits = "900150983cd24fb0d6963f7d28e17f72"
    #expect(Checksum("MD5 (x.zip) = \(digits)\n")?.digits == digits)
    #expect(Checksum("\(digits)  x.zip")?.digits == digits)
    #expect(Checksum("<html>not found</html>") == nil)
  }

  @Test func `an archive is fetched, and not again while it is right`() throws {
    let server = try Self.publisher()
    #expect(try small.fetch(into: folder.path, mirror: server.address, client: client) { _, _ in } == .fetched)
    #expect(try folder.read("ml-latest-small.zip") == Self.archive)
    #expect(try small.fetch(into: folder.path, mirror: server.address + "/", client: client) { _, _ in } == .present)
    #expect(server.requests.count { $0.path.hasSuffix(".zip") } == 1)
  }

  @Test func `a download that breaks off goes on where it was`() throws {
    let server = try Self.publisher(cuts: [100_000, 50_000])
    let seen = Mutex<[Int]>([])
    _ = try small.fetch(into: folder.path, mirror: server.address, client: client) { bytes, total in
      seen.withLock { $0.append(bytes) }
      #expect(total == Self.archive.count)
    }
    #expect(try folder.read("ml-latest-small.zip") == Self.archive)
    let ranges = server.requests.filter { $0.path.hasSuffix(".zip") }.map { $0.headers["range"] }
    #expect(ranges == [nil, "bytes=100000-", "bytes=150000-"])
    #expect(seen.withLock { $0 == $0.sorted() })
  }

  @Test func `what an earlier run had begun is finished, even where it was whole`() throws {
    let server = try Self.publisher()
    try folder.write(Self.archive, to: "ml-latest-small.zip.part")
    _ = try small.fetch(into: folder.path, mirror: server.address, client: client) { _, _ in }
    #expect(try folder.read("ml-latest-small.zip") == Self.archive)
  }

  @Test func `a wrong checksum throws the file away and leaves the old one`() throws {
    let server = try Self.publisher(sum: "0123456789abcdef0123456789abcdef")
    try folder.write("old", to: "ml-latest-small.zip")
    #expect(throws: WebError.self) {
      try small.fetch(into: folder.path, mirror: server.address, client: client) { _, _ in }
    }
    #expect(try folder.contents(of: "").keys.sorted() == ["ml-latest-small.zip"])
    #expect(try folder.read("ml-latest-small.zip") == Array("old".utf8))
  }

  @Test func `a server that is down is asked again, then named`() throws {
    let server = try LoopbackServer { _ in .text("overloaded", status: 503) }
    #expect {
      try small.fetch(into: folder.path, mirror: server.address, client: client) { _, _ in }
    } throws: { "\($0)".contains("the server responded with 503 (overloaded); try again later") }
    #expect(server.requests.count == 3)
  }

  @Test func `nobody at the address is a line, not a crash`() {
    #expect {
      try small.fetch(into: folder.path, mirror: "http://127.0.0.1:1", client: client) { _, _ in }
    } throws: { "\($0)".contains("check the network") }
  }

  @Test func `only the web is spoken, whatever the address says`() throws {
    try folder.write("secret", to: "secret")
    #expect(throws: WebError.self) { try client.send(WebRequest("file://\(folder.path)/secret")) }
    let path = folder.path
    let server = try LoopbackServer { _ in
      .init(status: 302, headers: [("Location", "file://\(path)/secret")])
    }
    #expect(throws: WebError.self) { try client.send(WebRequest(server.address)) }
  }

  @Test(arguments: [("100k", "movielens-100k"), ("ml-20m", "movielens-20m"), ("HetRec", "hetrec")])
  func `short names do`(word: String, name: String) throws {
    #expect(try PublicDataSet.named(word).name == name)
  }

  @Test func `an unknown name has a nearest one`() {
    #expect(throws: FetchingError.unknown("movielens-100", nearest: "movielens-100k")) {
      try PublicDataSet.named("movielens-100")
    }
  }
}
