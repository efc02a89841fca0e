// Unsafe: passes C strings and system tables to posix_spawn for the duration of one call.

import Platform
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif
#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Another process of this program, for work that must not use the server's memory or delay it.
///
/// It uses system calls directly: Foundation's `Process` needs a run loop with its own descriptors
/// and ends the program if there are none left.
final class ChildProcess: Sendable {
  let number: Int32
  let input: PipeEnd
  let output: PipeEnd
  /// Nil if the child shares the server's standard error.
  let errors: PipeEnd?
  /// Its exit status; nil until it was waited for.
  private let ending = Mutex<Int32?>(nil)

  /// The scheduling priority: responses to requests always come first.
  enum Priority {
    /// A list that a client waits for.
    case behindAnswers
    /// Work that only uses idle time.
    case idle
  }

  /// Why a process could not be started.
  struct Failure: Error, CustomStringConvertible {
    let code: Int32

    var description: String { "a process could not be started: \(String(cString: strerror(code)))" }
  }

  /// - Parameters:
  ///   - readsErrors: whether `errors` is read.
  /// - Throws: `Failure`, `PipeEnd.Failure`.
  init(_ arguments: [String], priority: Priority, readsErrors: Bool) throws {
    (number, input, output, errors) = try Self.starting.withLock { _ in
      let (input, output) = (try PipeEnd.pipe(), try PipeEnd.pipe())
      let errors = readsErrors ? try PipeEnd.pipe() : nil
      let number = try Self.spawn(
        arguments, input: input.reading.descriptor, output: output.writing.descriptor,
        errors: errors?.writing.descriptor)
      return (number, input.writing, output.reading, errors?.reading)
    }
    // The child still has one thread, and later ones inherit its priority.
    let niceness: Int32 = priority == .idle ? 19 : 5
    #if os(Linux)
      setpriority(__priority_which_t(PRIO_PROCESS.rawValue), id_t(number), niceness)
      // SCHED_IDLE: other threads preempt it at once, not at the end of a time slice.
      var none = sched_param()
      if priority == .idle { sched_setscheduler(number, 5, &none) }
    #else
      setpriority(PRIO_PROCESS, id_t(number), niceness)
    #endif
  }

  /// One process at a time: for a moment a pipe would be inherited by every child.
  private static let starting = Mutex(())

  private static func spawn(
    _ arguments: [String], input: Int32, output: Int32, errors: Int32?
  ) throws(Failure) -> Int32 {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #else
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_adddup2(&actions, input, 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    if let errors { posix_spawn_file_actions_adddup2(&actions, errors, 2) }
    // The server handles these signals in another way and ignores them; the child must not inherit that.
    var defaults = sigset_t()
    sigemptyset(&defaults)
    for signal in [SIGTERM, SIGINT, SIGPIPE] { sigaddset(&defaults, signal) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
    let program = Self.program
    var words = ([program] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var number: pid_t = 0
    let code = posix_spawn(&number, program, &actions, &attributes, &words, environ)
    guard code == 0 else { throw Failure(code: code) }
    return number
  }

  private static var program: String {
    // In tests the running program is a different one.
    if let named = getenv("MARQUEE_PROGRAM") { return String(cString: named) }
    return ProgramStart.executable()
  }

  /// Asks the process to end; a build leaves the site as it was then.
  func stop() { send(SIGTERM) }

  /// Kills it at once.
  func end() { send(SIGKILL) }

  /// Not after it has been waited for: another process may have its id then.
  private func send(_ signal: Int32) { ending.withLock { if $0 == nil { kill(number, signal) } } }

  /// Waits on a thread that may block.
  /// - Returns: the exit code, or minus the signal that ended it.
  func wait() -> Int32 {
    while true {
      // Leaves the process as a zombie, so that its id is not reused until the lock is held.
      var facts = siginfo_t()
      let isOver = waitid(P_PID, id_t(number), &facts, WEXITED | WNOWAIT) == 0
      if !isOver, errno == EINTR { continue }
      return ending.withLock { ending in
        if let ending { return ending }
        var status: Int32 = 0
        while waitpid(number, &status, 0) < 0, errno == EINTR {}
        let signal = status & 0x7f
        let result = signal != 0 ? -signal : (status >> 8) & 0xff
        ending = result
        return result
      }
    }
  }
}
