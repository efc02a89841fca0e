import HTTPTypes
import Hummingbird

/// What keeps browsers from guessing types, framing the site and telling others where a visitor came from. It stands on
/// every answer, errors too.
enum SecurityHeaders {
  /// For files: their pages bring a stricter policy along, and an owner's own pages may need another.
  private static let file = "base-uri 'self'; form-action 'self'; frame-ancestors 'self'; object-src 'none'"
  /// For the pages that the endpoint makes: what the site's own files hold, and nothing else.
  static let page =
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; script-src 'self'; "
    + "connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; "
    + "frame-ancestors 'none'"
  /// For what is no page: a browser that shows it as one runs and loads nothing.
  static let data = "default-src 'none'; frame-ancestors 'none'"

  static func add(to headers: inout HTTPFields) {
    headers[.xContentTypeOptions] = "nosniff"
    headers[.referrerPolicy] = "strict-origin-when-cross-origin"
    headers[.crossOriginOpenerPolicy] = "same-origin"
    if headers[.contentSecurityPolicy] == nil { headers[.contentSecurityPolicy] = file }
  }

  /// Adds them unless they are there: those of files are remembered with the files.
  static func add(to response: inout Response) {
    if response.headers[.xContentTypeOptions] == nil { add(to: &response.headers) }
  }
}
