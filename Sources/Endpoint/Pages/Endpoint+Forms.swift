import Credentials
import Digests
import HTTPTypes
import Hummingbird
import Platform
import Site
import Store

/// Shared code of members' pages and forms.
extension Endpoint {
  /// A parsed form that is known to come from one of our own pages.
  struct Form: Sendable {
    let request: EndpointRequest
    let fields: FormFields

    subscript(name: String) -> String { fields[name] ?? "" }
  }

  /// A problem is shown as a page, with its status.
  func page(
    _ show: @escaping @Sendable (EndpointRequest) async throws -> Response
  ) -> @Sendable (EndpointRequest) async throws -> Response {
    { request in
      do {
        return try await show(request)
      } catch {
        let problem = EndpointProblem.of(error, log: self.log, id: request.id)
        if problem.status == .unauthorized {
          let isPage = request.raw.method == .get || request.raw.method == .head
          return self.toLogin(isPage ? self.pages.base + request.path.asFolderTarget.dropFirst() : "")
        }
        let heading = self.pages.texts(problem.status.code >= 500 ? .problemFailed : .problemRefused)
        return Self.html(
          self.pages.notice(heading, self.sentence(problem)), status: problem.status, headers: problem.headers)
      }
    }
  }

  /// - Parameter admit: the check before the body is read.
  func form(
    _ act: @escaping @Sendable (Form) async throws -> Response,
    admitting admit: @escaping @Sendable (EndpointRequest) throws -> Void = { _ in }
  ) -> @Sendable (EndpointRequest) async throws -> Response {
    page { request in
      guard request.contentType == "application/x-www-form-urlencoded" else {
        throw Problem.wrongType("application/x-www-form-urlencoded")
      }
      let source = request.source
      guard source != .foreign else { throw Problem(.forbidden, self.pages.texts(.problemForm)) }
      try admit(request)
      let fields = try FormFields(try await request.body())
      let expected = self.formToken(of: request).map { self.formSecret($0, request) }
      let hasToken = expected.map { SecretToken.isEqual($0, fields["token"] ?? "") } ?? false
      // Old browsers do not send the origin of a form, and behind some proxies our own pages look like those of a
      // sibling site; then the hidden token must match.
      guard source == .own || hasToken else {
        throw Problem(.forbidden, self.pages.texts(.problemForm))
      }
      var request = request
      request.isOwnForm = true
      return try await act(Form(request: request, fields: fields))
    }
  }

  /// To the login, and from there to a page of the site.
  func toLogin(_ next: String) -> Response {
    .seeOther(
      pages.base + "account/login/"
        + (next.isEmpty || next == pages.base + "account/"
          ? "" : "?next=" + PercentEncoding.encoded(next, keeping: "-._~/")))
  }

  static func html(
    _ bytes: [UInt8], status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
  ) -> Response { .bytes(bytes, type: "text/html; charset=utf-8", status: status, headers: headers) }

  /// The text of a problem on a page: in the site's language if available, otherwise as in the API.
  func sentence(_ problem: Problem) -> String {
    let text = problem.text.map { $0(pages.texts) } ?? problem.detail
    return text.prefix(1).uppercased() + text.dropFirst() + (text.hasSuffix(".") ? "" : ".")
  }

  func formToken(of request: EndpointRequest) -> SecretToken? {
    SessionCookie.formToken(of: request, isSecure: isSecure(request))
  }

  /// The value of a form's hidden field: it depends on the form's own cookie and on the session, so that
  /// someone who can set the cookie cannot guess it.
  func formSecret(_ token: SecretToken, _ request: EndpointRequest) -> String {
    let session = SessionCookie.token(of: request, isSecure: isSecure(request))?.text ?? ""
    return SecretToken.digest(of: Array((token.text + ":" + session).utf8)).hexadecimal
  }

  /// A page with a form: `make` gets the hidden token.
  func answer(
    _ request: EndpointRequest, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:],
    _ make: (String) -> [UInt8]
  ) -> Response {
    let known = formToken(of: request)
    let token = known ?? SecretToken()
    var response = Self.html(make(formSecret(token, request)), status: status, headers: headers)
    if known == nil {
      response.setCookie(SessionCookie.form(token, isSecure: isSecure(request)))
    }
    return response
  }

  /// A path of this site to redirect to; invalid ones lead to the account.
  func next(_ text: String) -> String {
    let isLocal =
      text.hasPrefix("/") && !text.hasPrefix("//") && text.utf8.count <= 500
      && text.utf8.allSatisfy { 0x21...0x7e ~= $0 && $0 != UInt8(ascii: "\\") }
    return isLocal ? text : pages.base + "account/"
  }
}
