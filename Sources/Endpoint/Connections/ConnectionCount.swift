import NIOCore
import Settings
import Synchronization

/// The number of connections and its limits, in total and per address.
///
/// When the limit is reached, the connection that has been idle longest is closed:
/// clients with idle connections only harm themselves.
final class ConnectionCount: Sendable {
  /// One connection.
  final class Place: Sendable {
    fileprivate let asker: Asker
    /// Whether many clients share it (a proxy).
    fileprivate let isProxy: Bool
    fileprivate let channel: any Channel
    /// The start of its idle time, in nanoseconds of the clock; nil while a request is being answered.
    private let idleSince: Atomic<UInt64>
    private static let busy = UInt64.max

    fileprivate init(_ asker: Asker, isProxy: Bool, channel: any Channel) {
      (self.asker, self.isProxy, self.channel) = (asker, isProxy, channel)
      idleSince = Atomic(NIODeadline.now().uptimeNanoseconds)
    }

    func setBusy() { idleSince.store(Self.busy, ordering: .relaxed) }

    func setIdle() { idleSince.store(NIODeadline.now().uptimeNanoseconds, ordering: .relaxed) }

    fileprivate var idleTime: UInt64? {
      let time = idleSince.load(ordering: .relaxed)
      return time == Self.busy ? nil : time
    }
  }

  private struct State {
    var places: [Asker: [ObjectIdentifier: Place]] = [:]
    var count = 0
    /// Concurrent requests in multiplexed connections.
    var streams: [Asker: Int] = [:]
    var streamCount = 0
  }

  let limit: Int
  private let limitOfAddress: Int
  /// They are shared by many clients.
  private let proxies: TrustedProxies
  private let state = Mutex(State())

  init(limit: Int, perAddress limitOfAddress: Int, proxies: TrustedProxies) {
    (self.limit, self.limitOfAddress, self.proxies) = (limit, limitOfAddress, proxies)
  }

  /// Reserves a slot for a connection; nil if there is none.
  func enter(_ channel: any Channel) -> Place? {
    let address = channel.remoteAddress?.ipAddress.flatMap { NetworkAddress($0) }
    let place = Place(Asker(address), isProxy: address.map { proxies.contains($0) } ?? true, channel: channel)
    let (isIn, victim) = state.withLock { state -> (Bool, Place?) in
      var victim: Place?
      let own = state.places[place.asker]
      if !place.isProxy, let own, own.count >= limitOfAddress {
        victim = Self.idlest(own.values)?.place
      } else if state.count >= limit {
        victim = Self.victim(in: state)
      } else {
        Self.add(place, to: &state)
        return (true, nil)
      }
      guard let victim else { return (false, nil) }
      Self.remove(victim, from: &state)
      Self.add(place, to: &state)
      return (true, victim)
    }
    victim?.channel.close(promise: nil)
    return isIn ? place : nil
  }

  func leave(_ place: Place) { state.withLock { Self.remove(place, from: &$0) } }

  /// Reserves a slot for a concurrent request in a connection; false if its address has too many.
  func enterStream(of place: Place) -> Bool {
    state.withLock { state in
      let own = state.streams[place.asker, default: 0]
      guard state.streamCount < limit, place.isProxy || own < limitOfAddress else { return false }
      state.streams[place.asker] = own + 1
      state.streamCount += 1
      return true
    }
  }

  func leaveStream(of place: Place) {
    state.withLock { state in
      state.streamCount -= 1
      let rest = state.streams[place.asker, default: 1] - 1
      state.streams[place.asker] = rest == 0 ? nil : rest
    }
  }

  var value: Int { state.withLock { $0.count } }

  /// Among the addresses with most connections, the one that has been idle longest: a client with a new request
  /// is not dropped for a later one.
  private static func victim(in state: State) -> Place? {
    var victim: (place: Place, time: UInt64, count: Int)?
    for places in state.places.values where places.count >= victim?.count ?? 0 {
      guard let (place, time) = idlest(places.values) else { continue }
      if let victim, places.count == victim.count, victim.time <= time { continue }
      victim = (place, time, places.count)
    }
    return victim?.place
  }

  private static func idlest(_ places: some Sequence<Place>) -> (place: Place, time: UInt64)? {
    places.compactMap { place in place.idleTime.map { (place: place, time: $0) } }.min { $0.time < $1.time }
  }

  private static func add(_ place: Place, to state: inout State) {
    state.places[place.asker, default: [:]][ObjectIdentifier(place)] = place
    state.count += 1
  }

  private static func remove(_ place: Place, from state: inout State) {
    guard state.places[place.asker]?.removeValue(forKey: ObjectIdentifier(place)) != nil else { return }
    state.count -= 1
    if state.places[place.asker]?.isEmpty == true { state.places[place.asker] = nil }
  }
}
