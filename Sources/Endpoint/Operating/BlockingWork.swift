import NIOPosix
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Threads that may wait for the disk: the tasks that answer requests must not.
final class BlockingWork: Sendable {
  private let pool: NIOThreadPool
  private let isStopped = Atomic(false)

  /// - Parameter isBehindAnswers: whether it takes the processor only where answers to others leave it, as long sums do.
  init(threads: Int, isBehindAnswers: Bool = false) {
    pool = NIOThreadPool(numberOfThreads: threads)
    pool.start()
    #if os(Linux)
      guard isBehindAnswers else { return }
      // Each thread has a priority of its own here; a thread takes one of these and keeps the others for the rest.
      for _ in 0..<threads {
        pool.submit { _ in setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10) }
      }
    #endif
  }

  /// - Throws: what `body` throws; `Problem` after `stop`.
  func run<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await pool.runIfActive { [self] in
      guard !isStopped.load(ordering: .relaxed) else { throw Problem.busy("the server is stopping; try again") }
      return try body()
    }
  }

  /// What waits is not begun any more.
  func stop() { isStopped.store(true, ordering: .relaxed) }

  deinit { pool.shutdownGracefully { _ in } }
}
