import NIOPosix

/// Threads that may wait for the disk: the tasks that answer requests must not.
final class BlockingWork: Sendable {
  private let pool: NIOThreadPool

  init(threads: Int) {
    pool = NIOThreadPool(numberOfThreads: threads)
    pool.start()
  }

  func run<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await pool.runIfActive(body)
  }

  deinit { pool.shutdownGracefully { _ in } }
}
