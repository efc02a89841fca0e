import Settings

/// The unit that limits count: an IPv4 address, or the IPv6 /64 of one subscriber, in canonical form.
struct Asker: Hashable, Sendable {
  /// All zeros without an address, such as for a Unix socket.
  let near: NetworkAddress
  /// The /48 that a whole network has; nil with IPv4.
  let wide: NetworkAddress?

  init(_ address: NetworkAddress?) {
    guard let address else {
      (near, wide) = (.unspecified, nil)
      return
    }
    near = address.isFour ? address : address.network(64)
    wide = address.isFour ? nil : address.network(48)
  }
}

/// A limit for each client, and ten times as much for its network.
final class AddressLimit: Sendable {
  private let near: RateLimit<NetworkAddress>
  private let wide: RateLimit<NetworkAddress>

  init(burst: Int, perSecond rate: Double) {
    near = RateLimit(burst: burst, perSecond: rate)
    wide = RateLimit(burst: burst * 10, perSecond: rate * 10)
  }

  /// Consumes a token; returns the seconds to wait if there is none.
  func take(_ asker: Asker) -> Int? { near.take(asker.near) ?? asker.wide.flatMap { wide.take($0) } }
}
