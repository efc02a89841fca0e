import Credentials
import HTTPTypes
import Settings
import Site
import Store

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Registers, logs in and out, changes and removes accounts: shared by forms and JSON.
final class AccountService: Sendable {
  private let store: RatingStore
  private let settings: ServeSettings
  /// Whether pages of new members are public.
  private let areListed: Bool
  private let passwords: PasswordHasher
  private let work: BlockingWork
  private let writes: BlockingWork
  private let sessions = SessionCache()
  private let loginsOfAddress: AddressLimit
  private let failuresOfName: RateLimit<AccountName>
  private let registrations: AddressLimit

  /// - Parameters:
  ///   - work: for database reads.
  ///   - writes: for database writes.
  init(
    store: RatingStore, settings: ServeSettings, areListed: Bool, work: BlockingWork, writes: BlockingWork
  ) throws {
    self.store = store
    self.settings = settings
    self.areListed = areListed
    self.work = work
    self.writes = writes
    passwords = try PasswordHasher()
    let perMinute = settings.loginsPerMinute
    loginsOfAddress = AddressLimit(burst: perMinute, perSecond: Double(perMinute) / 60)
    // Slower than for an address, and only failures count: nobody can lock out others for long.
    failuresOfName = RateLimit(burst: perMinute, perSecond: Double(perMinute) / 120)
    let perHour = settings.registrationsPerHour
    registrations = AddressLimit(burst: perHour, perSecond: Double(perHour) / 3600)
  }

  /// On shutdown: queued passwords are no longer hashed.
  func stop() { passwords.stop() }

  /// Sessions are looked up again: their expiry has changed.
  func forgetSessions() { sessions.forgetAll() }

  static var now: Int { Int(Date().timeIntervalSince1970) }

  /// A new session: the token is returned only once.
  struct Opened: Sendable {
    let token: SecretToken
    let session: Session
  }

  func register(
    name text: String, password: String, invitation: String?, kind: Session.Kind, from asker: Asker
  ) async throws -> Opened {
    guard settings.registration != .closed else { throw Problem.noNewMembers }
    guard let name = AccountName(text) else {
      throw Problem(.unprocessableContent, AccountName.rule) { $0(.problemName) }
    }
    if let fault = PasswordRule.fault(of: password, name: name.text) {
      throw Problem(.unprocessableContent, "\(fault)") { fault.text(in: $0) }
    }
    var digest: [UInt8]?
    if settings.registration == .invitation {
      guard let code = invitation.flatMap({ SecretToken($0) }) else {
        throw Problem(.forbidden, "this site takes members by invitation; open the address that the owner sent you") {
          $0(.problemInvitation)
        }
      }
      digest = code.digest
    }
    if let wait = registrations.take(asker) {
      throw Problem.tooMany("too many accounts were created from your address; try again later", retryAfter: wait) {
        $0(.problemAccounts)
      }
    }
    let hash = try await passwords.hash(password, for: asker)
    do {
      let account = try await writes.run { [store, digest, areListed] in
        try store.addAccount(
          NewAccount(name: name.text, password: hash, isListed: areListed), invitation: digest, now: Self.now)
      }
      return try await open(account, kind: kind)
    } catch AccountRefusal.nameTaken {
      throw Problem(.conflict, "the name “\(name)” is taken; choose another") {
        $0(.problemNameTaken, ["name": name.text])
      }
    } catch AccountRefusal.invitationUnknown {
      throw Problem(.forbidden, "this invitation was used or has expired; ask the owner for another") {
        $0(.problemInvitationUsed)
      }
    }
  }

  /// Counts a login attempt of an address, before the request is read.
  ///
  /// - Throws: `Problem` if the limit is reached.
  func admitLogin(from asker: Asker) throws {
    if let wait = loginsOfAddress.take(asker) { throw Self.tooMany(wait) }
  }

