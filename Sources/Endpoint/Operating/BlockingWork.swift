import NIOPosix
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Threads for blocking work: the tasks that answer requests must not block.
final class BlockingWork: Sendable {
  private let pool: NIOThreadPool
  private let isStopped = Atomic(false)

  /// - Parameter isBehindAnswers: whether it has lower priority than responses, for long computations.
  init(threads: Int, isBehindAnswers: Bool = false) {
    pool = NIOThreadPool(numberOfThreads: threads)
    pool.start()
    #if os(Linux)
      guard isBehindAnswers else { return }
      // Each thread has its own priority here.
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

  /// Queued work is no longer started.
  func stop() { isStopped.store(true, ordering: .relaxed) }

  deinit { pool.shutdownGracefully { _ in } }
}
