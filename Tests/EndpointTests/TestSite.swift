import Endpoint
import TestSupport

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A small site in a folder of its own, beside a secret.
struct TestSite {
  let folder: TemporaryFolder
  var root: String { folder.path("site") }

  init() throws {
    folder = try TemporaryFolder()
    for (name, text) in [
      ("secret.txt", "secret"), ("site/index.html", "<h1>Home</h1>"), ("site/404.html", "<h1>Lost</h1>"),
      ("site/movies/1-heat/index.html", "<h1>Heat</h1>"), ("site/movies/2-amélie/index.html", "<h1>Amélie</h1>"),
      ("site/api/movies/1.json", "{}"), ("site/assets/site.3f2a9c1b.css", "body {}"),
      ("site/assets/site.css", "body {}"), ("site/empty/note.txt", "x"), ("site/.git/config", "secret"),
      ("site/.marquee/state", "secret"), ("site/.hidden", "secret"), ("site/a b.txt", "blank"),
      ("site/digits.txt", "0123456789"), ("site/zero.txt", ""),
      ("site/app.js", "long"), ("site/app.js.gz", "short"),
    ] {
      try folder.write(text, to: name)
    }
    let files = FileManager.default
    try files.createSymbolicLink(atPath: folder.path("site/out.txt"), withDestinationPath: folder.path("secret.txt"))
    try files.createSymbolicLink(atPath: folder.path("site/up"), withDestinationPath: folder.path)
  }

  /// Serves the site while `body` runs.
  @discardableResult
  func serving<Result: Sendable>(_ body: (RawClient) async throws -> Result) async throws -> Result {
    try await Self.serving(body) { SiteServer(folder: root, port: 0, onReady: $0) }
  }

  /// Serves what `make` makes while `body` runs.
  static func serving<Result: Sendable>(
    _ body: (RawClient) async throws -> Result, make: (@escaping @Sendable (String) -> Void) -> SiteServer
  ) async throws -> Result {
    let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
    let server = make { address in
      continuation.yield(Int(address.split(separator: ":").last?.dropLast() ?? "") ?? 0)
    }
    let running = Task {
      defer { continuation.finish() }
      try await server.run()
    }
    var iterator = ports.makeAsyncIterator()
    guard let port = await iterator.next() else {
      try await running.value
      throw EndpointError.failed(reason: "stopped before it was ready")
    }
    do {
      let result = try await body(RawClient(port: port))
      running.cancel()
      try await running.value
      return result
    } catch {
      running.cancel()
      throw error
    }
  }
}
