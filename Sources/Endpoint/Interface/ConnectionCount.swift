import Synchronization

/// How many connections there are, and how many there may be.
final class ConnectionCount: Sendable {
  private let limit: Int
  private let count = Atomic(0)

  init(limit: Int) { self.limit = limit }

  /// Counts a connection in, also where it is one too many and must be closed.
  func enter() -> Bool { count.add(1, ordering: .relaxed).newValue <= limit }

  func leave() { count.subtract(1, ordering: .relaxed) }

  var value: Int { count.load(ordering: .relaxed) }
}
