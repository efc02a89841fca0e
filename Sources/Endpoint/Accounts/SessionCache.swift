import Store
import Synchronization

/// Recently used sessions, so that not every request reads the database.
///
/// Sessions ended by this process end at once; those ended by `marquee user` from the shell, within `lifetime`.
final class SessionCache: Sendable {
  private struct Entry {
    var session: Session
    var time: Double
  }

  private let entries = Mutex<[[UInt8]: Entry]>([:])
  /// Ended sessions that the database may still have.
  private let ends = Mutex<Set<[UInt8]>>([])
  /// Seconds.
  private static let lifetime = 1.0
  private static let mostEntries = 10_000

  func session(_ digest: [UInt8]) -> Session? {
    entries.withLock { entries in
      guard let entry = entries[digest], SteadyClock.seconds() - entry.time < Self.lifetime else { return nil }
      return entry.session
    }
  }

  func keep(_ session: Session, digest: [UInt8]) {
    entries.withLock { entries in
      if entries.count >= Self.mostEntries { entries.removeAll(keepingCapacity: true) }
      entries[digest] = Entry(session: session, time: SteadyClock.seconds())
    }
  }

  func forget(account: Int64) { entries.withLock { $0 = $0.filter { $0.value.session.account.id != account } } }

  func forgetAll() { entries.withLock { $0 = [:] } }

  /// Ends the session.
  func end(_ digest: [UInt8]) {
    ends.withLock { ends in
      if ends.count < Self.mostEntries { ends.insert(digest) }
    }
    entries.withLock { $0[digest] = nil }
  }

  func hasEnded(_ digest: [UInt8]) -> Bool { ends.withLock { $0.contains(digest) } }

  var ended: [[UInt8]] { ends.withLock { Array($0) } }

  /// The database has recorded the end. Entries read meanwhile are dropped.
  func forgetEnd(_ digest: [UInt8]) {
    entries.withLock { $0[digest] = nil }
    ends.withLock { _ = $0.remove(digest) }
  }
}
