import GRDB

extension RatingStore {
  /// No clock that says less was right when this program ran: it was written later (2026).
  package static let earliestTime = 1_767_225_600
  /// Clocks of one machine may differ by so many seconds over time.
  private static let tolerance = 86_400

  /// Corrects what was dated by a clock that was wrong: in the future, or before this program was written. What was dated so
  /// happened before now, as far as can be known; sessions and invitations last for their whole time from now on.
  ///
  /// - Parameter now: seconds since 1970, of a clock that may be wrong itself: where it surely is, nothing is done.
  /// - Returns: how many dates were corrected.
  @discardableResult
  package func repairTimes(now: Int) throws -> Int {
    guard now >= Self.earliestTime else { return 0 }
    return try write { db in
      let (latest, earliest) = (now + Self.tolerance, Self.earliestTime)
      var count = 0
      func correct(_ table: String, _ column: String, _ change: String, and condition: String = "1") throws {
        try db.execute(
          sql: """
            UPDATE \(table) SET \(change) WHERE \(condition) AND (\(column) > \(latest) OR \(column) < \(earliest))
            """)
        count += db.changesCount
      }
      for table in ["sessions", "invitations"] {
        try correct(table, "created", "created = \(now), expires = \(now) + (expires - created)")
      }
      for (table, column) in [
        ("accounts", "created"), ("removed_members", "removed"), ("answered_requests", "time"),
      ] { try correct(table, column, "\(column) = \(now)") }
      // Only what members sent: times of imported ratings are what the data say.
      try correct("ratings", "time", "time = \(now)", and: "origin = 1")
      // After a training in the future none would be due.
      try correct("submission_counts", "trained_time", "trained_time = 0", and: "trained_time > \(latest)")
      return count
    }
  }
}
