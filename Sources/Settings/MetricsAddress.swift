/// Where a server listens for whoever watches it.
package struct MetricsAddress: Sendable, Equatable {
  package let host: String
  package let port: Int

  /// - Parameter text: a port of this machine alone, or an address and a port: `9180`, `10.0.0.5:9180`, `[::1]:9180`.
  package init?(_ text: String) {
    var host = "127.0.0.1"
    var rest = text[...]
    if let colon = text.lastIndex(of: ":") {
      host = String(text[..<colon])
      rest = text[text.index(after: colon)...]
      if host.hasPrefix("["), host.hasSuffix("]") {
        host = String(host.dropFirst().dropLast())
      } else if host.contains(":") {
        return nil
      }
    }
    guard !host.isEmpty, rest.allSatisfy({ $0.isASCII && $0.isNumber }), let port = Int(rest),
      (1...65_535).contains(port)
    else { return nil }
    self.host = host
    self.port = port
  }
}

extension MetricsAddress: CustomStringConvertible {
  package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
