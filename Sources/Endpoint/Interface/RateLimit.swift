import Synchronization

/// How often something may be done: a bucket for each key, which fills at an even rate.
final class RateLimit: Sendable {
  private struct Bucket {
    var level: Double
    /// Seconds of the clock.
    var time: Double
  }

  /// Tries at once.
  let burst: Double
  /// Tries each second, in the long run.
  let rate: Double
  private let buckets = Mutex<[String: Bucket]>([:])
  private let now: @Sendable () -> Double

  /// Buckets that are kept; the full ones go first.
  private static let mostBuckets = 20_000

  init(burst: Int, perSecond rate: Double, now: @escaping @Sendable () -> Double = RateLimit.clock) {
    self.burst = Double(burst)
    self.rate = rate
    self.now = now
  }

  /// Seconds of a clock that is never set.
  static let clock: @Sendable () -> Double = {
    (ContinuousClock.now - start) / .seconds(1)
  }
  private static let start = ContinuousClock.now

  /// Takes one try; where there is none, the seconds until there is.
  func take(_ key: String) -> Int? {
    let time = now()
    return buckets.withLock { buckets in
      if buckets.count > Self.mostBuckets {
        buckets = buckets.filter { level($0.value, at: time) < burst }
        if buckets.count > Self.mostBuckets { buckets.removeAll() }
      }
      let full = buckets[key].map { level($0, at: time) } ?? burst
      guard full >= 1 else {
        buckets[key] = Bucket(level: full, time: time)
        return Int(((1 - full) / rate).rounded(.up))
      }
      buckets[key] = Bucket(level: full - 1, time: time)
      return nil
    }
  }

  /// Gives all tries of a key back.
  func forgive(_ key: String) { buckets.withLock { $0[key] = nil } }

  private func level(_ bucket: Bucket, at time: Double) -> Double {
    min(burst, bucket.level + (time - bucket.time) * rate)
  }
}
