import HTTPTypes
import Hummingbird
import Pipeline

/// Where a request comes from: who asks, by which way, for which host.
struct RequestOrigin: Sendable {
  /// The asker's address, for the log: that of the connection, or the one that a trusted proxy tells.
  let address: String
  /// Who is counted by limits.
  let asker: Asker
  /// Whether the asker came through TLS.
  let isSecure: Bool
  /// The host as the asker wrote it, in lower case, with the port unless it is that of the scheme.
  let host: String
  /// Whether the asker says for whom it asks although nobody trusts it with that.
  let isUntrustedProxy: Bool
  /// Whether the request comes straight from this machine.
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

  /// The last address that is no proxy of ours: what stands before it, the asker may have made up. What is no address ends
  /// the search at the proxy that told it.
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

  /// Of several values in one field, the one that the nearest proxy added.
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
