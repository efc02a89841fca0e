import GRDB
import Ratings

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension RatingStore {
  /// Makes an account with its user.
  ///
  /// - Parameter invitation: the digest of an invitation, which is used up.
  /// - Throws: `AccountRefusal`, `StoreError`.
  package func addAccount(_ new: NewAccount, invitation: [UInt8]? = nil, now: Int) throws -> Account {
    try write { db in
      if let invitation {
        try db.execute(
          sql: "DELETE FROM invitations WHERE digest = ? AND expires > ?", arguments: [invitation.blob, now])
        guard db.changesCount == 1 else { throw AccountRefusal.invitationUnknown }
      }
      guard try Account.find(name: new.name, in: db) == nil else { throw AccountRefusal.nameTaken }
      let user = try Int32.fetchOne(
        db, sql: "SELECT id FROM users WHERE source_id = ?", arguments: [(new.importedUser ?? .text(new.name)).value])
      let key: Int32
      if let imported = new.importedUser {
        guard let user else { throw AccountRefusal.unknownUser }
        let isTaken = try Bool.fetchOne(
          db, sql: "SELECT EXISTS (SELECT 1 FROM accounts WHERE user = ?)", arguments: [user])
        guard isTaken != true else { throw AccountRefusal.userTaken }
        try db.execute(sql: "UPDATE users SET member = 1 WHERE source_id = ?", arguments: [imported.value])
        key = user
      } else {
        // Names that differ by case alone would be one to people, and one page to many file systems.
        let isTaken = try Bool.fetchOne(
          db, sql: "SELECT EXISTS (SELECT 1 FROM users WHERE source_id = ? COLLATE NOCASE)", arguments: [new.name])
        guard user == nil, isTaken != true else { throw AccountRefusal.nameTaken }
        try db.execute(sql: "INSERT INTO users (source_id, member) VALUES (?, 1)", arguments: [new.name])
        key = Int32(db.lastInsertedRowID)
      }
      try db.execute(
        sql: "INSERT INTO accounts (user, name, password, role, listed, created) VALUES (?, ?, ?, ?, ?, ?)",
        arguments: [key, new.name, new.password, new.role.rawValue, new.isListed, now])
      let id = db.lastInsertedRowID
      if !new.isListed { try Self.countPrivacyChange(in: db) }
      return Account(
        id: id, user: key, userID: new.importedUser ?? .text(new.name), name: new.name,
        password: new.password, role: new.role, isListed: new.isListed, created: now)
    }
  }

  package func account(named name: String) throws -> Account? { try read { try Account.find(name: name, in: $0) } }

  /// All accounts by name.
  package func accounts() throws -> [Account] {
    try read { db in try Row.fetchAll(db, sql: Account.selection + " ORDER BY name").map(Account.init) }
  }

  /// Sets the password and ends all sessions but the one with the digest `kept`.
  package func setPassword(_ hash: String, ofAccount id: Int64, keeping kept: [UInt8] = []) throws {
    try write { db in
      try db.execute(sql: "UPDATE accounts SET password = ? WHERE id = ?", arguments: [hash, id])
      try db.execute(sql: "DELETE FROM sessions WHERE account = ? AND digest <> ?", arguments: [id, kept.blob])
    }
  }

  /// Sets who may see the member's page.
  package func setListed(_ isListed: Bool, ofAccount id: Int64) throws {
    try write { db in
      try db.execute(
        sql: "UPDATE accounts SET listed = ?1 WHERE id = ?2 AND listed <> ?1", arguments: [isListed, id])
      if db.changesCount > 0 { try Self.countPrivacyChange(in: db) }
    }
  }

  /// Removes an account, its sessions, and every rating that was submitted through it; what was imported stays, and so
  /// does that nobody may see it where the member had said so. Until a build without the member is published, the member
  /// is hidden.
  ///
  /// - Returns: how many ratings were removed; nil where there was no such account.
  @discardableResult
  package func removeAccount(_ id: Int64) throws -> Int? {
    try write { db in
      guard
        let row = try Row.fetchOne(
          db,
          sql: "SELECT user, source_id, name, listed FROM accounts JOIN users ON users.id = user WHERE accounts.id = ?",
          arguments: [id])
      else { return nil }
      let user: Int32 = row[0]
      try db.execute(sql: "DELETE FROM accounts WHERE id = ?", arguments: [id])
      try db.execute(sql: "DELETE FROM ratings WHERE user = ? AND origin = 1", arguments: [user])
      let count = db.changesCount
      try db.execute(
        sql: "UPDATE submission_counts SET submitted = submitted + ?", arguments: [max(1, count)])
      try db.execute(sql: "UPDATE users SET member = 0 WHERE id = ?", arguments: [user])
      try db.execute(
        sql: """
          DELETE FROM users WHERE id = ? AND imported = 0
          AND NOT EXISTS (SELECT 1 FROM ratings WHERE user = users.id)
          AND NOT EXISTS (SELECT 1 FROM validation_ratings WHERE user = users.id)
          AND NOT EXISTS (SELECT 1 FROM tags WHERE user = users.id)
          """, arguments: [user])
      let isGone = db.changesCount > 0
      let isListed: Bool = row[3]
      let change = try Self.countPrivacyChange(in: db)
      try db.execute(
        sql: """
          INSERT INTO removed_members (name_hash, source_id, unlisted, removed, change)
          VALUES (?, ?, ?, CAST(strftime('%s', 'now') AS INTEGER), ?)
          """,
        arguments: [Self.nameHash(row[2]), row[1] as DatabaseValue, !isListed && !isGone, change])
      return count
    }
  }
}

extension RatingStore {
  /// What is kept of the name of a removed account.
  static func nameHash(_ name: String) -> String {
    var hash = Fingerprint()
    hash.add("removed account")
    hash.add(name)
    return hash.description
  }
}

extension Account {
  static let selection = """
    SELECT accounts.id, user, users.source_id, name, password, role, listed, created
    FROM accounts JOIN users ON users.id = accounts.user
    """

  init(_ row: Row) {
    let source: DatabaseValue = row[2]
    self.init(
      id: row[0], user: row[1], userID: SourceID(source),
      name: row[3], password: row[4], role: Role(rawValue: row[5]) ?? .member, isListed: row[6], created: row[7])
  }

  static func find(name: String, in db: Database) throws -> Account? {
    try Row.fetchOne(db, sql: selection + " WHERE name = ?", arguments: [name]).map(Account.init)
  }
}

extension SourceID {
  /// As the column `source_id` holds it.
  fileprivate init(_ value: DatabaseValue) {
    switch value.storage {
    case .int64(let number): self = .number(number)
    case .string(let text): self = .text(text)
    default: self = .text("")
    }
  }

  /// As the column `source_id` holds it.
  var value: DatabaseValue {
    switch self {
    case .number(let number): number.databaseValue
    case .text(let text): text.databaseValue
    }
  }
}

extension [UInt8] {
  /// As a column of bytes holds it.
  var blob: DatabaseValue { DatabaseValue(value: Data(self)) ?? .null }
}
