/// Detects changes of the system clock.
struct ClockWatch {
  /// The difference between the system clock and a monotonic clock, in seconds.
  private var offset = Self.now

  /// More than the usual corrections by time synchronization.
  private static let tolerance = 3600.0

  private static var now: Double { Double(AccountService.now) - SteadyClock.seconds() }

  /// Whether the clock was changed noticeably since the last call.
  mutating func hasJumped() -> Bool {
    let now = Self.now
    defer { offset = now }
    return abs(now - offset) > Self.tolerance
  }
}
