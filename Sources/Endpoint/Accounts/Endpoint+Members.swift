import Credentials
import HTTPTypes
import Hummingbird
import Members
import Ratings
import Settings
import Store

extension Endpoint {
  /// Accounts and sessions.
  static let memberRoutes = [
    Route(
      .post, "/api/accounts",
      Operation(
        id: "createAccount", summary: "Create an account and start a session", tag: .members, isPublic: true,
        status: .created, answer: "Made."), use: createAccount),
    Route(
      .post, "/api/sessions",
      Operation(
        id: "createSession", summary: "Log in", tag: .members, isPublic: true, status: .created,
        answer: "A session has started."), use: createSession),
    Route(
      .delete, "/api/sessions",
      Operation(
        id: "deleteSession", summary: "Log out", tag: .members, status: .noContent, answer: "The session has ended."),
      use: deleteSession),
    Route(
      .get, "/api/me", Operation(id: "getMe", summary: "Who am I?", tag: .members, answer: "The account."), use: me),
    Route(
      .patch, "/api/me",
      Operation(
        id: "changeMe", summary: "Change password or visibility", tag: .members, answer: "The account as it is now."),
      use: changeMe),
    Route(
      .delete, "/api/me",
      Operation(
        id: "deleteMe", summary: "Delete the account with all of its data", tag: .members, status: .noContent,
        answer: "Gone."), use: deleteMe),
  ]

  @Sendable private func createAccount(
    _ request: EndpointRequest, _ unread: Unread<Credential>
  ) async throws -> Answer<OpenedSession> {
    try refuseForeign(request)
    let body = try await unread.read()
    let opened = try await accounts.register(
      name: body.name, password: body.password, invitation: body.invitation, kind: .token, from: request.asker)
    return answer(opened, request)
  }

  @Sendable private func createSession(
    _ request: EndpointRequest, _ unread: Unread<Credential>
  ) async throws -> Answer<OpenedSession> {
    try refuseForeign(request)
    try accounts.admitLogin(from: request.asker)
    let body = try await unread.read()
    let opened = try await accounts.logIn(
      name: body.name, password: body.password, kind: .token, from: request.asker,
      replacing: SessionCookie.token(of: request, isSecure: isSecure(request)))
    return answer(opened, request)
  }

  /// Another site must not log users in or create accounts in their browser.
  private func refuseForeign(_ request: EndpointRequest) throws {
    guard request.source != .foreign, request.source != .sibling else {
      throw Problem(.forbidden, "this request comes from another site; use the pages of this one")
    }
  }

  private func answer(_ opened: AccountService.Opened, _ request: EndpointRequest) -> Answer<OpenedSession> {
    let cookie = SessionCookie.session(opened.token, days: settings.sessionDays, isSecure: isSecure(request))
    return Answer(
      OpenedSession(name: opened.session.account.name, token: opened.token.text, expires: opened.session.expires),
      headers: [.setCookie: cookie.description])
  }

  @Sendable private func deleteSession(_ request: EndpointRequest) async throws -> Response {
    try await accounts.end(try await member(request).token)
    return loggedOut(request)
  }

  private func loggedOut(_ request: EndpointRequest) -> Response {
    var response = Response.empty
    response.setCookie(SessionCookie.removal(isSecure: isSecure(request)))
    return response
  }

  @Sendable private func me(_ request: EndpointRequest) async throws -> Answer<Me> {
    let account = try await member(request).account
    // Pages of members request this, so that the models are in memory before the first rating.
    Task { [members] in _ = try? await members.ask(MemberQuestion(.prepare)) }
    return try await describe(account)
  }

  private func describe(_ account: Account) async throws -> Answer<Me> {
    Answer(
      Me(
        name: account.name, id: account.userID.description, role: Me.Role(account.role), listed: account.isListed,
        ratings: try await ratings.all(of: account).count,
        page: siteSettings.memberPage(of: account.userID).map { "users/\($0)/" }))
  }

  @Sendable private func changeMe(
    _ request: EndpointRequest, _ unread: Unread<AccountChange>
  ) async throws -> Answer<Me> {
    var (account, token) = try await member(request)
    let change = try await unread.read()
    if let password = change.password {
      try await accounts.changePassword(
        of: account, from: password.old, to: password.new, keeping: token, asker: request.asker)
    }
    if let isListed = change.listed { account = try await setListed(isListed, of: account) }
    return try await describe(account)
  }

  @Sendable private func deleteMe(
    _ request: EndpointRequest, _ unread: Unread<Confirmation>
  ) async throws -> Response {
    let account = try await member(request).account
    try await remove(account, password: try await unread.read().password, asker: request.asker)
    return loggedOut(request)
  }
}
