import Credentials
import HTTPTypes
import Hummingbird

/// The cookies: one for the session, one that ties a form to the browser in which it was shown.
enum SessionCookie {
  static let sessionName = "marquee-session"
  private static let formName = "marquee-form"

  /// A cookie with this prefix comes from a secure page of exactly this host (RFC 6265bis, section 4.1.3.2).
  private static func name(_ base: String, isSecure: Bool) -> String { isSecure ? "__Host-\(base)" : base }

  static func token(of request: EndpointRequest, isSecure: Bool) -> SecretToken? {
    value(sessionName, of: request, isSecure: isSecure)
  }

  static func session(_ token: SecretToken, days: Int, isSecure: Bool) -> Cookie {
    cookie(sessionName, token.text, days * 86_400, .lax, isSecure)
  }

  static func removal(isSecure: Bool) -> Cookie { cookie(sessionName, "", 0, .lax, isSecure) }

  /// Tells the site's script that a member is logged in, and nothing more; without it the script sends no requests.
  static func hint(days: Int, isSecure: Bool) -> Cookie {
    Cookie(
      name: "marquee-hint", value: "1", maxAge: days * 86_400, path: "/", secure: isSecure, httpOnly: false,
      sameSite: .lax)
  }

  static func formToken(of request: EndpointRequest, isSecure: Bool) -> SecretToken? {
    value(formName, of: request, isSecure: isSecure)
  }

  static func form(_ token: SecretToken, isSecure: Bool) -> Cookie {
    cookie(formName, token.text, 86_400, .strict, isSecure)
  }

  private static func value(_ base: String, of request: EndpointRequest, isSecure: Bool) -> SecretToken? {
    request.raw.cookies[name(base, isSecure: isSecure)].flatMap { SecretToken($0.value) }
  }

  private static func cookie(
    _ base: String, _ value: String, _ age: Int, _ sameSite: Cookie.SameSite, _ isSecure: Bool
  ) -> Cookie {
    Cookie(
      name: name(base, isSecure: isSecure), value: value, maxAge: age, path: "/", secure: isSecure, httpOnly: true,
      sameSite: sameSite)
  }
}
