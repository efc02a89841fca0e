package import Ratings

/// One request of a member to save or take back ratings.
package struct Submission: Sendable {
  package var account: Int64
  /// The primary key of the account's user.
  package var user: Int32
  /// Each movie once; no stars takes the rating back.
  package var ratings: [(movie: SourceID, stars: Float?)]
  /// Seconds since 1970.
  package var time: UInt32
  /// What makes a repetition known: the client's key and a digest of what was asked for.
  package var repetition: (key: String, digest: String)?

  package init(
    account: Int64, user: Int32, ratings: [(movie: SourceID, stars: Float?)], time: UInt32,
    repetition: (key: String, digest: String)? = nil
  ) {
    self.account = account
    self.user = user
    self.ratings = ratings
    self.time = time
    self.repetition = repetition
  }
}

/// What became of a submission: all of it is stored or nothing.
package enum SubmissionOutcome: Equatable, Sendable {
  /// How many ratings are new or have other stars or a later date, and how many were taken back.
  case stored(saved: Int, removed: Int, isRepetition: Bool)
  case unknownMovies([SourceID])
  /// The key came with another request before.
  case keyReused
  /// The account is gone.
  case noAccount
}

/// How many ratings members submitted or took back.
package struct SubmissionCounts: Equatable, Sendable {
  /// Ever.
  package var submitted: Int
  /// Of these, those that the last build knew.
  package var built: Int
  /// Of these, those that the last training knew.
  package var trained: Int
  /// When that was, in seconds since 1970; 0 for never.
  package var trainedTime: Int
  /// Ratings in all.
  package var ratings: Int
}
