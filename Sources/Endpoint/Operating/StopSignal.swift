import ServiceLifecycle
import Synchronization

/// Begins the end of what goes on besides requests as soon as the server is asked to stop, beside the requests under way.
final class StopSignal: Service {
  private let prepare: @Sendable () async -> Void
  private let work = Mutex<Task<Void, Never>?>(nil)

  init(_ prepare: @escaping @Sendable () async -> Void) { self.prepare = prepare }

  /// Services are asked to stop one after the other, and each is waited for: this one only begins.
  func run() async throws {
    defer { work.withLock { [prepare] in $0 = Task { await prepare() } } }
    try await gracefulShutdown()
  }

  /// Waits for what has begun.
  func finish() async { await work.withLock { $0 }?.value }
}
