import Synchronization

/// A rate limit: a token bucket for each key.
///
/// Keys must have a bounded size, such as addresses and account numbers: clients choose them.
package final class RateLimit<Key: Hashable & Sendable>: Sendable {
  private struct Bucket {
    var level: Double
    /// Seconds of the clock.
    var time: Double
  }

  private struct State {
    var buckets: [Key: Bucket] = [:]
    var lastCleaning = 0.0
  }

  /// The burst size.
  let burst: Double
  /// The refill rate per second.
  let rate: Double
  private let state = Mutex(State())
  private let now: @Sendable () -> Double

  /// The most buckets. Beyond, the fullest ones are dropped: their keys have used least.
  package static var mostBuckets: Int { 20_000 }
  /// Seconds after which full buckets are dropped.
  private static var cleaningTime: Double { 60 }

  package init(burst: Int, perSecond rate: Double, now: @escaping @Sendable () -> Double = SteadyClock.seconds) {
    self.burst = Double(burst)
    self.rate = rate
    self.now = now
  }

  /// Consumes a token; returns the seconds to wait if there is none.
  package func take(_ key: Key) -> Int? {
    let time = now()
    return state.withLock { state in
      clean(&state, at: time)
      let full = state.buckets[key].map { level($0, at: time) } ?? burst
      guard full >= 1 else {
        state.buckets[key] = Bucket(level: full, time: time)
        return Int(((1 - full) / rate).rounded(.up))
      }
      state.buckets[key] = Bucket(level: full - 1, time: time)
      return nil
    }
  }

  /// Refills the bucket of a key.
  func reset(_ key: Key) { state.withLock { $0.buckets[key] = nil } }

  package var bucketCount: Int { state.withLock { $0.buckets.count } }

  private func clean(_ state: inout State, at time: Double) {
    let isOver = state.buckets.count >= Self.mostBuckets
    guard isOver || time - state.lastCleaning > Self.cleaningTime else { return }
    state.lastCleaning = time
    state.buckets = state.buckets.filter { level($0.value, at: time) < burst }
    guard state.buckets.count >= Self.mostBuckets else { return }
    let levels = state.buckets.values.map { level($0, at: time) }.sorted()
    let middle = levels[levels.count / 2]
    // Keeps as many of those at the median as fit.
    var rest = levels.count / 2 - levels.count { $0 < middle }
    state.buckets = state.buckets.filter { bucket in
      let own = level(bucket.value, at: time)
      if own == middle { rest -= 1 }
      return own < middle || own == middle && rest >= 0
    }
  }

  private func level(_ bucket: Bucket, at time: Double) -> Double {
    min(burst, bucket.level + (time - bucket.time) * rate)
  }
}

/// Seconds of a monotonic clock.
package enum SteadyClock {
  private static let start = ContinuousClock.now

  package static let seconds: @Sendable () -> Double = { (ContinuousClock.now - start) / .seconds(1) }
}
