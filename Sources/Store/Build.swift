/// One run of the build, as the database remembers it.
public struct Build: Equatable, Sendable {
  public enum Outcome: String, Sendable, CaseIterable {
    case succeeded, failed, interrupted
  }

  /// Seconds since 1970.
  public var started: Int
  /// Seconds since 1970.
  public var finished: Int
  /// The version of Marquee.
  public var version: String
  public var quality: String
  public var outcome: Outcome
  public var userCount: Int
  public var movieCount: Int
  public var ratingCount: Int
  /// Of the data that were built from.
  public var fingerprint: String
  /// What went wrong; empty where nothing did.
  public var message: String

  public init(
    started: Int, finished: Int, version: String, quality: String, outcome: Outcome, userCount: Int = 0,
    movieCount: Int = 0, ratingCount: Int = 0, fingerprint: String = "", message: String = ""
  ) {
    self.started = started
    self.finished = finished
    self.version = version
    self.quality = quality
    self.outcome = outcome
    self.userCount = userCount
    self.movieCount = movieCount
    self.ratingCount = ratingCount
    self.fingerprint = fingerprint
    self.message = message
  }
}
