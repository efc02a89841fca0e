import Foundation
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// This program, started anew for work that must not be in the server's memory or in its way.
final class ChildProcess: Sendable {
  private let process: Mutex<Process>
  let number: Int32
  let input: FileHandle
  let output: FileHandle
  let errors: FileHandle

  /// - Parameters:
  ///   - isBackground: whether everything else goes first.
  ///   - readsErrors: whether `errors` is read; otherwise they go where the server's go.
  init(_ arguments: [String], isBackground: Bool, readsErrors: Bool) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Self.program)
    process.arguments = arguments
    let (input, output, errors) = (Pipe(), Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    if readsErrors { process.standardError = errors }
    try process.run()
    number = process.processIdentifier
    // The child has one thread yet, and those that follow inherit its priority.
    #if os(Linux)
      if isBackground { setpriority(__priority_which_t(PRIO_PROCESS.rawValue), id_t(number), 19) }
    #else
      if isBackground { setpriority(PRIO_PROCESS, id_t(number), 19) }
    #endif
    self.input = input.fileHandleForWriting
    self.output = output.fileHandleForReading
    self.errors = errors.fileHandleForReading
    self.process = Mutex(process)
  }

  private static var program: String {
    // In tests the running program is another one.
    if let named = getenv("MARQUEE_PROGRAM") { return String(cString: named) }
    return (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
      ?? CommandLine.arguments.first ?? "marquee"
  }

  /// Asks the process to end; a build leaves the site as it was then.
  func stop() { kill(number, SIGTERM) }

  /// Ends it at once.
  func end() { kill(number, SIGKILL) }

  /// Waits on a thread that may block.
  /// - Returns: the exit code, or minus the signal that ended it.
  func wait() -> Int32 {
    process.withLock { process in
      process.waitUntilExit()
      return process.terminationReason == .uncaughtSignal ? -process.terminationStatus : process.terminationStatus
    }
  }
}
