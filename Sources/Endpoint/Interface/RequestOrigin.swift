import HTTPTypes
import Hummingbird
import Settings

/// The origin of a request: client, connection and requested host.
struct RequestOrigin: Sendable {
  /// The client's address, for the log: that of the connection, or the one that a trusted proxy forwards.
  let address: String
  /// The client that limits count.
  let asker: Asker
  /// Whether the client uses TLS.
  let isSecure: Bool
  /// The requested host, in lower case, with the port unless it is the scheme's default.
  let host: String
  /// Whether there are forwarding headers from an untrusted address.
  let isUntrustedProxy: Bool
  /// Whether the request comes directly from this machine.
  let isLocal: Bool

  /// - Parameter peer: the other end of the connection.
  init(_ request: Request, peer: String, of endpoint: Endpoint) {
    let proxies = endpoint.proxies
    let connection = NetworkAddress(peer)
    let isTrusted = connection.map { proxies.contains($0) } ?? false
    let isForwarded = Self.forwarding.contains { request.headers[$0] != nil }
    isUntrustedProxy = isForwarded && !isTrusted
    isLocal = !isForwarded && connection?.isLoopback ?? true
    let origin = isTrusted ? Self.origin(behind: connection, request.headers[.forwardedFor], proxies) : connection
    address = origin?.description ?? peer
    asker = Asker(origin)
    isSecure = endpoint.settings.speaksTLS || isTrusted && Self.nearest(request.headers[.forwardedProto]) == "https"
    let named = (isTrusted ? Self.nearest(request.headers[.forwardedHost]) : nil) ?? request.head.authority ?? ""
    host = WebOrigin.authority(named, isSecure: isSecure)
  }

  private static let forwarding: [HTTPField.Name] = [.forwardedFor, .forwardedProto, .forwardedHost]

  /// The last address that is not a trusted proxy: earlier ones may be forged. An invalid address ends
  /// the search at the proxy that reported it.
  private static func origin(
    behind proxy: NetworkAddress?, _ hops: String?, _ proxies: TrustedProxies
  ) -> NetworkAddress? {
    var last = proxy
    for hop in (hops ?? "").split(separator: ",", omittingEmptySubsequences: false).reversed() {
      guard let address = NetworkAddress(trimmed(hop)) else { return last }
      last = address
      if !proxies.contains(address) { return last }
    }
    return last
  }

  /// The value in a field that the nearest proxy added.
  private static func nearest(_ field: String?) -> String? {
    guard let value = field?.split(separator: ",").last.map({ trimmed($0).lowercased() }), !value.isEmpty else {
      return nil
    }
    return value
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while text.first == " " || text.first == "\t" { text.removeFirst() }
    while text.last == " " || text.last == "\t" { text.removeLast() }
    return String(text.prefix(300))
  }
}
