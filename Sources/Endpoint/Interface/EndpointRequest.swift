import Credentials
import HTTPTypes
import Hummingbird
import NIOCore
import Platform
import Settings

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A request to the endpoint, with parsing of its parts.
struct EndpointRequest: Sendable {
  let raw: Request
  let path: SitePath
  /// The path parameters of the route.
  let parameters: Parameters
  let query: FormFields
  let origin: RequestOrigin
  let id: String
  /// Whether it has a form that is known to come from the site.
  var isOwnForm = false
  private let bodyLimit: Int
  private let siteOrigin: WebOrigin?

  var asker: Asker { origin.asker }

  /// - Throws: `Problem` for an invalid query.
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
  func parameter(_ name: String) -> String? { parameters.get(name).flatMap { PercentEncoding.validText(of: $0.utf8) } }

  /// The media type of the body, in lower case and without its parameters.
  var contentType: String {
    let type = (raw.headers[.contentType] ?? "").split(separator: ";", maxSplits: 1).first ?? ""
    return type.filter { $0 != " " && $0 != "\t" }.lowercased()
  }

  /// The most bytes of a body that is not a table of ratings.
  private static let smallBody = 65_536

  /// Whether a larger body than usual is allowed.
  var hasLargeBody: Bool {
    raw.headers[.contentLength].flatMap { Int($0) }.map { $0 > Self.smallBody } ?? true
  }

  /// The complete body.
  ///
  /// - Parameter isSmall: whether legitimate bodies are short.
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
      // Broken chunks, or the end of the connection: caused by the client.
      throw Problem(.badRequest, "the body did not arrive completely", headers: [.connection: "close"])
    }
  }

  /// JSON of the body.
  ///
  /// - Throws: `Problem` for another type, and for an invalid value.
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

  /// The origin of the requesting page according to the browser.
  enum Source {
    case own
    /// A page of this host with another scheme or port: behind some proxies the site's own pages look like this.
    case sibling
    case foreign, unknown
  }

  /// Browsers send `Sec-Fetch-Site` and `Origin`, and pages cannot change them.
  var source: Source {
    if let site = raw.headers[.secFetchSite] {
      if site == "same-origin" || site == "none" { return .own }
      // Another origin may be the site's own address, recognized by its `Origin` below.
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
