import Credentials
import HTTPTypes
import Hummingbird
import NIOCore
import Pipeline

/// One request with what the endpoint makes of it: who asks, from where, in which way.
struct Exchange: Sendable {
  let request: Request
  let path: SitePath
  /// The parts of the path behind the route's literal ones, decoded.
  let parameters: [String]
  let query: FormFields
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
  let id: String
  /// Whether it brought a form that is known to be one of our own.
  var isOwnForm = false
  private let bodyLimit: Int
  private let siteOrigin: WebOrigin?

  init(
    _ request: Request, path: SitePath, parameters: [String], peer: String, id: String, settings: ServeSettings,
    proxies: TrustedProxies, siteOrigin: WebOrigin?
  ) throws {
    self.request = request
    self.path = path
    self.parameters = parameters
    self.id = id
    bodyLimit = settings.bodyLimit
    self.siteOrigin = siteOrigin
    query = try FormFields(path.query ?? "")
    let connection = NetworkAddress(peer)
    let isTrusted = connection.map { proxies.contains($0) } ?? false
    let isForwarded = Self.forwarding.contains { request.headers[$0] != nil }
    isUntrustedProxy = isForwarded && !isTrusted
    isLocal = !isForwarded && connection?.isLoopback ?? true
    let origin = isTrusted ? Self.origin(behind: connection, request.headers[.forwardedFor], proxies) : connection
    address = origin?.description ?? peer
    asker = Asker(origin)
    isSecure = settings.speaksTLS || isTrusted && Self.nearest(request.headers[.forwardedProto]) == "https"
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

  /// The media type of the body, in lower case and without its parameters.
  var contentType: String {
    let type = (request.headers[.contentType] ?? "").split(separator: ";", maxSplits: 1).first ?? ""
    return Self.trimmed(type).lowercased()
  }

  /// The most bytes of a body that is no table of ratings.
  private static let smallBody = 65_536

  /// Whether more may come than every request may bring.
  var hasLargeBody: Bool {
    request.headers[.contentLength].flatMap { Int($0) }.map { $0 > Self.smallBody } ?? true
  }

  /// The whole body.
  ///
  /// - Parameter isSmall: whether it is one whose longest honest form is short.
  func body(isSmall: Bool = true) async throws -> [UInt8] {
    let limit = isSmall ? min(bodyLimit, Self.smallBody) : bodyLimit
    let tooLarge = Problem(
      .contentTooLarge, "the body may have \(limit) bytes; send less, or in parts", headers: [.connection: "close"])
    if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit { throw tooLarge }
    do {
      var buffer = try await request.body.collect(upTo: limit)
      return buffer.readBytes(length: buffer.readableBytes) ?? []
    } catch is NIOTooManyBytesError {
      throw tooLarge
    } catch is CancellationError {
      throw CancellationError()
    } catch {
      // Broken chunks, or the end of the connection: whoever asks did it, and anybody can.
      throw Problem(.badRequest, "the body did not arrive whole", headers: [.connection: "close"])
    }
  }

  func cookie(_ name: String) -> String? {
    for field in request.headers[values: .cookie] {
      for pair in field.split(separator: ";") {
        let parts = Self.trimmedCookie(pair).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count == 2, parts[0] == name { return String(parts[1]) }
      }
    }
    return nil
  }

  private static func trimmedCookie(_ text: Substring) -> Substring { text.drop { $0 == " " } }

  /// The token that a script sends.
  var bearer: SecretToken? {
    guard let field = request.headers[.authorization] else { return nil }
    let parts = field.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
    return SecretToken(parts[1])
  }

  /// What the browser tells of the page that the request comes from.
  enum Source {
    case own
    /// A page of this host by another scheme or port: what a proxy does not tell makes our own look so.
    case sibling
    case foreign, unknown
  }

  /// Browsers send `Sec-Fetch-Site` and `Origin` and let no page change them.
  var source: Source {
    if let site = request.headers[.secFetchSite] {
      if site == "same-origin" || site == "none" { return .own }
      // Another origin may be the one that the site itself has, told by its `Origin` below.
      if request.headers[.origin] == nil { return .foreign }
    }
    guard let text = request.headers[.origin] else { return .unknown }
    guard let origin = WebOrigin(text) else { return .foreign }
    if origin == siteOrigin { return .own }
    guard !host.isEmpty else { return .foreign }
    if origin == WebOrigin(isSecure: isSecure, authority: host) { return .own }
    return origin.host == WebOrigin(isSecure: isSecure, authority: host).host ? .sibling : .foreign
  }
}
