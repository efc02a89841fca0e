import Foundation
import Synchronization

/// A built site on a loopback port, served by the program itself.
public final class ServedSite: Sendable {
  /// The site's folder, with `output/` and the state of its build.
  public let folder: TemporaryFolder
  /// Such as "http://127.0.0.1:41234", without a slash at the end.
  public let origin: String
  private let server: Mutex<Int32>
  private let options: [String]

  /// The sample site, built and served once for a test run.
  public static var sample: ServedSite {
    get async throws { try await sampleTask.value }
  }

  private static let sampleTask = Task { try await sample { $0 } }

  /// The sample site with other settings, built and served.
  ///
  /// - Parameter settings: gets the text of `site.yaml` and says what it shall be.
  public static func sample(_ settings: (String) -> String) async throws -> ServedSite {
    let folder = try TemporaryFolder()
    try FileManager.default.copyItem(
      at: SharedData.repository.appendingPathComponent("content"), to: folder.url.appendingPathComponent("content"))
    let text = try String(contentsOfFile: folder.path("content/site.yaml"), encoding: .utf8)
    try folder.write(settings(text), to: "content/site.yaml")
    return try await ServedSite(building: folder)
  }

  /// Builds the site in `folder` and serves it.
  ///
  /// - Parameter options: more words for `marquee build`.
  public convenience init(building folder: TemporaryFolder, _ options: [String] = ["--quality", "quick"]) async throws {
    let outcome = try MarqueeProcess.run(["build"] + options, in: folder.path)
    guard outcome.status == 0 else { throw BrowserError.failed("marquee build: \(outcome.errors)") }
    try await self.init(serving: folder)
  }

  /// Serves the built site in `folder`.
  ///
  /// - Parameter options: more words for `marquee serve`.
  public init(serving folder: TemporaryFolder, _ options: [String] = []) async throws {
    self.folder = folder
    self.options = options
    let (origin, server) = try await Self.serve(folder, port: 0, options)
    self.origin = origin
    self.server = Mutex(server)
  }

  deinit { stop() }

  /// Stops the server: from now on the site is out of reach, for service workers too.
  public func stop() {
    server.withLock { server in
      if server != 0 { ChildProcesses.end(server) }
      server = 0
    }
  }

  /// Serves the site again, on the same port.
  public func resume() async throws {
    let (_, started) = try await Self.serve(folder, port: Int(origin.split(separator: ":")[2]) ?? 0, options)
    server.withLock { $0 = started }
  }

  private static func serve(
    _ folder: TemporaryFolder, port: Int, _ options: [String]
  ) async throws -> (String, Int32) {
    let process = Process()
    let line = /at (http:\/\/127\.0\.0\.1:\d+)\//
    let arguments = ["serve", "--site", folder.path, "--port", String(port)] + options
    let origin = try await ChildProcesses.start(MarqueeProcess.binary, arguments, process: process) { output in
      output.firstMatch(of: line).map { String($0.1) }
    }
    return (origin, process.processIdentifier)
  }
}
