/// Scheme, host and port of a page (RFC 6454), in canonical form: lower case, without the scheme's default port.
struct WebOrigin: Equatable, Sendable {
  let isSecure: Bool
  /// The host, with the port if it is not the scheme's default.
  let authority: String

  /// - Parameter text: such as `https://films.example.org:8443` or a whole address; nil if it is not a web address.
  init?(_ text: String) {
    let lower = text.lowercased()
    guard let scheme = ["http://", "https://"].first(where: { lower.hasPrefix($0) }) else { return nil }
    isSecure = scheme == "https://"
    let rest = lower.dropFirst(scheme.utf8.count).prefix { $0 != "/" }
    guard !rest.isEmpty else { return nil }
    authority = Self.authority(String(rest), isSecure: isSecure)
  }

  /// - Parameter authority: in the form of `authority(_:isSecure:)`.
  init(isSecure: Bool, authority: String) { (self.isSecure, self.authority) = (isSecure, authority) }

  /// A host with or without a port, as in `Host`, in canonical form.
  static func authority(_ text: String, isSecure: Bool) -> String {
    var lower = text.lowercased()
    let port = isSecure ? ":443" : ":80"
    if lower.hasSuffix(port) { lower.removeLast(port.utf8.count) }
    if lower.hasSuffix(".") { lower.removeLast() }
    return lower
  }

  /// Only the host.
  var host: Substring { Self.host(of: authority) }

  /// The host of an authority, without its port.
  static func host(of authority: String) -> Substring {
    if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") { return authority[...end] }
    return authority.prefix { $0 != ":" }
  }

  var text: String { "http\(isSecure ? "s" : "")://\(authority)" }
}
