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

  /// What goes first where there is not enough for all: answers to requests always do.
  enum Priority {
    /// A list that somebody waits for.
    case behindAnswers
    /// Work that takes what nobody else wants.
    case idle
  }

  /// - Parameters:
  ///   - readsErrors: whether `errors` is read; otherwise they go where the server's go.
  init(_ arguments: [String], priority: Priority, readsErrors: Bool) throws {
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
    let niceness: Int32 = priority == .idle ? 19 : 5
    #if os(Linux)
      setpriority(__priority_which_t(PRIO_PROCESS.rawValue), id_t(number), niceness)
      // SCHED_IDLE: whoever wakes up has the processor at once, not when the next slice of time ends.
      var none = sched_param()
      if priority == .idle { sched_setscheduler(number, 5, &none) }
    #else
      setpriority(PRIO_PROCESS, id_t(number), niceness)
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
