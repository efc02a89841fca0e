import ServiceLifecycle
import Synchronization

/// Starts shutting down background work as soon as the server is asked to stop, in parallel to requests in progress.
final class StopSignal: Service {
  private let prepare: @Sendable () async -> Void
  private let work = Mutex<Task<Void, Never>?>(nil)

  init(_ prepare: @escaping @Sendable () async -> Void) { self.prepare = prepare }

  /// Services are stopped one after the other, and each is waited for: this one only starts.
  func run() async throws {
    defer { work.withLock { [prepare] in $0 = Task { await prepare() } } }
    try await gracefulShutdown()
  }

  /// Waits for the shutdown to finish.
  func finish() async { await work.withLock { $0 }?.value }
}
