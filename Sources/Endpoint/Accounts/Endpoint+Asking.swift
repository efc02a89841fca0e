import Credentials
import HTTPTypes
import Hummingbird
import Settings
import Store

/// The authenticated account of a request.
extension Endpoint {
  /// Whether the cookies of a response are for secure connections only.
  func isSecure(_ request: EndpointRequest) -> Bool { settings.secureCookies == .always || request.origin.isSecure }

  /// The token that came with a request, from a script or from a browser.
  func token(_ request: EndpointRequest) -> SecretToken? {
    request.bearer ?? SessionCookie.token(of: request, isSecure: isSecure(request))
  }

  /// The account; nil if not logged in.
  ///
  /// - Throws: `Problem` if another site makes a browser send its cookie with a change (CSRF).
  func session(_ request: EndpointRequest) async throws -> (session: Session, token: SecretToken)? {
    guard let token = token(request) else { return nil }
    if request.bearer == nil, !request.isOwnForm, ![.get, .head].contains(request.raw.method),
      [.foreign, .sibling].contains(request.source)
    {
      throw Problem(.forbidden, "this request comes from another site; use the pages of this one")
    }
    guard let session = try await accounts.session(token) else { return nil }
    return (session, token)
  }

  func member(_ request: EndpointRequest) async throws -> (account: Account, token: SecretToken) {
    guard let (session, token) = try await session(request) else { throw Problem.noSession }
    return (session.account, token)
  }

  func owner(_ request: EndpointRequest) async throws -> Account {
    let account = try await member(request).account
    guard account.role == .owner else { throw Problem(.forbidden, "only the owner of the site may do this") }
    return account
  }
}
