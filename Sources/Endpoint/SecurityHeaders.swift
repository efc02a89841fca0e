import HTTPTypes
import Hummingbird

/// What keeps browsers from guessing types, framing the site and telling others where a visitor came from. It stands on
/// every answer, errors too.
enum SecurityHeaders {
  static func add(to response: inout Response) {
    response.headers[.xContentTypeOptions] = "nosniff"
    response.headers[.referrerPolicy] = "strict-origin-when-cross-origin"
    if response.headers[.contentSecurityPolicy] == nil {
      response.headers[.contentSecurityPolicy] =
        "base-uri 'self'; form-action 'self'; frame-ancestors 'self'; object-src 'none'"
    }
  }
}
