/// One run of the build, as the database remembers it.
package struct Build: Equatable, Sendable {
  package enum Outcome: String, Sendable, CaseIterable {
    case succeeded, failed, interrupted
  }

  /// Seconds since 1970.
  package var started: Int
  /// Seconds since 1970.
  package var finished: Int
  /// The version of Marquee.
  package var version: String
  package var quality: String
  package var outcome: Outcome
  package var userCount: Int
  package var movieCount: Int
  package var ratingCount: Int
  /// Of the data that were built from.
  package var fingerprint: String
  /// What went wrong; empty where nothing did.
  package var message: String

  package init(
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
