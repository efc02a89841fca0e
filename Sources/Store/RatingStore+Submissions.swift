import GRDB
import Ratings

extension RatingStore {
  /// Stores what several members submitted, in one transaction: one wait for the disk for all of them.
  ///
  /// With `Durability.full` the ratings have reached the disk when this returns.
  ///
  /// - Returns: one outcome for each submission, in order.
  /// - Throws: `StoreError`; nothing was stored then.
  package func submit(_ batch: [Submission]) throws -> [SubmissionOutcome] {
    try write { db in
      let statements = try SubmissionStatements(db)
      var outcomes: [SubmissionOutcome] = []
      outcomes.reserveCapacity(batch.count)
      for submission in batch { outcomes.append(try statements.take(submission)) }
      try statements.finish()
      return outcomes
    }
  }

  /// Forgets answers to requests older than `time` (seconds since 1970).
  package func forgetAnsweredRequests(before time: Int) throws {
    try write { try $0.execute(sql: "DELETE FROM answered_requests WHERE time < ?", arguments: [time]) }
  }

  package func submissionCounts() throws -> SubmissionCounts {
    try read { db in
      let row = try Row.fetchOne(db, sql: "SELECT submitted, built, trained, trained_time FROM submission_counts")
      let ratings = try Int.fetchOne(db, sql: "SELECT count(*) FROM ratings") ?? 0
      return SubmissionCounts(
        submitted: row?[0] ?? 0, built: row?[1] ?? 0, trained: row?[2] ?? 0, trainedTime: row?[3] ?? 0,
        ratings: ratings)
    }
  }

  /// How many ratings were ever submitted or taken back.
  package func submittedCount() throws -> Int {
    try read { try Int.fetchOne($0, sql: "SELECT submitted FROM submission_counts") ?? 0 }
  }

  /// Remembers that a build knew the first `count` submitted ratings, and whether its models were trained with them.
  package func recordBuilt(count: Int, isTraining: Bool, now: Int) throws {
    try write { db in
      try db.execute(sql: "UPDATE submission_counts SET built = max(built, ?)", arguments: [count])
      guard isTraining else { return }
      try db.execute(
        sql: "UPDATE submission_counts SET trained = max(trained, ?), trained_time = ?", arguments: [count, now])
    }
  }
}

/// The statements of one transaction.
private final class SubmissionStatements {
  private let account: RawStatement
  private let answered: RawStatement
  private let answer: RawStatement
  private let movie: RawStatement
  private let save: RawStatement
  private let remove: RawStatement
  private let count: RawStatement
  private let db: Database
  private var changed = 0

  init(_ db: Database) throws {
    self.db = db
    account = try RawStatement("SELECT 1 FROM accounts WHERE id = ? AND user = ?", in: db)
    answered = try RawStatement(
      "SELECT saved, removed, digest FROM answered_requests WHERE account = ? AND key = ?", in: db)
    answer = try RawStatement(
      """
      INSERT INTO answered_requests (account, key, digest, saved, removed, time)
      VALUES (?, ?, ?, ?, ?, ?)
      """, in: db)
    movie = try RawStatement("SELECT id FROM movies WHERE source_id = ?", in: db)
    // A time far ahead comes from a clock that was wrong once; it must not stay for ever.
    save = try RawStatement(
      """
      INSERT INTO ratings (user, movie, origin, stars, time) VALUES (?, ?, 1, ?, ?)
      ON CONFLICT (user, movie, origin) DO UPDATE SET stars = excluded.stars,
        time = CASE WHEN time > excluded.time + 86400 THEN excluded.time ELSE max(time, excluded.time) END
      """, in: db)
    remove = try RawStatement("DELETE FROM ratings WHERE user = ? AND movie = ? AND origin = 1", in: db)
    count = try RawStatement("UPDATE submission_counts SET submitted = submitted + ?", in: db)
  }

  func take(_ submission: Submission) throws -> SubmissionOutcome {
    account.bind(submission.account, at: 0)
    account.bind(submission.user, at: 1)
    guard try account.hasRow() else { return .noAccount }
    let digest = submission.repetition?.digest ?? ""
    if let repetition = submission.repetition {
      answered.bind(submission.account, at: 0)
      answered.bind(repetition.key, at: 1)
      if try answered.next() {
        let (saved, removed) = (Int(answered.int64(0)), Int(answered.int64(1)))
        let isSame = answered.text(2) == digest
        answered.reset()
        return isSame ? .stored(saved: saved, removed: removed, isRepetition: true) : .keyReused
      }
    }
    var keys: [Int32] = []
    var unknown: [SourceID] = []
    for rating in submission.ratings {
      movie.bind(rating.movie, at: 0)
      if try movie.next() { keys.append(movie.int32(0)) } else { unknown.append(rating.movie) }
      movie.reset()
    }
    guard unknown.isEmpty else { return .unknownMovies(unknown) }
    var saved = 0
    var removed = 0
    for (key, rating) in zip(keys, submission.ratings) {
      if let stars = rating.stars {
        save.bind(submission.user, at: 0)
        save.bind(key, at: 1)
        save.bind(stars, at: 2)
        save.bind(Int64(submission.time), at: 3)
        try save.run()
        saved += 1
      } else {
        remove.bind(submission.user, at: 0)
        remove.bind(key, at: 1)
        try remove.run()
        removed += db.changesCount
      }
    }
    changed += saved + removed
    if let repetition = submission.repetition {
      answer.bind(submission.account, at: 0)
      answer.bind(repetition.key, at: 1)
      answer.bind(digest, at: 2)
      answer.bind(saved, at: 3)
      answer.bind(removed, at: 4)
      answer.bind(Int64(submission.time), at: 5)
      try answer.run()
    }
    return .stored(saved: saved, removed: removed, isRepetition: false)
  }

  func finish() throws {
    guard changed > 0 else { return }
    count.bind(changed, at: 0)
    try count.run()
  }
}
