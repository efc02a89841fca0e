import GRDB

extension RatingStore {
  /// Seconds after its end in which something is removed by the next of its kind. What ended longer ago stays: of one account
  /// there are few, and they open nothing.
  private static let recently = 7 * 86_400

  /// Begins a session; of one account at most `limit` last, the oldest end first.
  package func addSession(
    digest: [UInt8], account: Int64, kind: Session.Kind, now: Int, expires: Int, limit: Int = 50
  ) throws {
    try write { db in
      // Those that have just ended: where the clock jumps ahead, sessions of months must not go at the first login.
      try db.execute(
        sql: "DELETE FROM sessions WHERE expires <= ? AND expires > ?", arguments: [now, now - Self.recently])
      try db.execute(
        sql: "INSERT INTO sessions (digest, account, kind, created, expires) VALUES (?, ?, ?, ?, ?)",
        arguments: [digest.blob, account, kind.rawValue, now, expires])
      try db.execute(
        sql: """
          DELETE FROM sessions WHERE digest IN (
            SELECT digest FROM sessions WHERE account = ? ORDER BY created DESC, digest LIMIT -1 OFFSET ?)
          AND digest <> ?
          """, arguments: [account, limit, digest.blob])
    }
  }

  /// The session with this digest, unless it has expired.
  package func session(digest: [UInt8], now: Int) throws -> Session? {
    try read { db in
      let row = try Row.fetchOne(
        db,
        sql: """
          SELECT accounts.id, user, users.source_id, name, password, role, listed, accounts.created, kind, expires
          FROM sessions JOIN accounts ON accounts.id = sessions.account JOIN users ON users.id = accounts.user
          WHERE digest = ? AND expires > ?
          """, arguments: [digest.blob, now])
      return row.map { Session(account: Account($0), kind: Session.Kind(rawValue: $0[8]) ?? .browser, expires: $0[9]) }
    }
  }

  package func removeSession(digest: [UInt8]) throws {
    try write { try $0.execute(sql: "DELETE FROM sessions WHERE digest = ?", arguments: [digest.blob]) }
  }

  /// Keeps an invitation that can be used once.
  package func addInvitation(digest: [UInt8], now: Int, expires: Int) throws {
    try write { db in
      try db.execute(
        sql: "DELETE FROM invitations WHERE expires <= ? AND expires > ?", arguments: [now, now - Self.recently])
      try db.execute(
        sql: "INSERT INTO invitations (digest, created, expires) VALUES (?, ?, ?)",
        arguments: [digest.blob, now, expires])
    }
  }
}
