/// Tells when somebody sets the clock.
struct ClockWatch {
  /// The clock's time less that of one that is never set, in seconds.
  private var offset = Self.now

  /// More than clocks are set to and fro by those who keep them right.
  private static let tolerance = 3600.0

  private static var now: Double { Double(AccountService.now) - SteadyClock.seconds() }

  /// Whether the clock was set by much since the last call.
  mutating func hasJumped() -> Bool {
    let now = Self.now
    defer { offset = now }
    return abs(now - offset) > Self.tolerance
  }
}
