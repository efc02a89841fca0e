import Synchronization

/// An event for listeners.
struct SiteEvent: Sendable {
  /// The type of a server-sent event.
  var name: String
  /// JSON on one line.
  var data: String
  /// The account that it is for; nil for everybody.
  var account: Int64?

  /// As sent in the stream (HTML Living Standard, section 9.2).
  var text: String { "event: \(name)\ndata: \(data)\n\n" }

  /// A line that keeps proxies from closing a silent stream.
  static let heartbeat = ": still here\n\n"
}

/// The listeners to events of the site.
final class EventHub: Sendable {
  private struct Listener {
    let account: Int64?
    let asker: Asker
    let continuation: AsyncStream<String>.Continuation
  }

  private struct State {
    var listeners: [Int: Listener] = [:]
    var next = 0
    var isClosed = false
  }

  private let state = Mutex(State())
  private let mostListeners: Int
  private static let mostOfAsker = 20
  private static let mostOfNetwork = 100

  /// - Parameter mostListeners: how many may listen at once.
  init(mostListeners: Int = 1000) { self.mostListeners = mostListeners }

  /// A stream of texts to send; nil if there are too many listeners.
  func listen(account: Int64?, asker: Asker) -> AsyncStream<String>? {
    let (stream, continuation) = AsyncStream.makeStream(of: String.self, bufferingPolicy: .bufferingNewest(64))
    let id = state.withLock { state -> Int? in
      let ofAsker = state.listeners.values.count { $0.asker == asker }
      let ofNetwork = asker.wide.map { wide in state.listeners.values.count { $0.asker.wide == wide } } ?? 0
      guard !state.isClosed, state.listeners.count < mostListeners, ofAsker < Self.mostOfAsker,
        ofNetwork < Self.mostOfNetwork
      else { return nil }
      state.next += 1
      state.listeners[state.next] = Listener(account: account, asker: asker, continuation: continuation)
      return state.next
    }
    guard let id else { return nil }
    continuation.onTermination = { [weak self] _ in _ = self?.state.withLock { $0.listeners.removeValue(forKey: id) } }
    continuation.yield("retry: 3000\n\n")
    return stream
  }

  func send(_ event: SiteEvent) {
    let listeners = state.withLock { Array($0.listeners.values) }
    for listener in listeners where event.account == nil || event.account == listener.account {
      listener.continuation.yield(event.text)
    }
  }

  func sendHeartbeat() {
    for listener in state.withLock({ Array($0.listeners.values) }) { listener.continuation.yield(SiteEvent.heartbeat) }
  }

  /// Ends all streams.
  func close() {
    let listeners = state.withLock { state in
      state.isClosed = true
      return Array(state.listeners.values)
    }
    for listener in listeners { listener.continuation.finish() }
  }

  var count: Int { state.withLock { $0.listeners.count } }
}
