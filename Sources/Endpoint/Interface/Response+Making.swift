import HTTPTypes
import Hummingbird

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Response {
  /// A response for one client only: it must not be cached.
  static func json(
    _ value: some Encodable, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
  ) -> Response {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Our own values have no NaN or infinity.
    let data = (try? encoder.encode(value)) ?? Data("{}".utf8)
    return .bytes(Array(data) + [10], type: "application/json", status: status, headers: headers)
  }

  static func text(_ text: String, type: String, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:])
    -> Response
  { .bytes(Array(text.utf8), type: type, status: status, headers: headers) }

  static func bytes(
    _ bytes: [UInt8], type: String, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
  ) -> Response {
    var headers = headers
    headers[.contentType] = type
    if headers[.cacheControl] == nil { headers[.cacheControl] = "no-store" }
    headers[.contentSecurityPolicy] = type.hasPrefix("text/html") ? SecurityHeaders.page : SecurityHeaders.data
    return Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  static var empty: Response { Response(status: .noContent, headers: [.cacheControl: "no-store"]) }

  /// Redirects a browser after a form: it requests the page with GET.
  static func seeOther(_ target: String) -> Response {
    Response(status: .seeOther, headers: [.location: target, .cacheControl: "no-store"])
  }
}

extension HTTPResponse.Status {
  /// RFC 4918, section 11.5.
  static let insufficientStorage = HTTPResponse.Status(code: 507, reasonPhrase: "Insufficient Storage")
}

extension HTTPField.Name {
  /// In HTTP/2, where it is sent along with the authority.
  static let hostField = fieldName("Host")
  static let idempotencyKey = fieldName("Idempotency-Key")
  static let crossOriginOpenerPolicy = fieldName("Cross-Origin-Opener-Policy")
  static let referrerPolicy = fieldName("Referrer-Policy")
  static let requestID = fieldName("X-Request-ID")
  static let forwardedFor = fieldName("X-Forwarded-For")
  static let forwardedProto = fieldName("X-Forwarded-Proto")
  static let forwardedHost = fieldName("X-Forwarded-Host")
  static let secFetchSite = fieldName("Sec-Fetch-Site")

  private static func fieldName(_ name: String) -> HTTPField.Name {
    guard let name = HTTPField.Name(name) else { preconditionFailure("\(name) is not a valid field name") }
    return name
  }
}
