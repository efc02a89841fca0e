import HTTPTypes
import Hummingbird

/// Headers that keep browsers from guessing types, framing the site and sending referrers to others. They are on
/// every response, including errors.
enum SecurityHeaders {
  /// For files: their pages have a stricter policy, and an owner's own pages may need another.
  private static let file = "base-uri 'self'; form-action 'self'; frame-ancestors 'self'; object-src 'none'"
  /// For the endpoint's own pages: only resources of the site.
  static let page =
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; script-src 'self'; "
    + "connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; "
    + "frame-ancestors 'none'"
  /// For other responses: a browser that shows them as a page runs and loads nothing.
  static let data = "default-src 'none'; frame-ancestors 'none'"

  static func add(to headers: inout HTTPFields) {
    headers[.xContentTypeOptions] = "nosniff"
    headers[.referrerPolicy] = "strict-origin-when-cross-origin"
    headers[.crossOriginOpenerPolicy] = "same-origin"
    if headers[.contentSecurityPolicy] == nil { headers[.contentSecurityPolicy] = file }
  }

  /// Adds them unless present: those of files are cached with the files.
  static func add(to response: inout Response) {
    if response.headers[.xContentTypeOptions] == nil { add(to: &response.headers) }
  }
}
