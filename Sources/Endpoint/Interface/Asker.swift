import Pipeline

/// Who is counted as one: an address of IPv4, or the /64 of IPv6 that one subscriber has, in whatever spelling it came.
struct Asker: Hashable, Sendable {
  /// All zeros for what has no address, such as a socket in the file system.
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

/// A limit for each asker, and of ten times as much for the network around.
final class AddressLimit: Sendable {
  private let near: RateLimit<NetworkAddress>
  private let wide: RateLimit<NetworkAddress>

  init(burst: Int, perSecond rate: Double) {
    near = RateLimit(burst: burst, perSecond: rate)
    wide = RateLimit(burst: burst * 10, perSecond: rate * 10)
  }

  /// Takes one try; where there is none, the seconds until there is.
  func take(_ asker: Asker) -> Int? { near.take(asker.near) ?? asker.wide.flatMap { wide.take($0) } }
}
