// Unsafe: a task crosses to a thread of the system as one retained reference, which that thread takes over; where no thread could be
// made, it is given back here.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A thread of the system, apart from those of Dispatch.
///
/// Dispatch has one thread for each core and counts one that waits among them for up to a second. A task that runs parallel loops while
/// its caller waits needs a thread that is none of them.
package struct SystemThread: ~Copyable {
  private final class Task: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  private let identifier: pthread_t

  /// Runs `body`; nil, without having run it, where the system gives no thread.
  package init?(_ body: @escaping @Sendable () -> Void) {
    let task = Unmanaged.passRetained(Task(body))
    #if canImport(Glibc)
      var identifier = pthread_t()
    #else
      var identifier: pthread_t?
    #endif
    let failure = pthread_create(
      &identifier, nil,
      { argument in
        SystemThread.run(argument)
        return nil
      }, task.toOpaque())
    guard failure == 0 else {
      task.release()
      return nil
    }
    #if canImport(Glibc)
      self.identifier = identifier
    #else
      guard let identifier else { return nil }
      self.identifier = identifier
    #endif
  }

  private static func run(_ argument: UnsafeMutableRawPointer?) {
    guard let argument else { return }
    Unmanaged<Task>.fromOpaque(argument).takeRetainedValue().body()
  }

  /// Waits until the task has ended and nothing holds it any more.
  package consuming func wait() { pthread_join(identifier, nil) }
}
