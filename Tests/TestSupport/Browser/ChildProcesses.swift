import Foundation
import Synchronization

/// Programs that run beside the tests and must not outlive them.
///
/// They are killed outright: Foundation's `Process` hands on a signal mask in which SIGTERM is blocked.
enum ChildProcesses {
  private static let identifiers = Mutex<[Int32]>([])
  private static let atExit: Void = {
    atexit {
      for identifier in ChildProcesses.identifiers.withLock({ $0 }) { kill(identifier, SIGKILL) }
    }
  }()

  static func endAtExit(_ identifier: Int32) {
    atExit
    identifiers.withLock { $0.append(identifier) }
  }

  static func end(_ identifier: Int32) {
    let isOurs = identifiers.withLock { all in
      let count = all.count
      all.removeAll { $0 == identifier }
      return all.count < count
    }
    if isOurs { kill(identifier, SIGKILL) }
  }

  /// Starts a program and waits until `ready` finds what it looks for in what the program has printed.
  static func start<Found>(
    _ program: String, _ arguments: [String], process: Process = Process(), ready: (String) -> Found?
  ) async throws -> Found {
    let folder = try TemporaryFolder()
    let path = try folder.write("", to: "output")
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    // A file, not a pipe: nobody reads on once the program is ready.
    let output = FileHandle(forWritingAtPath: path)
    process.standardOutput = output
    process.standardError = output
    try process.run()
    endAtExit(process.processIdentifier)
    for _ in 0..<1000 {
      let printed = String(decoding: try folder.read("output"), as: UTF8.self)
      if let found = ready(printed) { return found }
      guard process.isRunning else { throw BrowserError.failed("\(program) stopped: \(printed)") }
      try await Task.sleep(for: .milliseconds(20))
    }
    throw BrowserError.failed("\(program) was not ready in time")
  }
}
