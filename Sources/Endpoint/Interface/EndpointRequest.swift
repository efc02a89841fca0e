import Credentials
import HTTPTypes
import Hummingbird
import NIOCore
import Pipeline

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A request to the endpoint, and what it makes of it.
struct EndpointRequest: Sendable {
  let raw: Request
  let path: SitePath
  /// The parts of the path that stand for the route's braces.
  let parameters: Parameters
  let query: FormFields
  let origin: RequestOrigin
  let id: String
  /// Whether it brought a form that is known to be one of our own.
  var isOwnForm = false
  private let bodyLimit: Int
  private let siteOrigin: WebOrigin?

  var asker: Asker { origin.asker }

  /// - Throws: `Problem` for a query that is none.
  init(_ request: Request, _ context: EndpointContext, of endpoint: Endpoint) throws {
    raw = request
    path = context.path
    parameters = context.parameters
    id = context.id
    origin = context.origin ?? RequestOrigin(request, peer: context.peer, of: endpoint)
    bodyLimit = endpoint.settings.bodyLimit
    siteOrigin = endpoint.siteOrigin
    query = try FormFields(path.query ?? "")
  }

  /// A part of the path by its name in the route, decoded.
  func parameter(_ name: String) -> String? { parameters.get(name).flatMap { SitePath.decoded($0.utf8) } }

  /// The media type of the body, in lower case and without its parameters.
  var contentType: String {
    let type = (raw.headers[.contentType] ?? "").split(separator: ";", maxSplits: 1).first ?? ""
    return type.filter { $0 != " " && $0 != "\t" }.lowercased()
  }

  /// The most bytes of a body that is no table of ratings.
  private static let smallBody = 65_536

  /// Whether more may come than every request may bring.
  var hasLargeBody: Bool {
    raw.headers[.contentLength].flatMap { Int($0) }.map { $0 > Self.smallBody } ?? true
  }

  /// The whole body.
  ///
  /// - Parameter isSmall: whether it is one whose longest honest form is short.
  func body(isSmall: Bool = true) async throws -> [UInt8] {
    let limit = isSmall ? min(bodyLimit, Self.smallBody) : bodyLimit
    let tooLarge = Problem(
      .contentTooLarge, "the body may have \(limit) bytes; send less, or in parts", headers: [.connection: "close"])
    if let length = raw.headers[.contentLength].flatMap({ Int($0) }), length > limit { throw tooLarge }
    do {
      var buffer = try await raw.body.collect(upTo: limit)
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

  /// JSON of the body.
  ///
  /// - Throws: `Problem` for another type, and for what is no such value.
  func decoded<Value: Decodable>() async throws -> Value {
    guard contentType == "application/json" else { throw Problem.wrongType("application/json") }
    let bytes = try await body()
    do {
      return try JSONDecoder().decode(Value.self, from: Data(bytes))
    } catch DecodingError.dataCorrupted(let context) where context.codingPath.isEmpty {
      throw Problem(.badRequest, "the body is not JSON")
    } catch DecodingError.keyNotFound(let key, _) {
      throw Problem(.unprocessableContent, "“\(key.stringValue)” is missing")
    } catch {
      throw Problem(.unprocessableContent, "the body is JSON, but not what is expected here; see /api/openapi.json")
    }
  }

  /// The token that a script sends.
  var bearer: SecretToken? {
    guard let field = raw.headers[.authorization] else { return nil }
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
    if let site = raw.headers[.secFetchSite] {
      if site == "same-origin" || site == "none" { return .own }
      // Another origin may be the one that the site itself has, told by its `Origin` below.
      if raw.headers[.origin] == nil { return .foreign }
    }
    guard let text = raw.headers[.origin] else { return .unknown }
    guard let origin = WebOrigin(text) else { return .foreign }
    if origin == siteOrigin { return .own }
    guard !self.origin.host.isEmpty else { return .foreign }
    let own = WebOrigin(isSecure: self.origin.isSecure, authority: self.origin.host)
    if origin == own { return .own }
    return origin.host == own.host ? .sibling : .foreign
  }
}
