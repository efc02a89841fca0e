import Synchronization

/// A clock that only work moves: what a search does with its time does not depend on how busy the machine is.
final class WorkClock: Clock {
  typealias Duration = Swift.Duration

  struct Instant: InstantProtocol {
    var sinceStart: Swift.Duration

    func advanced(by duration: Swift.Duration) -> Self { Self(sinceStart: sinceStart + duration) }
    func duration(to other: Self) -> Swift.Duration { other.sinceStart - sinceStart }
    static func < (left: Self, right: Self) -> Bool { left.sinceStart < right.sinceStart }
  }

  private let spent = Mutex(Swift.Duration.zero)

  var now: Instant { Instant(sinceStart: spent.withLock { $0 }) }
  var minimumResolution: Swift.Duration { .zero }

  func now(after duration: Swift.Duration) -> Instant { now.advanced(by: duration) }
  func work(_ duration: Swift.Duration) { spent.withLock { $0 += duration } }
  func sleep(until deadline: Instant, tolerance: Swift.Duration?) async throws {
    spent.withLock { $0 = max($0, deadline.sinceStart) }
  }
}
