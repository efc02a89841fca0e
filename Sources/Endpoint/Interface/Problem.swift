import HTTPTypes
import Hummingbird
import Site

/// Why a request failed, as a response (RFC 9457).
struct Problem: Error {
  var status: HTTPResponse.Status
  /// What is wrong and how to fix it, in a sentence.
  var detail: String
  var headers: HTTPFields = [:]
  /// What is wrong with single parts of the request.
  var errors: [String] = []
  /// `detail` for people, in the site's language; nil if forms cannot cause it.
  var text: Text?

  typealias Text = @Sendable (Texts) -> String

  init(
    _ status: HTTPResponse.Status, _ detail: String, headers: HTTPFields = [:], errors: [String] = [],
    text: Text? = nil
  ) {
    self.status = status
    self.detail = detail
    self.headers = headers
    self.errors = errors
    self.text = text
  }

  static func tooMany(_ detail: String, retryAfter seconds: Int, text: Text? = nil) -> Problem {
    Problem(.tooManyRequests, detail, headers: [.retryAfter: "\(max(1, seconds))"], text: text)
  }

  static func busy(_ detail: String, text: Text? = nil) -> Problem {
    Problem(.serviceUnavailable, detail, headers: [.retryAfter: "2"], text: text)
  }

  static let noNewMembers = Problem(
    .forbidden, "this site takes no new members; ask its owner for an account", text: { $0(.problemClosed) })

  static let noSession = Problem(
    .unauthorized, "log in first, or send a session's token as “Authorization: Bearer …”",
    headers: [.wwwAuthenticate: "Bearer"])

  static let contentType = "application/problem+json"

  static func wrongType(_ types: String) -> Problem {
    Problem(.unsupportedMediaType, "the body must be \(types); say so in Content-Type")
  }

  struct Body: InterfaceBody, Encodable {
    static let schemaName: String? = "Problem"
    let title: String
    let status: Int
    let detail: String
    let errors: [String]?
  }

  var response: Response {
    var response = Response.json(
      Body(
        title: status.reasonPhrase, status: status.code, detail: detail, errors: errors.isEmpty ? nil : errors),
      status: status, headers: headers)
    response.headers[.contentType] = Self.contentType
    return response
  }
}
