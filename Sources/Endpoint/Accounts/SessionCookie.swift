import Credentials
import HTTPTypes
import Hummingbird

/// The cookies: one for the session, one that ties a form to the browser it was shown in.
enum SessionCookie {
  /// A cookie with this prefix comes from a secure page of this very host (RFC 6265bis, section 4.1.3.2).
  private static func name(_ base: String, isSecure: Bool) -> String { isSecure ? "__Host-\(base)" : base }

  static func token(of exchange: Exchange, isSecure: Bool) -> SecretToken? {
    exchange.cookie(name("marquee-session", isSecure: isSecure)).flatMap { SecretToken($0) }
  }

  static func header(_ token: SecretToken, days: Int, isSecure: Bool) -> String {
    line("marquee-session", token.text, days * 86_400, "Lax", isSecure)
  }

  static func removal(isSecure: Bool) -> String { line("marquee-session", "", 0, "Lax", isSecure) }

  /// Tells the site's script that somebody is logged in, and nothing more; without it the script asks nobody.
  static func hint(days: Int, isSecure: Bool) -> String {
    "marquee-hint=1; Path=/; Max-Age=\(days * 86_400); SameSite=Lax\(isSecure ? "; Secure" : "")"
  }

  static func formToken(of exchange: Exchange, isSecure: Bool) -> SecretToken? {
    exchange.cookie(name("marquee-form", isSecure: isSecure)).flatMap { SecretToken($0) }
  }

  static func formHeader(_ token: SecretToken, isSecure: Bool) -> String {
    line("marquee-form", token.text, 86_400, "Strict", isSecure)
  }

  private static func line(_ base: String, _ value: String, _ age: Int, _ site: String, _ isSecure: Bool) -> String {
    "\(name(base, isSecure: isSecure))=\(value); Path=/; Max-Age=\(age); HttpOnly; SameSite=\(site)\(isSecure ? "; Secure" : "")"
  }
}
