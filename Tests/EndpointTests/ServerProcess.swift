import Foundation
import TestSupport

/// The server as a process of its own, which can be killed.
struct ServerProcess {
  let process: Process
  let client: RawClient

  struct NotReady: Error {}

  /// - Parameters:
  ///   - openFiles: how many files the process may have open; nil for as many as this one.
  ///   - worker: the program that it starts for members' lists and builds; nil for itself.
  init(
    _ folder: TemporaryFolder, _ settings: [String] = [], openFiles: Int? = nil, worker: String? = nil
  ) async throws {
    process = Process()
    if let worker {
      process.environment = ProcessInfo.processInfo.environment.merging(["MARQUEE_PROGRAM": worker]) { $1 }
    }
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    let quiet = ["rebuild-quiet=86400", "rebuild-wait=86400", "ratings-per-minute=1000000", "log-level=error"]
    let limit = openFiles.map { "ulimit -n \($0); " } ?? ""
    process.arguments =
      ["-c", limit + #"exec "$0" "$@""#, MarqueeProcess.binary, "serve", "--site", folder.url.path, "--port", "0"]
      + (quiet + settings).flatMap { ["--set", $0] }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    try folder.write("", to: "errors")
    process.standardError = FileHandle(forWritingAtPath: folder.path("errors"))
    try process.run()
    // "serving … at http://127.0.0.1:12345/  (…)", or https.
    for _ in 0..<3000 {
      let text = String(decoding: try folder.read("errors"), as: UTF8.self)
      if let rest = text.components(separatedBy: "://127.0.0.1:").dropFirst().first, rest.contains("/"),
        let port = Int(rest.prefix { $0.isNumber })
      {
        client = RawClient(port: port)
        return
      }
      guard process.isRunning else { break }
      try await Task.sleep(for: .milliseconds(20))
    }
    process.terminate()
    throw NotReady()
  }
}
