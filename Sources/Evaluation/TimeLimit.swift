import Dispatch
import Synchronization

/// Work that is abandoned when its time is over.
public enum TimeLimit {
  /// The result of `work`, or nil once `deadline` has passed.
  ///
  /// A fit cannot be interrupted: abandoned work continues on its own thread until it is done or
  /// the process ends, and its result is dropped.
  public static func run<Value: Sendable>(
    until deadline: ContinuousClock.Instant, _ work: @escaping @Sendable () throws -> Value
  ) throws -> Value? {
    let seconds = (deadline - ContinuousClock().now) / .seconds(1)
    guard seconds > 0 else { return nil }
    let result = Outcome<Value>()
    let isDone = DispatchSemaphore(value: 0)
    DispatchQueue.global().async {
      let outcome = Result(catching: work)
      result.value.withLock { $0 = outcome }
      isDone.signal()
    }
    guard isDone.wait(timeout: .now() + seconds) == .success else { return nil }
    return try result.value.withLock { $0 }?.get()
  }

  private final class Outcome<Value: Sendable>: Sendable {
    let value = Mutex<Result<Value, any Error>?>(nil)
  }
}