  /// A login attempt admitted by `admitLogin`.
  ///
  /// - Parameter old: the client's existing session, which ends: this prevents session fixation.
  func logIn(
    name text: String, password: String, kind: Session.Kind, from asker: Asker, replacing old: SecretToken?
  ) async throws -> Opened {
    // An invalid name belongs to nobody: nobody is locked out by it, and it needs no bucket.
    let name = AccountName(text)
    if let name { try limitFailures(of: name) }
    var account: Account?
    if let name { account = try await work.run { [store] in try store.account(named: name.text) } }
    let isShort = password.utf8.count <= PasswordRule.longest
    let isRight = try await passwords.matches(
      isShort ? password : "", stored: isShort ? account?.password : nil, for: asker)
    guard isRight, let account, let name else {
      throw Problem(.unauthorized, "name or password is wrong", headers: [.wwwAuthenticate: "Bearer"]) {
        $0(.problemLogin)
      }
    }
    failuresOfName.reset(name)
    if let old { try await end(old) }
    return try await open(account, kind: kind)
  }

  private func limitFailures(of name: AccountName) throws {
    if let wait = failuresOfName.take(name) { throw Self.tooMany(wait) }
  }

  private static func tooMany(_ wait: Int) -> Problem {
    Problem.tooMany("too many login attempts; try again in \(wait) seconds", retryAfter: wait) {
      $0.count(.problemAttempts, wait)
    }
  }

  private func open(_ account: Account, kind: Session.Kind) async throws -> Opened {
    let token = SecretToken()
    let now = Self.now
    let expires = now + settings.sessionDays * 86_400
    try await writes.run { [store] in
      try store.addSession(digest: token.digest, account: account.id, kind: kind, now: now, expires: expires)
    }
    return Opened(token: token, session: Session(account: account, kind: kind, expires: expires))
  }

  /// The account of a token.
  func session(_ token: SecretToken) async throws -> Session? {
    let digest = token.digest
    let now = Self.now
    if sessions.hasEnded(digest) { return nil }
    if let known = sessions.session(digest) { return known.expires > now ? known : nil }
    guard let session = try await work.run({ [store] in try store.session(digest: digest, now: now) }) else {
      return nil
    }
    sessions.keep(session, digest: digest)
    return session
  }

  /// Ends a session, even if the disk is full: then it has ended for this process, and is removed when there is space.
  func end(_ token: SecretToken) async throws {
    sessions.end(token.digest)
    do {
      try await writes.run { [store] in try store.removeSession(digest: token.digest) }
      sessions.forgetEnd(token.digest)
    } catch StoreError.diskFull {}
  }

  /// Removes the sessions that ended while the disk was full.
  func removeEnded() async {
    for digest in sessions.ended {
      do { try await writes.run { [store] in try store.removeSession(digest: digest) } } catch { return }
      sessions.forgetEnd(digest)
    }
  }

  func changePassword(
    of account: Account, from old: String, to new: String, keeping token: SecretToken, asker: Asker
  ) async throws {
    try await confirm(account, old, asker)
    if let fault = PasswordRule.fault(of: new, name: account.name) {
      throw Problem(.unprocessableContent, "\(fault)") { fault.text(in: $0) }
    }
    let hash = try await passwords.hash(new, for: asker)
    try await writes.run { [store] in try store.setPassword(hash, ofAccount: account.id, keeping: token.digest) }
    sessions.forget(account: account.id)
  }

  func setListed(_ isListed: Bool, of account: Account) async throws {
    try await writes.run { [store] in try store.setListed(isListed, ofAccount: account.id) }
    sessions.forget(account: account.id)
  }

  func remove(_ account: Account, password: String, asker: Asker) async throws {
    try await confirm(account, password, asker)
    _ = try await writes.run { [store] in try store.removeAccount(account.id) }
    sessions.forget(account: account.id)
  }

  /// Asks for the password again before irreversible actions.
  private func confirm(_ account: Account, _ password: String, _ asker: Asker) async throws {
    let name = AccountName(account.name)
    if let name { try limitFailures(of: name) }
    let isShort = password.utf8.count <= PasswordRule.longest
    let current = try await work.run { [store] in try store.account(named: account.name)?.password }
    guard try await passwords.matches(isShort ? password : "", stored: isShort ? current : nil, for: asker) else {
      throw Problem(.forbidden, "the password is wrong") { $0(.problemPassword) }
    }
    if let name { failuresOfName.reset(name) }
  }
}
