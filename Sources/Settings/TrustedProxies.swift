import Synchronization

/// Who may say for whom a request comes: addresses, networks and hosts by name, in any spelling.
package final class TrustedProxies: Sendable {
  /// One entry of `trusted-proxies`.
  enum Entry: Equatable {
    case network(NetworkAddress, length: Int)
    case host(String)

    /// Nil for what is none of them.
    package init?(_ text: String) {
      let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
      if let address = NetworkAddress(parts[0]) {
        let longest = address.isFour ? 32 : 128
        let length = parts.count > 1 ? Int(parts[1]) : longest
        guard let length, (0...longest).contains(length) else { return nil }
        self = .network(address.network(length), length: length)
        return
      }
      // The name of a host (RFC 1123), such as that of a container. Digits and dots alone are a misspelt address.
      let isName =
        parts.count == 1 && (1...253).contains(text.utf8.count) && text.contains(where: \.isLetter)
        && text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
          (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
            && label.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
        }
      guard isName else { return nil }
      self = .host(text.lowercased())
    }
  }

  private let networks: [(address: NetworkAddress, length: Int)]
  private let hosts: [String]
  private let resolved = Mutex<Set<NetworkAddress>>([])

  /// - Parameter entries: as `ServeSettings.trustedProxies` has them; what is none is left out.
  package init(_ entries: [String]) {
    var networks: [(NetworkAddress, Int)] = []
    var hosts: [String] = []
    for entry in entries {
      switch Entry(entry) {
      case .network(let address, let length): networks.append((address, length))
      case .host(let name): hosts.append(name)
      case nil: break
      }
    }
    (self.networks, self.hosts) = (networks, hosts)
    lookUp()
  }

  /// Whether nobody is trusted.
  package var isEmpty: Bool { networks.isEmpty && hosts.isEmpty }

  /// The names that no address was found for.
  package var unknownHosts: [String] { unknown.withLock { $0 } }
  private let unknown = Mutex<[String]>([])

  package func contains(_ address: NetworkAddress) -> Bool {
    networks.contains { $0.address.isFour == address.isFour && address.network($0.length) == $0.address }
      || !hosts.isEmpty && resolved.withLock { $0.contains(address) }
  }

  /// Looks the addresses of the hosts up again: those of containers change.
  ///
  /// - Complexity: waits for the name service. A host that it does not know at the moment keeps no address.
  package func lookUp() {
    guard !hosts.isEmpty else { return }
    let found = hosts.map { NetworkAddress.named($0) }
    unknown.withLock { $0 = zip(hosts, found).filter(\.1.isEmpty).map(\.0) }
    resolved.withLock { $0 = found.reduce(into: []) { $0.formUnion($1) } }
  }
}
