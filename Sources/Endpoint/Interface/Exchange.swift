import Credentials
import HTTPTypes
import Hummingbird
import NIOCore
import Pipeline

/// One request with what the endpoint makes of it: who asks, from where, in which way.
struct Exchange: Sendable {
  let request: Request
  /// The parts of the path behind the route's literal ones, decoded.
  let parameters: [String]
  let query: FormFields
  /// The asker's address: that of the connection, or the one that a trusted proxy tells.
  let address: String
  /// Whether the asker came through TLS.
  let isSecure: Bool
  /// The host as the asker wrote it, with the port.
  let host: String
  let id: String
  private let bodyLimit: Int
  private let siteOrigin: String?

  init(
    _ request: Request, path: SitePath, parameters: [String], peer: String, id: String, settings: ServeSettings,
    siteOrigin: String?
  ) throws {
    self.request = request
    self.parameters = parameters
    self.id = id
    bodyLimit = settings.bodyLimit
    self.siteOrigin = siteOrigin
    query = try FormFields(path.query ?? "")
    let isTrusted = settings.trustedProxies.contains(peer)
    // The last address that is no proxy of ours: what stands before it, the asker may have made up.
    let hops = isTrusted ? (request.headers[.forwardedFor] ?? "").split(separator: ",").map { Self.trimmed($0) } : []
    address = hops.last { !settings.trustedProxies.contains($0) } ?? peer
    isSecure = settings.speaksTLS || isTrusted && request.headers[.forwardedProto] == "https"
    host = (isTrusted ? request.headers[.forwardedHost] : nil) ?? request.head.authority ?? ""
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text.prefix(64))
  }

  /// The media type of the body, in lower case and without its parameters.
  var contentType: String {
    let type = (request.headers[.contentType] ?? "").split(separator: ";", maxSplits: 1).first ?? ""
    return Self.trimmed(type).lowercased()
  }

  /// The whole body.
  func body() async throws -> [UInt8] {
    if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > bodyLimit { throw tooLarge }
    do {
      var buffer = try await request.body.collect(upTo: bodyLimit)
      return buffer.readBytes(length: buffer.readableBytes) ?? []
    } catch is NIOTooManyBytesError {
      throw tooLarge
    }
  }

  private var tooLarge: Problem {
    Problem(
      .contentTooLarge, "the body may have \(bodyLimit) bytes; send less, or in parts", headers: [.connection: "close"])
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
  enum Source { case own, foreign, unknown }

  /// Browsers send `Sec-Fetch-Site` and `Origin` and let no page change them.
  var source: Source {
    if let site = request.headers[.secFetchSite] {
      if site == "same-origin" || site == "none" { return .own }
      // Another origin may be the one that the site itself has, told by its `Origin` below.
      if request.headers[.origin] == nil { return .foreign }
    }
    guard let origin = request.headers[.origin] else { return .unknown }
    if origin == siteOrigin { return .own }
    let ownHost = origin.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false).dropFirst(2).first
    return ownHost.map(String.init) == host && !host.isEmpty ? .own : .foreign
  }
}
